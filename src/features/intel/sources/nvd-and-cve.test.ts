import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { zipOf } from "../../../../tests/support/archives.ts";
import { json, sourceWorld } from "../../../../tests/support/source-world.ts";

const world = sourceWorld();
const { load, put, paths } = world;

const cve = (id: string, at = "2026-11-01T00:00:00.000Z") => ({
  dataType: "CVE_RECORD",
  dataVersion: "5.1",
  cveMetadata: { cveId: id, state: "PUBLISHED", dateUpdated: at },
  containers: {
    cna: {
      affected: [{ vendor: "v", product: "p", versions: [{ version: "1", status: "affected" }] }],
      descriptions: [{ lang: "en", value: id }],
      references: [],
    },
  },
});
describe("NVD's API", () => {
  const page = (query: URLSearchParams, ids: readonly string[]) => {
    const start = Number(query.get("startIndex"));
    const vulnerabilities = ids.slice(start, start + 2000).map((id) => ({
      cve: { id, lastModified: "2026-11-01T00:00:00.000", descriptions: [{ lang: "en", value: id }] },
    }));
    return {
      resultsPerPage: 2000,
      startIndex: start,
      totalResults: ids.length,
      format: "NVD_CVE",
      version: "2.0",
      vulnerabilities,
    };
  };
  const ids = Array.from({ length: 4_500 }, (_, i) => `CVE-2020-${10_000 + i}`);

  test("reads everything in pages, six seconds apart, and goes on at the page where it stopped", async () => {
    const nvd = load("nvd");
    put("nvd", "api", (query: URLSearchParams) => (query.get("startIndex") === "4000" ? "<html>" : page(query, ids)));
    await nvd.visit();
    expect(nvd.state).toMatchObject({ cursor: { startIndex: 4000 }, failure: { code: "bad_input" } });
    put("nvd", "api", (query: URLSearchParams) => page(query, ids));
    world.server.asked.length = 0;
    await nvd.visit();
    expect(world.server.asked.map(({ path }) => new URLSearchParams(path.split("?")[1]).get("startIndex"))).toEqual([
      "4000",
    ]);
    expect(nvd.waits.filter((ms) => ms === 6000).length).toBe(2);
    expect(await nvd.ids()).toHaveLength(4_500);
  });

  test("then asks for changes in windows of at most 120 days, with the key where there is one", async () => {
    const nvd = load("nvd", { key: "secret" });
    put("nvd", "api", (query: URLSearchParams) =>
      page(query, query.has("lastModStartDate") ? ["CVE-2020-10000"] : ids.slice(0, 5)),
    );
    await nvd.visit();
    nvd.now = new Date("2027-07-01T00:00:00Z");
    world.server.asked.length = 0;
    await nvd.visit();
    const windows = world.server.asked.map(({ path }) => new URLSearchParams(path.split("?")[1]));
    expect(windows).toHaveLength(2);
    for (const query of windows) {
      const days =
        (Date.parse(query.get("lastModEndDate") ?? "") - Date.parse(query.get("lastModStartDate") ?? "")) / 86_400_000;
      expect(days).toBeGreaterThan(0);
      expect(days).toBeLessThanOrEqual(120);
    }
    expect(windows[1]?.get("lastModStartDate")).toBe(windows[0]?.get("lastModEndDate"));
    expect(world.server.asked[0]?.headers.apikey).toBe("secret");
    expect(nvd.state.cursor).toMatchObject({ upTo: "2027-07-01T00:00:00.000Z" });
    expect(await nvd.ids()).toHaveLength(7);
  });

  test("fewer records in a page than were asked for lose none; an empty one is another shape", async () => {
    const nvd = load("nvd");
    const short = (query: URLSearchParams) => {
      const start = Number(query.get("startIndex"));
      const { vulnerabilities, ...rest } = page(query, ids);
      return { ...rest, resultsPerPage: 1000, vulnerabilities: start === 4000 ? [] : vulnerabilities.slice(0, 1000) };
    };
    put("nvd", "api", short);
    await nvd.visit();
    expect(nvd.state.failure?.reason).toMatch(/page at 4000 of 4500 records is empty/);
    expect(await nvd.ids()).toHaveLength(4_000);
  });

  test("a clock that is fast, and is set back, skips no change: NVD's own time counts", async () => {
    const nvd = load("nvd");
    const at = (timestamp: string) =>
      put("nvd", "api", (query: URLSearchParams) => ({ ...page(query, ids.slice(0, 5)), timestamp }));
    at("2026-11-22T06:00:00.123");
    await nvd.visit();
    expect(nvd.state.cursor).toMatchObject({ upTo: "2026-11-22T06:00:00.123Z" });
    nvd.now = new Date("2026-11-22T05:00:00Z");
    at("2026-11-22T07:00:00.000");
    world.server.asked.length = 0;
    await nvd.visit();
    const [query] = world.server.asked.map(({ path }) => new URLSearchParams(path.split("?")[1]));
    expect(query?.get("lastModStartDate")).toBe("2026-11-22T05:45:00.123Z");
    expect(Date.parse(query?.get("lastModEndDate") ?? "")).toBeGreaterThan(Date.parse("2026-11-22T06:00:00.123Z"));
  });

  test("is patient when it is told to slow down, and says that a key may be wrong", async () => {
    const nvd = load("nvd", { key: "typo" });
    put("nvd", "api", (query: URLSearchParams) => page(query, ids.slice(0, 5)));
    world.server.next("/nvd/api", { status: 403 });
    await nvd.visit();
    expect(nvd.state.failure).toBeNull();
    world.server.next("/nvd/api", { status: 404, headers: { message: "Invalid apiKey." } });
    await nvd.visit();
    expect(nvd.state.failure).toMatchObject({ reason: expect.stringMatching(/a key it does not know/) });
  });
});

test("NVD's yearly files: a year is taken when its digest changed, and refused when it does not have it", async () => {
  const nvd = load("nvd-feeds", { choice: ["2024", "2025"] });
  const year = (id: string) =>
    json({
      format: "NVD_CVE",
      version: "2.0",
      vulnerabilities: [{ cve: { id, descriptions: [{ lang: "en", value: id }] } }],
    });
  const offer = (of: number, text: string, stated = text) => {
    put("nvd-feeds", `feeds/nvdcve-2.0-${of}.json.gz`, gzipSync(text));
    const hex = createHash("sha256").update(stated).digest("hex").toUpperCase();
    put(
      "nvd-feeds",
      `feeds/nvdcve-2.0-${of}.meta`,
      `lastModifiedDate:2026-11-24T00:00:00-05:00\r\nsize:1\r\nsha256:${hex}\r\n`,
    );
  };
  offer(2024, year("CVE-2024-1000"));
  offer(2025, year("CVE-2025-1000"));
  await nvd.visit();
  expect(await nvd.ids()).toEqual(["CVE-2024-1000", "CVE-2025-1000"]);
  offer(2025, year("CVE-2025-2000"));
  await nvd.visit();
  expect(paths().filter((path) => path.endsWith(".gz"))).toHaveLength(3);
  expect(await nvd.ids()).toEqual(["CVE-2024-1000", "CVE-2025-2000"]);
  offer(2025, year("CVE-2025-3000"), "something else");
  await nvd.visit();
  expect(nvd.state.failure).toMatchObject({ code: "tampered" });
  expect(await nvd.ids()).toEqual(["CVE-2024-1000", "CVE-2025-2000"]);
  offer(2025, year("CVE-2025-2000"));
  put("nvd-feeds", "feeds/nvdcve-2.0-2025.json.gz", gzipSync(year("CVE-2025-4000")).subarray(0, 60));
  offer(2024, year("CVE-2024-1000"));
  put("nvd-feeds", "feeds/nvdcve-2.0-2025.meta", `sha256:${"a".repeat(64)}\n`);
  await nvd.visit();
  expect(nvd.state.failure?.reason).toMatch(/breaks off or is damaged/);
});

test("NVD's yearly files: a year that has just begun may have none yet", async () => {
  const nvd = load("nvd-feeds", { choice: ["2025", "2026"] });
  const text = json({
    format: "NVD_CVE",
    version: "2.0",
    vulnerabilities: [{ cve: { id: "CVE-2025-1000", descriptions: [] } }],
  });
  const hex = createHash("sha256").update(text).digest("hex");
  put("nvd-feeds", "feeds/nvdcve-2.0-2025.meta", `sha256:${hex}\n`);
  put("nvd-feeds", "feeds/nvdcve-2.0-2025.json.gz", gzipSync(text));
  await nvd.visit();
  expect(nvd.state.failure).toBeNull();
  expect(await nvd.ids()).toEqual(["CVE-2025-1000"]);
});

describe("the CVE list", () => {
  const batch = (fetchTime: string, ...ids: string[]) => ({
    fetchTime,
    numberOfChanges: ids.length,
    new: [],
    updated: ids.map((cveId) => ({ cveId })),
    error: [],
  });
  const RAW = "raw/CVEProject/cvelistV5/main/cves";
  const BASE = "CVEProject/cvelistV5/releases";

  async function offerBaseline(day: string, ...ids: string[]) {
    const inner = await zipOf(Object.fromEntries(ids.map((id) => [`cves/${id}.json`, json(cve(id))])));
    const name = `${day}_all_CVEs_at_midnight.zip.zip`;
    newestRelease(day, "0500", name);
    put("cve-list", `download/${BASE}/download/cve_${day}_0500Z/${name}`, await zipOf({ "cves.zip": inner }));
  }
  const newestRelease = (day: string, hour: string, ...names: string[]) =>
    put("cve-list", `api/repos/${BASE}/latest`, {
      tag_name: `cve_${day}_${hour}Z`,
      assets: [
        { name: "release_notes.md" },
        ...names.map((name) => ({ name })),
        { name: `${day}_delta_CVEs_at_${hour}Z.zip` },
      ],
    });

  test("begins with the archive of midnight, then takes what the change log names", async () => {
    const list = load("cve-list");
    await offerBaseline("2026-11-24", "CVE-2020-1000", "CVE-2020-1001");
    put("cve-list", `${RAW}/deltaLog.json`, [
      batch("2026-11-24T03:00:00.000Z", "CVE-2026-12345"),
      batch("2026-11-20T00:00:00.000Z", "CVE-2020-1001"),
    ]);
    put("cve-list", `${RAW}/2026/12xxx/CVE-2026-12345.json`, cve("CVE-2026-12345"));
    await list.visit();
    expect(list.state.failure).toBeNull();
    expect(await list.ids()).toEqual(["CVE-2020-1000", "CVE-2020-1001", "CVE-2026-12345"]);
    world.server.asked.length = 0;
    await list.visit();
    expect(world.server.asked).toHaveLength(1);
  });

  test("many changes come as the archives of their days; a gap in the log begins anew", async () => {
    const list = load("cve-list");
    await offerBaseline("2026-11-22", "CVE-2020-1000");
    put("cve-list", `${RAW}/deltaLog.json`, [batch("2026-11-22T01:00:00.000Z")]);
    await list.visit();
    const ids = Array.from({ length: 301 }, (_, i) => `CVE-2026-${1000 + i}`);
    put("cve-list", `${RAW}/deltaLog.json`, [
      batch("2026-11-23T02:10:00.000Z", ...ids),
      batch("2026-11-22T01:00:00.000Z"),
    ]);
    put(
      "cve-list",
      `download/${BASE}/download/cve_2026-11-22_at_end_of_day/2026-11-22_delta_CVEs_at_end_of_day.zip`,
      await zipOf({ "a.json": json(cve("CVE-2026-1000")) }),
    );
    newestRelease("2026-11-23", "0200");
    put(
      "cve-list",
      `download/${BASE}/download/cve_2026-11-23_0200Z/2026-11-23_delta_CVEs_at_0200Z.zip`,
      await zipOf({ "b.json": json(cve("CVE-2026-1300")) }),
    );
    await list.visit();
    expect(list.state.failure).toBeNull();
    expect(await list.ids()).toEqual(["CVE-2020-1000", "CVE-2026-1000", "CVE-2026-1300"]);
    expect(list.state.cursor).toMatchObject({ upTo: "2026-11-23T01:45:00.000Z" });
    put("cve-list", `${RAW}/deltaLog.json`, [batch("2027-02-01T00:00:00.000Z", "CVE-2026-1000")]);
    await offerBaseline("2027-02-01", "CVE-2020-1000", "CVE-2027-1000");
    await list.visit();
    expect(await list.ids()).toEqual(["CVE-2020-1000", "CVE-2027-1000"]);
  });

  test("what changed after the hour of the newest archive is taken too, whichever hours have one", async () => {
    const list = load("cve-list");
    await offerBaseline("2026-11-24", "CVE-2020-1000");
    const ids = Array.from({ length: 301 }, (_, i) => `CVE-2026-${1000 + i}`);
    put("cve-list", `${RAW}/deltaLog.json`, [
      batch("2026-11-24T05:52:00.000Z", "CVE-2026-9999"),
      batch("2026-11-24T02:10:00.000Z", ...ids),
      batch("2026-11-20T00:00:00.000Z"),
    ]);
    put(
      "cve-list",
      `download/${BASE}/download/cve_2026-11-24_0500Z/2026-11-24_delta_CVEs_at_0500Z.zip`,
      await zipOf({ "a.json": json(cve("CVE-2026-1000")) }),
    );
    put("cve-list", `${RAW}/2026/9xxx/CVE-2026-9999.json`, cve("CVE-2026-9999"));
    await list.visit();
    expect(list.state.failure).toBeNull();
    expect(await list.ids()).toEqual(["CVE-2020-1000", "CVE-2026-1000", "CVE-2026-9999"]);
    expect(list.state.cursor).toMatchObject({ upTo: "2026-11-24T05:52:00.000Z" });
  });

  test("a day whose archive of changes is missing, and a log that is empty, lose nothing", async () => {
    const list = load("cve-list");
    await offerBaseline("2026-11-21", "CVE-2020-1000");
    put("cve-list", `${RAW}/deltaLog.json`, [batch("2026-11-21T01:00:00.000Z")]);
    await list.visit();
    const ids = Array.from({ length: 301 }, (_, i) => `CVE-2026-${1000 + i}`);
    put("cve-list", `${RAW}/deltaLog.json`, [
      batch("2026-11-22T02:10:00.000Z", ...ids),
      batch("2026-11-21T01:00:00.000Z"),
    ]);
    await offerBaseline("2026-11-23", "CVE-2020-1000", "CVE-2026-1000");
    await list.visit();
    expect(list.state.failure).toBeNull();
    expect(await list.ids()).toEqual(["CVE-2020-1000", "CVE-2026-1000"]);
    put("cve-list", `${RAW}/deltaLog.json`, []);
    world.server.asked.length = 0;
    await list.visit();
    expect(list.state.failure?.reason).toMatch(/log of changes is empty/);
    expect(world.server.asked).toHaveLength(1);
  });
});
