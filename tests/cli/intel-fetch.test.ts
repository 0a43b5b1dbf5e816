import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FeedServer, feedServer } from "../support/feed-server.ts";
import { cordon, folderWith } from "./run-cordon.ts";
import { KEV } from "./sample-feeds.ts";

let server: FeedServer;
const folder = folderWith({});
const feeds = join(folder, "feeds");
const EPSS = "#model_version:v2025.03.14,score_date:2026-11-24T00:00:00Z\ncve,epss,percentile\nCVE-2025-2000,0.5,0.9\n";

beforeAll(async () => {
  server = await feedServer();
  server.put("/kev.json", KEV);
  server.put("/epss.csv", EPSS);
});
afterAll(() => server.close());

const fetch = (...args: string[]) => cordon(["intel", "fetch", "--into", feeds, ...args]);

test("sources are brought into a folder, built from there without the network, and say how they stand", async () => {
  const mirrors = [`cisa-kev=${server.base}/kev.json`, `epss=${server.base}/epss.csv`];
  const first = await fetch("cisa-kev", "epss", "--mirror", ...mirrors);
  expect(first).toMatchObject({ code: 0, err: expect.stringMatching(/cisa-kev +brought up to date: 1 records/) });

  server.next("/kev.json", { status: 403 });
  const second = await fetch();
  expect(second.code).toBe(2);
  expect(second.err).toMatch(/cisa-kev +NOT up to date: The address answered 403 \(it refuses\)/);
  expect(second.err).toMatch(/epss +unchanged: 1 records/);

  const built = await cordon(["intel", "build", "--from", feeds, "--out", join(folder, "intel.db")]);
  expect(built).toMatchObject({ code: 0, err: expect.stringMatching(/1 exploited, 1 EPSS scores/) });

  const { code, out } = await cordon(["intel", "sources", "--in", feeds, "--format", "json"]);
  expect(code).toBe(0);
  const { fetched, sources } = JSON.parse(out);
  expect(sources.length).toBeGreaterThan(20);
  expect(fetched).toMatchObject([
    { id: "cisa-kev", records: 1, failure: { reason: expect.stringContaining("403") } },
    { id: "epss", records: 1, failure: null },
  ]);
  const { out: table } = await cordon(["intel", "sources", "--in", feeds]);
  expect(table).toMatch(/epss.*today.*in order/);
});

test("a bundle carries them over, signed; a changed one, a stranger's and a cut one are refused, and nothing is kept", async () => {
  const secrets = { CORDON_SECRETS: join(folder, "secrets") };
  const bundle = join(folder, "feeds.bundle");
  const keys = join(folder, "keys.json");
  const other = join(folder, "carried");
  expect(await cordon(["intel", "bundle", "--from", feeds, "--out", bundle], secrets)).toMatchObject({ code: 0 });
  expect(await cordon(["intel", "keys", "--out", keys], secrets)).toMatchObject({ code: 0 });
  const strangers = { CORDON_SECRETS: join(folder, "strangers") };
  await cordon(["intel", "keys", "--out", join(folder, "strange.json")], strangers);

  const bytes = readFileSync(bundle);
  const at = bytes.indexOf("CVE-2025-2000");
  const changed = Buffer.from(bytes);
  changed.write("CVE-2025-9999", at);
  const head = Buffer.from(bytes);
  head.write("9", bytes.indexOf('"records":1') + '"records":'.length);
  const cases: [Uint8Array, string, RegExp][] = [
    [changed, keys, /Document [0-9a-f]{12}… was changed/],
    [head, keys, /was changed after it was signed: its Ed25519 signature does not hold/],
    [bytes, join(folder, "strange.json"), /signed by a key that is not trusted here/],
    [bytes.subarray(0, bytes.length - 4_000), keys, /cut off|missing/],
    [Buffer.from("hello"), keys, /no bundle of feeds/],
  ];
  for (const [content, trust, reason] of cases) {
    writeFileSync(join(folder, "odd.bundle"), content);
    const { code, err } = await cordon([
      "intel",
      "import",
      join(folder, "odd.bundle"),
      "--trust",
      trust,
      "--into",
      other,
    ]);
    expect(err).toMatch(reason);
    expect(code).not.toBe(0);
    expect(existsSync(join(other, "cordon-feeds.json"))).toBe(false);
  }
  const imported = await cordon(["intel", "import", bundle, "--trust", keys, "--into", other]);
  expect(imported).toMatchObject({ code: 0, err: expect.stringContaining("Imported 2 of 2 sources") });
  const built = await cordon(["intel", "build", "--from", other, "--out", join(folder, "other.db")]);
  expect(built).toMatchObject({ code: 0, err: expect.stringMatching(/1 exploited, 1 EPSS scores/) });
});

test.each([
  [["nonesuch"], /There is no source nonesuch.*Known: alpine-secdb/],
  [[], /No source is named, and the folder has none yet/],
  [["osv", "--choose", "epss=x"], /nothing to choose of epss/],
  [["osv", "--mirror", "osv.nowhere=https://x.example"], /Its addresses are bucket/],
  [["nvd", "--key-file", `nvd=${join(folder, "none")}`], /There is no such file/],
])("%j is refused with what to do", async (args, reason) => {
  const { code, err } = await cordon(["intel", "fetch", "--into", join(folder, "other"), ...args]);
  expect(code).toBe(2);
  expect(err).toMatch(reason);
  expect(existsSync(join(folder, "other"))).toBe(false);
});
