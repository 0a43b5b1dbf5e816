import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { RankIndex } from "../src/features/intel/rank-index/open-index.ts";
import { syncNow } from "../src/flows/advisory-arrived.ts";
import { sbomArrived } from "../src/flows/sbom-arrived.ts";
import { portfolio, type Release } from "./portfolio.ts";
import { type BenchServer, benchServer } from "./server-fixture.ts";

interface Measurement {
  name: string;
  value: number;
  unit: string;
  limit?: number;
}

const corpus = join(process.env.CORDON_CORPUS ?? resolve(import.meta.dirname, "../../shared/data"), "threats");
/** Releases of 200 components each; 5,000 are the portfolio of a million. */
const RELEASES = Number(process.env.CORDON_BENCH_RELEASES ?? 1_000);
const OF_A_DEVICE = 10;

/**
 * The server's own story when advisories arrive, on a durable PostgreSQL: every release compared for the first time, compared again by
 * force, the same advisories again, and one new advisory.
 */
export async function run(): Promise<Measurement[]> {
  if (!existsSync(join(corpus, "advisories"))) {
    console.log("  skipped: the corpus is not here (set CORDON_CORPUS)");
    return [];
  }
  const feeds = mkdtempSync(join(tmpdir(), "cordon-bench-feeds-"));
  const server = await benchServer([corpus, feeds]);
  try {
    await addSource(server, "Advisories", join(corpus, "advisories"));
    writeAdvisory(feeds, "BENCH-0", "no-such-package");
    await addSource(server, "Ours", feeds);
    const first = await synced(server);
    const releases = await upload(server, first.lookup);
    const all = await synced(server);
    const again = await forced(server);
    const same = await synced(server);
    writeAdvisory(feeds, "BENCH-1", portfolioPackage(releases));
    const one = await synced(server);
    const [{ findings } = { findings: 0 }] = (await server.sql("select count(*)::int as findings from finding")) as {
      findings: number;
    }[];
    return [
      { name: `components in ${RELEASES} releases`, value: releases.flat().length, unit: "" },
      { name: "all compared for the first time, into PostgreSQL", value: all.ms / 1000, unit: "s", limit: 60 },
      { name: "findings that wrote", value: findings, unit: "" },
      { name: "all compared again, nothing found anew", value: again.ms / 1000, unit: "s", limit: 60 },
      { name: "rows of findings, parts, vulnerabilities written by that", value: again.rows, unit: "", limit: 0 },
      { name: "the same advisories again, after reading them", value: same.ms, unit: "ms" },
      { name: "rows written by that", value: same.rows, unit: "", limit: 0 },
      { name: "write-ahead log of that", value: same.walBytes / 1000, unit: "kB" },
      { name: "one new advisory, after reading the feeds", value: one.ms, unit: "ms", limit: 1_000 },
      { name: "releases it was compared with", value: one.compared, unit: "" },
      { name: "findings it wrote", value: one.newFindings, unit: "" },
    ];
  } finally {
    await server.close();
    rmSync(feeds, { recursive: true, force: true });
  }
}

const addSource = (server: BenchServer, name: string, location: string) =>
  server.sql(
    "insert into intel_source (organization_id, id, name, location, enabled) values ($1, gen_random_uuid(), $2, $3, true)",
    [server.scope.organizationId, name, location],
  );

const writeAdvisory = (folder: string, id: string, name: string) =>
  writeFileSync(
    join(folder, `${id}.json`),
    JSON.stringify({
      id,
      modified: "2026-01-01T00:00:00Z",
      summary: "A flaw",
      affected: [{ package: { ecosystem: "npm", name }, ranges: [{ type: "SEMVER", events: [{ introduced: "0" }] }] }],
    }),
  );

/** A package that a middling share of the releases has. */
function portfolioPackage(releases: readonly Release[]): string {
  const counts = new Map<string, number>();
  for (const release of releases)
    for (const name of new Set(release.flatMap(({ purl }) => /^pkg:npm\/(part-\d+)@/.exec(purl ?? "")?.[1] ?? [])))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return sorted[Math.floor(sorted.length / 10)]?.[0] ?? "part-1";
}

const WRITTEN = [
  "finding",
  "finding_event",
  "component",
  "vulnerability",
  "vulnerability_alias",
  "finding_name",
  "release_key",
];

/** Rows inserted, updated and deleted so far, and where the write-ahead log stands. */
async function written(server: BenchServer) {
  const [row] = (await server.sql(
    `select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::int as rows, pg_current_wal_insert_lsn() - '0/0'::pg_lsn as wal
     from pg_stat_user_tables where relname = any($1)`,
    [WRITTEN],
  )) as { rows: number; wal: string }[];
  return { rows: row?.rows ?? 0, wal: Number(row?.wal ?? 0) };
}

/** What a server process has counted reaches the statistics within a second of its being idle. */
const counted = () => new Promise((resolve) => setTimeout(resolve, 2_500));

/** Reads the sources and compares; timed from the moment the new index is written. */
async function synced(server: BenchServer) {
  await counted();
  let builtAt = performance.now();
  let before = await written(server);
  let compared = 0;
  const intel = {
    ...server.tools.intel,
    build: async (...what: Parameters<typeof server.tools.intel.build>) => {
      const built = await server.tools.intel.build(...what);
      before = await written(server);
      builtAt = performance.now();
      return built;
    },
  };
  const result = await syncNow(
    { ...server.tools, intel },
    {
      db: server.db,
      scope: server.scope,
      signal: new AbortController().signal,
      progress: async (done, _, message) => {
        if (/release/.test(message ?? "")) compared = done;
      },
    },
  );
  const ms = performance.now() - builtAt;
  await counted();
  const after = await written(server);
  const [{ sha256 } = { sha256: "" }] = (await server.sql("select sha256 from intel_index")) as { sha256: string }[];
  const { lookup } = server.tools.intel.open(server.scope.organizationId, sha256);
  return {
    ms,
    compared,
    newFindings: result.newFindings,
    lookup,
    rows: after.rows - before.rows,
    walBytes: after.wal - before.wal,
  };
}

/** Every release compared again, as after a change of the rules: what is found is known, so nothing is to be written. */
async function forced(server: BenchServer) {
  await server.sql("update release set assessed_index = null");
  return synced(server);
}

async function upload(server: BenchServer, lookup: RankIndex): Promise<Release[]> {
  const releases = portfolio(lookup, RELEASES * 200).slice(0, RELEASES);
  await server.sql("delete from intel_index");
  let deviceId = "";
  for (const [i, components] of releases.entries()) {
    if (i % OF_A_DEVICE === 0)
      deviceId = JSON.parse((await server.send("/devices", { name: `Device ${i / OF_A_DEVICE}` })).body).id;
    const { body } = await server.send(`/devices/${deviceId}/releases`, {
      version: `${i % OF_A_DEVICE}`,
      phase: "design",
      since: "2026-01-01",
    });
    const parts = components.map(({ ref, name, version, purl, cpes: [cpe] }) => ({
      type: "library",
      "bom-ref": ref,
      name,
      version,
      ...(purl === null ? {} : { purl }),
      ...(cpe === undefined ? {} : { cpe }),
    }));
    const bytes = Buffer.from(JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.5", components: parts }));
    await sbomArrived(server.db, server.scope, JSON.parse(body).id, { bytes, fileName: "sbom.json" }, new Date());
  }
  const waits = async () =>
    ((await server.sql("select 1 from job_run where state in ('waiting', 'running') limit 1")) as unknown[]).length > 0;
  while (await waits()) await new Promise((resolve) => setTimeout(resolve, 100));
  return releases;
}
