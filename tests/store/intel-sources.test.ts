import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noState } from "../../src/features/intel/loading/schema.ts";
import { inScope } from "../../src/platform/db.ts";
import { writeBundle } from "../../src/platform/loading/bundle.ts";
import { bundleKeys } from "../../src/platform/loading/bundle-keys.ts";
import { keptFiles } from "../../src/platform/loading/kept-files.ts";
import { KEV, OSV_CRITICAL } from "../cli/sample-feeds.ts";
import { zipOf } from "../support/archives.ts";
import { type FeedServer, feedServer } from "../support/feed-server.ts";
import { type ProgramServer, programServer } from "./program-server.ts";

let feeds: FeedServer;
let server: ProgramServer;

beforeAll(async () => {
  feeds = await feedServer();
  feeds.put("/osv/npm/modified_id.csv", "2026-11-20T00:00:00Z,GHSA-aaaa-bbbb-cccc\n");
  feeds.put("/osv/npm/all.zip", await zipOf({ "GHSA-aaaa-bbbb-cccc.json": JSON.stringify(OSV_CRITICAL) }));
  feeds.put("/kev.json", KEV);
  server = await programServer({ osv: `${feeds.base}/osv`, "cisa-kev": `${feeds.base}/kev.json` });
});
afterAll(async () => {
  await server.close();
  await feeds.close();
});

const status = async () => (await server.ask("GET", "/intel")).body;
const sourceNamed = async (plugIn: string) =>
  (await status()).sources.find((one: { plugIn: string }) => one.plugIn === plugIn);
const run = async () => {
  const { body } = await server.ask("POST", "/intel/runs");
  await server.settled();
  return (await server.ask("GET", `/intel/runs/${body.id}`)).body;
};
const kept = () =>
  readdirSync(join(server.folder, "intel", server.scope.organizationId, "documents")).filter(
    (name) => name.length === 64,
  );

test("sources of the catalogue are chosen by name, visited, and say how they stand", async () => {
  const { items } = (await server.ask("GET", "/intel/catalogue")).body;
  expect(items.length).toBeGreaterThan(20);
  const osv = items.find(({ name }: { name: string }) => name === "osv");
  expect(osv).toMatchObject({ address: `${feeds.base}/osv`, hasKey: false, choice: { of: expect.any(String) } });
  for (const [plugIn, choice] of [
    ["osv", ["npm"]],
    ["cisa-kev", []],
  ] as const) {
    const { address, title } = items.find(({ name }: { name: string }) => name === plugIn);
    const added = await server.ask("POST", "/intel/sources", { name: title, location: address, plugIn, choice });
    expect(added).toMatchObject({ status: 201, body: { plugIn, choice, standing: null } });
  }
  expect(await run()).toMatchObject({ state: "done", records: 2, problems: [] });
  expect(await sourceNamed("osv")).toMatchObject({
    standing: { records: 1, failure: null, late: false, cursor: expect.stringContaining("2026-11-19T18") },
  });
  expect((await status()).index.advisories).toBeGreaterThan(0);
  expect(kept()).toHaveLength(2);
});

test("a second run asks only whether anything changed, and builds nothing", async () => {
  const before = (await status()).index;
  feeds.asked.length = 0;
  expect(await run()).toMatchObject({ state: "done", problems: [] });
  expect(feeds.asked.map(({ status: answered }) => answered)).toEqual([304, 304]);
  expect((await status()).index).toEqual(before);
});

test("an index that was built by other rules is built anew, though nothing changed", async () => {
  const before = (await status()).index;
  const { database, scope } = server;
  await inScope(database.db, scope, (trx) => trx.updateTable("intelIndex").set({ madeOf: "by other rules" }).execute());
  expect(await run()).toMatchObject({ state: "done", problems: [] });
  const after = (await status()).index;
  expect(after.builtAt).not.toBe(before.builtAt);
  expect(after.advisories).toBe(before.advisories);
});

test("a feed of another shape is named; what it gave before stays in the index, also without the network", async () => {
  feeds.put("/kev.json", "<html>Access denied</html>");
  expect(await run()).toMatchObject({
    state: "done",
    problems: [{ reason: expect.stringContaining("changed its shape") }],
  });
  expect(await sourceNamed("cisa-kev")).toMatchObject({
    standing: { records: 1, late: true, failure: { code: "bad_input", fix: expect.any(String) } },
  });
  const osv = await sourceNamed("osv");
  await server.ask("PATCH", `/intel/sources/${osv.id}`, { revision: osv.revision, enabled: false });
  expect(await run()).toMatchObject({ state: "done", records: 1 });
  expect((await status()).feeds.map(({ name }: { name: string }) => name)).toEqual(["cisa-kev"]);
  expect(kept()).toHaveLength(2);
});

test("started over, a source is taken whole again; removed, its documents leave", async () => {
  feeds.put("/kev.json", KEV);
  const { id } = await sourceNamed("cisa-kev");
  expect((await server.ask("POST", `/intel/sources/${id}/anew`)).body).toEqual({ anew: true });
  feeds.asked.length = 0;
  await run();
  expect(feeds.asked.map(({ status: answered }) => answered)).toEqual([200]);
  feeds.asked.length = 0;
  await run();
  expect(feeds.asked.map(({ status: answered }) => answered)).toEqual([304]);
  await server.ask("DELETE", `/intel/sources/${(await sourceNamed("osv")).id}`);
  await run();
  expect(kept()).toHaveLength(1);
});

test("sources that ask the same address stand beside each other; the same one twice does not", async () => {
  const source = { name: "One", location: "https://api.github.com", plugIn: "rustsec", enabled: false };
  expect(await server.ask("POST", "/intel/sources", source)).toMatchObject({ status: 201 });
  expect(await server.ask("POST", "/intel/sources", { ...source, plugIn: "pypa" })).toMatchObject({ status: 201 });
  expect(await server.ask("POST", "/intel/sources", source)).toMatchObject({ status: 409 });
});

test("an address that a person names is fetched only from the public internet, also for a source of the catalogue", async () => {
  const source = { name: "Elsewhere", location: "https://127.0.0.1/kev.json", plugIn: "cisa-kev", enabled: false };
  expect(await server.ask("POST", "/intel/sources", source)).toMatchObject({ status: 201 });
  const plain = { ...source, name: "Plain", location: "http://example.org/kev.json" };
  expect(await server.ask("POST", "/intel/sources", plain)).toMatchObject({ status: 400 });
  expect(await server.ask("POST", "/intel/sources", { ...source, plugIn: "nonesuch" })).toMatchObject({ status: 400 });
});

test("a signed bundle is taken in by its own server run, without being visited; a changed one and a stranger's change nothing", async () => {
  const files = keptFiles(join(server.folder, "elsewhere"));
  const held = await files.hold(Buffer.from(JSON.stringify(KEV)));
  const keys = bundleKeys(join(server.folder, "elsewhere-secrets"));
  const document = {
    name: "kev.json",
    ...held,
    url: "https://x.example/",
    etag: null,
    lastModified: null,
    sequence: 0,
    fetchedAt: "2026-11-24T00:00:00Z",
    records: 1,
    unusable: 0,
  };
  const state = { ...noState("cisa-kev"), documents: [document], succeededAt: "2026-11-24T00:00:00.000Z" };
  const contents = { "cisa-kev": { bases: {}, choice: [], state } };
  const path = join(server.folder, "feeds.bundle");
  await writeBundle(path, { contents, documents: [held], madeAt: new Date() }, files, keys);
  const send = (bytes: Buffer) =>
    server.app.inject({
      method: "POST",
      url: "/api/intel/bundle",
      payload: bytes,
      headers: {
        host: "localhost",
        "content-type": "application/octet-stream",
        "x-organization": server.scope.organizationId,
        "x-user": server.scope.actor.id,
      },
    });
  const bytes = readFileSync(path);
  writeFileSync(
    join(server.folder, "bundle-keys.json"),
    JSON.stringify(bundleKeys(join(server.folder, "stranger")).public),
  );
  expect((await send(bytes)).json()).toMatchObject({
    status: 422,
    detail: expect.stringContaining("not trusted here"),
  });
  writeFileSync(join(server.folder, "bundle-keys.json"), JSON.stringify(keys.public));
  const changed = Buffer.from(bytes);
  changed.write("CVE-2025-9999", changed.indexOf("CVE-2025-2000"));
  expect((await send(changed)).json()).toMatchObject({ status: 422, detail: expect.stringContaining("was changed") });
  feeds.asked.length = 0;
  const taken = await send(bytes);
  expect(taken.statusCode).toBe(202);
  expect(taken.json()).toMatchObject({ imported: ["cisa-kev"], older: [] });
  await server.settled();
  const { sources } = await status();
  expect(sources.find((one: { location: string }) => one.location === "bundle:cisa-kev")).toMatchObject({
    plugIn: "cisa-kev",
    standing: { records: 1, failure: null },
  });
});
