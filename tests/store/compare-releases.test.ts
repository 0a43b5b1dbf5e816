import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inScope, type Scope } from "../../src/platform/db.ts";
import { newOrganization } from "./postgres.ts";
import { newDevice, type ProgramServer, programServer } from "./program-server.ts";

/** One organisation whose releases are compared as the server does, and a twin in which every release is compared every time. */
let server: ProgramServer;
let twin: Scope;
let folder: string;

const npm = (name: string, version: string) => ({
  type: "library",
  name,
  version,
  "bom-ref": `${name}@${version}`,
  purl: `pkg:npm/${name}@${version}`,
});
const byCpe = (vendor: string, product: string, version: string) => ({
  type: "library",
  name: product,
  version,
  "bom-ref": product,
  cpe: `cpe:2.3:a:${vendor}:${product}:${version}:*:*:*:*:*:*:*`,
});
const nameless = (name: string) => ({ type: "library", name, version: "1.0", "bom-ref": name });
const SBOMS = [
  [
    npm("minimist", "1.2.5"),
    npm("minimist", "0.0.8"),
    npm("minimist", "9.1.0"),
    npm("left-pad", "1.3.0"),
    { ...npm("minimist", "1.2.5"), "bom-ref": "known", cpe: "cpe:2.3:a:minimist:minimist:1.2.5:*:*:*:*:*:*:*" },
    { ...npm("minimist", "1.2.5"), "bom-ref": "again" },
    nameless("zlib"),
  ],
  [npm("axios", "0.21.0"), byCpe("openssl", "openssl", "1.1.1m")],
  [
    byCpe("*", "busybox", "1.30.0"),
    { ...npm("lodash", "4.17.20") },
    { ...npm("plug", "1.0.0"), purl: "pkg:hex/plug@1.0.0" },
    nameless("busybox"),
  ],
];

beforeAll(async () => {
  server = await programServer();
  twin = await newOrganization(server.database.pool);
  folder = join(server.folder, "feeds");
  mkdirSync(folder);
  osv("GHSA-1", "minimist", { aliases: ["CVE-2021-0001"] });
  for (const as of [server.scope, twin]) {
    await server.ask("POST", "/intel/sources", { name: "Feeds", location: folder }, as);
    for (const [i, components] of SBOMS.entries()) {
      const { releaseId } = await newDevice(server, `Device ${i}`, as);
      const bytes = JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.5", components });
      expect((await server.upload(releaseId, bytes, {}, as)).status).toBe(201);
    }
    await server.settled(as);
  }
  await synced();
});
afterAll(() => server.close());

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const osv = (id: string, name: string, said: object = {}, ecosystem = "npm") =>
  write(
    `${id}.json`,
    JSON.stringify({
      id,
      modified: "2026-01-01T00:00:00Z",
      summary: `${id} of ${name}`,
      affected: [
        {
          package: { ecosystem, name },
          ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "9.0.0" }] }],
        },
      ],
      ...said,
    }),
  );
const nvd = (cve: string, vendor: string, product: string) =>
  write(
    `${cve}.json`,
    JSON.stringify({
      dataType: "CVE_RECORD",
      dataVersion: "5.1",
      cveMetadata: { cveId: cve, state: "PUBLISHED", assignerOrgId: "x", datePublished: "2026-01-01T00:00:00Z" },
      containers: {
        cna: {
          providerMetadata: { orgId: "x" },
          descriptions: [{ lang: "en", value: `A flaw in ${product}` }],
          affected: [
            {
              vendor,
              product,
              cpes: [`cpe:2.3:a:${vendor}:${product}:*:*:*:*:*:*:*:*`],
              versions: [{ version: "0", lessThan: "9.0", status: "affected", versionType: "custom" }],
            },
          ],
          references: [],
        },
      },
    }),
  );
const kev = (...cves: string[]) =>
  write(
    "kev.json",
    JSON.stringify({
      catalogVersion: "1",
      dateReleased: "2026-01-03T10:00:00Z",
      vulnerabilities: cves.map((cveID) => ({
        cveID,
        dateAdded: "2026-01-02",
        dueDate: "2026-01-23",
        knownRansomwareCampaignUse: "Known",
      })),
    }),
  );

/** Both organisations read the feeds again. How many releases the first one compared. */
async function synced(): Promise<number> {
  await inScope(server.database.db, twin, (trx) => trx.updateTable("release").set({ assessedRules: null }).execute());
  for (const as of [server.scope, twin]) {
    expect((await server.ask("POST", "/intel/runs", undefined, as)).status).toBeLessThan(300);
    await server.settled(as);
  }
  const { items } = (await server.ask("GET", "/intel/runs")).body;
  expect(items[0]).toMatchObject({ state: "done", problems: [] });
  return items[0].total === items[0].records ? 0 : items[0].total;
}

/** All that assessments wrote, without what differs by organisation. */
async function written(as: Scope) {
  return inScope(server.database.db, as, async (trx) => {
    const findings = await trx
      .selectFrom("finding as f")
      .innerJoin("device as d", (join) =>
        join.onRef("d.organizationId", "=", "f.organizationId").onRef("d.id", "=", "f.deviceId"),
      )
      .select([
        "d.name",
        "f.identity",
        "f.componentVersion",
        "f.advisory",
        "f.aliases",
        "f.title",
        "f.rating",
        "f.severity",
        "f.exploited",
      ])
      .select(["f.epss", "f.fixedIn", "f.because", "f.priority", "f.factsHash", "f.state"])
      .select((e) => e("f.goneAt", "is not", null).as("gone"))
      .orderBy("d.name")
      .orderBy("f.identity")
      .orderBy("f.advisory")
      .orderBy("f.componentVersion")
      .execute();
    const unmatched = await trx
      .selectFrom("component")
      .select(["name", "unmatched", "sbomId"])
      .where("unmatched", "is not", null)
      .execute();
    const inbox = await trx
      .selectFrom("vulnerability")
      .select(["advisory", "aliases", "title", "exploited", "epss", "open", "total", "priority"])
      .orderBy("advisory")
      .execute();
    const reasons = unmatched.map(({ name, unmatched: reason }) => `${name}: ${reason}`).sort();
    return { findings, reasons, inbox };
  });
}

test.each<[what: string, compared: number, change: () => void]>([
  ["a new advisory of one package", 1, () => osv("GHSA-2", "axios", { aliases: ["CVE-2021-0002"] })],
  ["an advisory nobody is touched by", 0, () => osv("GHSA-3", "unheard-of")],
  ["a CVE for a product of CPE names", 1, () => nvd("CVE-2022-0001", "openssl", "openssl")],
  ["a CVE for a name whose vendor the SBOM leaves open", 1, () => nvd("CVE-2022-0002", "busybox", "busybox")],
  ["a product that a part without identity could be", 1, () => nvd("CVE-2022-0003", "zlib", "zlib")],
  ["KEV names a CVE", 1, () => kev("CVE-2021-0001")],
  ["KEV names another CVE, not the first any more", 2, () => kev("CVE-2021-0002")],
  ["EPSS moves", 2, () => write("epss.csv", "cve,epss,percentile\nCVE-2021-0001,0.5,0.9\nCVE-2022-0001,0.1,0.5\n")],
  [
    "EPSS moves in digits nobody sees",
    0,
    () => write("epss.csv", "cve,epss,percentile\nCVE-2021-0001,0.50001,0.9\nCVE-2022-0001,0.1,0.5\n"),
  ],
  [
    "a record joins two ids into one vulnerability, the first of its ecosystem",
    3,
    () => osv("PYSEC-9", "elsewhere", { aliases: ["GHSA-1", "CVE-2021-0001"] }, "PyPI"),
  ],
  [
    "a severity comes",
    1,
    () =>
      osv("GHSA-1", "minimist", {
        aliases: ["CVE-2021-0001"],
        severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
      }),
  ],
  [
    "a mapping leads from a package to a CPE product of which nothing is known",
    0,
    () => write("map.tsv", "cpe_vendor\tcpe_product\tpurl\nlodash\tlodash\tpkg:npm/lodash\n"),
  ],
  ["a CVE of that product", 1, () => nvd("CVE-2022-0004", "lodash", "lodash")],
  [
    "a record is withdrawn",
    1,
    () => osv("GHSA-2", "axios", { aliases: ["CVE-2021-0002"], withdrawn: "2026-02-01T00:00:00Z" }),
  ],
  ["a record is gone", 1, () => rmSync(join(folder, "CVE-2022-0001.json"))],
  ["an ecosystem is spoken of for the first time", 3, () => osv("GHSA-7", "other", {}, "Hex")],
  ["a CVE that one of several parts of one identity asks about", 1, () => nvd("CVE-2022-0005", "minimist", "minimist")],
  ["the mapping is gone", 1, () => rmSync(join(folder, "map.tsv"))],
])("%s: comparing %i of 3 releases writes what comparing all does", async (_, compared, change) => {
  change();
  expect(await synced()).toBe(compared);
  const own = await written(server.scope);
  expect(own.findings.length).toBeGreaterThan(0);
  expect(own).toEqual(await written(twin));
});

test("the same feeds again write nothing", async () => {
  const tables = [
    "finding",
    "finding_event",
    "release",
    "release_day",
    "release_key",
    "component",
    "vulnerability",
    "device",
  ];
  const rows = () =>
    inScope(server.database.db, server.scope, async (trx) => {
      const versions: Record<string, unknown> = {};
      for (const table of tables)
        versions[table] = (
          await sql`select xmin::text, ctid::text from ${sql.table(table)} order by ctid`.execute(trx)
        ).rows;
      return versions;
    });
  const before = await rows();
  expect(await synced()).toBe(0);
  expect(await rows()).toEqual(before);
});
