import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inScope } from "../../src/platform/db.ts";
import { type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
let folder: string;

/** A CSAF 2.0 advisory that names vendor, product and versions in words, as CISA's medical ones do. */
function advisory(id: string, vendor: string, product: string, range: string, cve: string, published: string) {
  const document = {
    document: {
      category: "csaf_security_advisory",
      csaf_version: "2.0",
      title: `${vendor} ${product}`,
      publisher: { category: "coordinator", name: "CISA", namespace: "https://www.cisa.gov/" },
      tracking: {
        id,
        status: "final",
        version: "1",
        initial_release_date: published,
        current_release_date: published,
        revision_history: [{ date: published, number: "1", summary: "Initial" }],
      },
    },
    product_tree: {
      branches: [
        {
          category: "vendor",
          name: vendor,
          branches: [
            {
              category: "product_name",
              name: product,
              branches: [
                {
                  category: "product_version_range",
                  name: range,
                  product: { name: `${vendor} ${product} ${range}`, product_id: "P1" },
                },
              ],
            },
          ],
        },
      ],
    },
    vulnerabilities: [
      {
        cve,
        notes: [{ category: "summary", text: "The service port takes commands from anybody." }],
        product_status: { known_affected: ["P1"] },
        scores: [
          {
            products: ["P1"],
            cvss_v3: {
              version: "3.1",
              vectorString: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
              baseScore: 9.8,
              baseSeverity: "CRITICAL",
            },
          },
        ],
      },
    ],
  };
  writeFileSync(join(folder, `${id}.json`), JSON.stringify(document));
}

const sync = async () => {
  await server.ask("POST", "/intel/runs");
  await server.settled();
};
const pairs = async (query = "") => (await server.ask("GET", `/device-advisories?limit=50${query}`)).body.items;
const findings = async (releaseId: string) => (await server.ask("GET", `/findings?releaseId=${releaseId}`)).body.items;
const say = (pair: { id: string; revision: number }, verdict: "same" | "other" | null) =>
  server.ask("POST", `/device-advisories/${pair.id}/verdict`, { revision: pair.revision, verdict });

async function device(name: string, manufacturer: string, version: string, model = "") {
  const { body } = await server.ask("POST", "/devices", { name, manufacturer, model });
  const release = await server.ask("POST", `/devices/${body.id}/releases`, {
    version,
    phase: "deployment",
    since: "2026-01-05",
  });
  await server.settled();
  return { deviceId: body.id as string, releaseId: release.body.id as string };
}

beforeAll(async () => {
  server = await programServer();
  folder = join(server.folder, "advisories");
  mkdirSync(folder);
  advisory("ICSMA-26-010-01", "Phillips", "IntelliVue MX40", "< B.06.18", "CVE-2026-10001", "2026-01-10T00:00:00Z");
  advisory(
    "ICSMA-26-020-01",
    "General Electric (GE)",
    "Carestation 620",
    "vers:all/*",
    "CVE-2026-10002",
    "2026-01-20T00:00:00Z",
  );
  await server.ask("POST", "/intel/sources", { name: "Words", location: folder });
  await sync();
});
afterAll(() => server.close());

describe("an advisory that names a device in words", () => {
  test("is proposed with its evidence; confirmed it makes a finding, now and for later advisories", async () => {
    const { deviceId, releaseId } = await device("IntelliVue MX40", "Philips Healthcare", "B.05");
    const [pair] = await pairs(`&deviceId=${deviceId}`);
    expect(pair).toMatchObject({
      said: { vendor: "Phillips", name: "IntelliVue MX40" },
      verdict: null,
      matches: [
        {
          advisory: "ICSMA-26-010-01",
          says: "affected",
          grade: "strong",
          cves: expect.arrayContaining(["CVE-2026-10001"]),
        },
      ],
    });
    expect(pair.matches[0].evidence.join(" | ")).toMatch(
      /one maker \(philips\).*share intellivue, mx40.*B\.05 lies in/,
    );
    expect(await findings(releaseId)).toEqual([]);

    const confirmed = await say(pair, "same");
    expect(confirmed).toMatchObject({ status: 200, body: { verdict: "same", decidedBy: "Ada", revision: 2 } });
    const [finding] = await findings(releaseId);
    expect(finding).toMatchObject({
      advisory: "CVE-2026-10001",
      component: { name: "IntelliVue MX40", version: "B.05" },
      severity: { rating: "critical" },
      state: "new",
    });
    const { body: detail } = await server.ask("GET", `/findings/${finding.id}`);
    expect(detail.because).toMatchObject({ rule: "device-name", range: expect.stringContaining("B.05 lies in") });
    expect(detail.details).toContain("service port");

    advisory("ICSMA-26-030-01", "Philips", "IntelliVue MX40", "< B.07", "CVE-2026-10003", "2026-02-10T00:00:00Z");
    await sync();
    expect((await findings(releaseId)).map((f: { advisory: string }) => f.advisory).sort()).toEqual([
      "CVE-2026-10001",
      "CVE-2026-10003",
    ]);
    expect(await pairs(`&deviceId=${deviceId}`)).toEqual([]);
    const { body: history } = await server.ask("GET", `/devices/${deviceId}/history?limit=50`);
    expect(history.items.map((e: { action: string }) => e.action)).toEqual(
      expect.arrayContaining(["device.advisory-name-confirmed", "release.compared-by-name"]),
    );
  });

  test("of another maker leaves the device and its releases alone", async () => {
    const { deviceId } = await device("Infusomat Space", "B. Braun", "1");
    const rows = () =>
      inScope(server.database.db, server.scope, async (trx) => {
        const versions = async (table: string, column: string) =>
          (
            await sql`select xmin::text, ctid::text from ${sql.table(table)} where ${sql.ref(column)} = ${deviceId}`.execute(
              trx,
            )
          ).rows;
        return [await versions("device", "id"), await versions("release", "device_id")];
      });
    const before = await rows();
    advisory("ICSMA-26-040-01", "Baxter", "Spectrum IQ", "< 9", "CVE-2026-10004", "2026-02-11T00:00:00Z");
    await sync();
    expect(await rows()).toEqual(before);
    advisory("ICSMA-26-050-01", "B. Braun", "Infusomat Space", "< 9", "CVE-2026-10005", "2026-02-12T00:00:00Z");
    await sync();
    expect(await pairs(`&deviceId=${deviceId}`)).toMatchObject([{ matches: [{ advisory: "ICSMA-26-050-01" }] }]);
  });

  test("rejected it stays away, also when read again; taking the word back proposes it again", async () => {
    const { deviceId, releaseId } = await device("Carestation 620", "GE Healthcare", "10");
    const [pair] = await pairs(`&deviceId=${deviceId}`);
    await say(pair, "same");
    expect(await findings(releaseId)).toHaveLength(1);
    expect((await say(pair, "other")).status).toBe(409);
    await say({ id: pair.id, revision: 2 }, "other");
    expect(await findings(releaseId)).toEqual([]);
    await sync();
    expect(await pairs(`&deviceId=${deviceId}`)).toEqual([]);
    expect(await pairs(`&deviceId=${deviceId}&state=rejected`)).toMatchObject([{ verdict: "other" }]);
    await say({ id: pair.id, revision: 3 }, null);
    expect(await pairs(`&deviceId=${deviceId}`)).toMatchObject([{ verdict: null, decidedBy: null }]);
  });

  test("a release outside the words has no finding, and an SBOM beside it leaves the device's own findings alone", async () => {
    const { deviceId, releaseId } = await device("IntelliVue MX40 monitor", "Philips", "B.05");
    const fixed = await server.ask("POST", `/devices/${deviceId}/releases`, {
      version: "B.08",
      phase: "deployment",
      since: "2026-02-05",
    });
    await server.settled();
    for (const pair of await pairs(`&deviceId=${deviceId}`)) await say(pair, "same");
    expect((await findings(releaseId)).length).toBeGreaterThan(0);
    expect(await findings(fixed.body.id)).toEqual([]);
    const sbom = {
      bomFormat: "CycloneDX",
      specVersion: "1.5",
      components: [{ type: "library", name: "x", version: "1" }],
    };
    await server.upload(releaseId, JSON.stringify(sbom));
    await server.settled();
    expect((await findings(releaseId)).length).toBeGreaterThan(0);
  });
});
