import { startSync } from "../src/flows/advisory-arrived.ts";
import { inScope } from "../src/platform/db.ts";
import { MILLION_FINDINGS } from "./million-findings.ts";
import { type BenchServer, benchServer } from "./server-fixture.ts";

export interface Measurement {
  name: string;
  value: number;
  unit: string;
  /** What the house promises. */
  limit: number;
}

const UPLOADS = 5;
const COMPONENTS = 5_000;
const REPEATS = 8;

/** Two promises of the server, measured through its API on a durable PostgreSQL: upload to findings, and pages of a million findings. */
export async function run(): Promise<Measurement[]> {
  const server = await benchServer();
  try {
    const upload = await uploadToFindings(server);
    say("Writing a million findings…");
    for (const statement of MILLION_FINDINGS)
      await server.sql(
        statement,
        statement.includes("$2") ? [server.scope.organizationId, server.scope.actor.id] : [server.scope.organizationId],
      );
    await server.sql("analyze finding, vulnerability, vulnerability_alias, finding_name");
    return [upload, ...(await pagesOfAMillion(server))];
  } finally {
    await server.close();
  }
}

/** From the first byte sent to the first page that shows findings, the slowest of a few. */
async function uploadToFindings(server: BenchServer): Promise<Measurement> {
  await server.sql(
    "insert into intel_source (organization_id, id, name, location, enabled) values ($1, gen_random_uuid(), 'Starter', 'examples/advisories', true)",
    [server.scope.organizationId],
  );
  await inScope(server.db, server.scope, (trx) => startSync(trx, server.scope, new Date()));
  await until(async () => (await server.sql("select 1 from intel_index")).length > 0);
  let slowest = 0;
  for (let i = 0; i < UPLOADS; i++) {
    const device = JSON.parse((await server.send("/devices", { name: `Uploaded ${i}` })).body);
    const release = JSON.parse(
      (await server.send(`/devices/${device.id}/releases`, { version: "1", phase: "design", since: "2026-01-01" }))
        .body,
    );
    const bytes = Buffer.from(JSON.stringify(largeSbom(i)));
    const startedAt = performance.now();
    const { status, body } = await server.send(`/releases/${release.id}/sbom`, bytes);
    if (status !== 201) throw new Error(`the upload answered ${status}: ${body}`);
    await until(async () => JSON.parse((await server.get(`/findings?releaseId=${release.id}`)).body).total.count > 0);
    slowest = Math.max(slowest, performance.now() - startedAt);
  }
  return {
    name: `SBOM of ${COMPONENTS} components to findings in the API, slowest of ${UPLOADS}`,
    value: slowest,
    unit: "ms",
    limit: 2_000,
  };
}

/** Components as tools write them, two hundred of them in versions the starter advisories name. */
function largeSbom(seed: number) {
  const named = ["minimist@1.2.5", "axios@0.21.0", "lodash@4.17.15", "js-yaml@3.13.0", "node-forge@1.2.0"];
  const components = Array.from({ length: COMPONENTS }, (_, i) => {
    const [name = "", version = ""] =
      i % 25 === 0 ? (named[(i / 25) % named.length] ?? "").split("@") : [`part-${i}`, `1.${seed}.${i}`];
    const ref = `${i}`;
    const hashes = [{ alg: "SHA-256", content: i.toString(16).padStart(64, "0") }];
    const licenses = [{ license: { id: "MIT" } }];
    return {
      type: "library",
      "bom-ref": ref,
      name,
      version,
      purl: `pkg:npm/${name}@${version}`,
      hashes,
      licenses,
      supplier: { name: "Somebody" },
    };
  });
  const dependencies = components.map((_, i) => ({
    ref: `${i}`,
    dependsOn: i === 0 ? [] : [`${Math.floor((i - 1) / 4)}`],
  }));
  return { bomFormat: "CycloneDX", specVersion: "1.5", components, dependencies };
}

async function pagesOfAMillion(server: BenchServer): Promise<Measurement[]> {
  const [{ release, device } = { release: "", device: "" }] = (await server.sql(
    "select release_id as release, device_id as device from finding group by 1, 2 order by count(*) desc limit 1",
  )) as { release: string; device: string }[];
  const filters = [
    "",
    "sort=newest",
    "sort=epss",
    "sort=component",
    ...["new", "in-triage", "affected", "not-affected", "fixed", "accepted"].map((state) => `state=${state}`),
    "state=new&state=in-triage&state=affected",
    "state=fixed&state=accepted",
    ...["critical", "high", "medium", "low", "unknown", "none"].map((rating) => `rating=${rating}`),
    "rating=critical&rating=high",
    "state=accepted&rating=low",
    "state=new&rating=critical&exploited=true",
    "state=accepted&exploited=true&rating=none",
    "state=new&state=in-triage&state=affected&rating=critical&rating=high",
    "exploited=true",
    "exploited=false",
    "suspect=true",
    "suspect=true&rating=critical",
    "suspect=false",
    "mine=true",
    "mine=true&sort=newest",
    "gone=true",
    `gone=true&releaseId=${release}`,
    `releaseId=${release}`,
    `releaseId=${release}&state=accepted&rating=low`,
    `releaseId=${release}&sort=component`,
    `releaseId=${release}&sort=epss&state=fixed`,
    `deviceId=${device}`,
    `deviceId=${device}&state=accepted&sort=newest`,
    `deviceId=${device}&text=part-12`,
    "component=part-77",
    "component=part-77&state=fixed",
    "component=no-such-part",
    "advisory=CVE-2025-12345",
    "advisory=CVE-1999-0001",
    "text=part-1",
    "text=part-2999",
    "text=CVE-2025-1",
    "text=flaw",
    "text=nothing-like-it",
    "text=part-29&state=accepted",
    "text=part-29&sort=newest",
    "foundSince=2000-01-01T00:00:00Z",
    `foundSince=${new Date(Date.now() - 3_600_000).toISOString()}`,
    "state=fixed&sort=newest",
    "state=accepted&sort=epss",
    "rating=critical&sort=component",
    "rating=none&sort=epss",
  ];
  const tookMs: number[] = [];
  const slowest: { filter: string; ms: number }[] = [];
  for (const filter of filters) {
    const own: number[] = [];
    for (let i = 0; i < REPEATS; i++) {
      const startedAt = performance.now();
      const { status, body } = await server.get(`/findings?${filter}`);
      if (status !== 200) throw new Error(`${filter} answered ${status}: ${body}`);
      own.push(performance.now() - startedAt);
    }
    tookMs.push(...own);
    slowest.push({ filter, ms: percentile(own, 0.5) });
  }
  for (const { filter, ms } of slowest.sort((a, b) => b.ms - a.ms).slice(0, 12))
    say(`  ${ms.toFixed(0).padStart(5)} ms  ${filter}`);
  const inbox: number[] = [];
  for (const query of ["", "show=new", "sort=newest", "sort=epss", "exploited=true", "rating=high", "text=part-12"])
    for (let i = 0; i < REPEATS; i++) {
      const startedAt = performance.now();
      const { status, body } = await server.get(`/vulnerabilities?${query}`);
      if (status !== 200) throw new Error(`${query} answered ${status}: ${body}`);
      inbox.push(performance.now() - startedAt);
    }
  return [
    {
      name: `First page of 1,000,000 findings, ${filters.length} filters, p95`,
      value: percentile(tookMs, 0.95),
      unit: "ms",
      limit: 200,
    },
    {
      name: "First page of the inbox over them, 7 filters, p95",
      value: percentile(inbox, 0.95),
      unit: "ms",
      limit: 200,
    },
  ];
}

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error("it did not happen within a minute");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const say = (text: string) => process.stderr.write(`${text}\n`);

if (process.argv[1] === import.meta.filename)
  for (const { name, value, unit, limit } of await run())
    console.log(`${value.toFixed(0)} ${unit}  ${name} (promised: under ${limit} ${unit})`);
