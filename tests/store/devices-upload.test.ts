import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDevice, type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
beforeAll(async () => {
  server = await programServer();
});
afterAll(() => server.close());

const component = (i: number) => ({
  type: "library",
  "bom-ref": `c${i}`,
  name: `part-${i}`,
  version: `1.${i}`,
  purl: `pkg:npm/part-${i}@1.${i}`,
});
const GOOD = JSON.stringify({
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  metadata: { component: { type: "device", "bom-ref": "pump", name: "Pump" } },
  components: Array.from({ length: 130 }, (_, i) => component(i)),
  dependencies: [
    { ref: "pump", dependsOn: ["c0", "c1"] },
    { ref: "c0", dependsOn: Array.from({ length: 128 }, (_, i) => `c${i + 2}`) },
  ],
});

describe("an SBOM that is sent", () => {
  test("is kept byte for byte, with its parts as tree and table", async () => {
    const { releaseId } = await newDevice(server);
    const { status, body } = await server.upload(releaseId, GOOD, {
      "x-file-name": encodeURIComponent("../pümp.cdx.json"),
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      unchanged: false,
      assessment: "no-advisories",
      sbom: { components: 130, fileName: "pümp.cdx.json", current: true },
    });
    expect((await server.ask("GET", `/sboms/${body.sbom.id}/file`)).body).toBe(GOOD);

    const roots = (await server.ask("GET", `/releases/${releaseId}/parts/tree`)).body;
    expect(roots.items.map((p: { name: string; children: number }) => [p.name, p.children])).toEqual([
      ["part-0", 128],
      ["part-1", 0],
    ]);
    const under = (await server.ask("GET", `/releases/${releaseId}/parts/tree?under=0&limit=100`)).body;
    expect(under).toMatchObject({ total: { count: 128, exact: true }, next: expect.any(String) });
    const detail = (await server.ask("GET", `/releases/${releaseId}/parts/5`)).body;
    expect(detail).toMatchObject({ name: "part-5", usedBy: [{ name: "part-0" }], path: [{ name: "part-0" }] });
  });

  test.each(["document", "name", "findings", "missing"])("is paged in order of %s, each part once", async (sort) => {
    const { releaseId } = await newDevice(server);
    await server.upload(releaseId, GOOD);
    const names: string[] = [];
    let cursor = "";
    do {
      const { body } = await server.ask("GET", `/releases/${releaseId}/parts?sort=${sort}&limit=33&cursor=${cursor}`);
      names.push(...body.items.map((p: { name: string }) => p.name));
      cursor = body.next ?? "";
    } while (cursor !== "");
    expect(new Set(names).size).toBe(130);
    expect(names).toHaveLength(130);
  });

  test("shows what each part lacks of the minimum elements, and can be filtered by it", async () => {
    const { releaseId } = await newDevice(server);
    const { body } = await server.upload(releaseId, GOOD);
    expect(body.sbom.quality).toMatchObject({ complete: 0, documentLacks: ["author", "timestamp"] });
    const parts = `/releases/${releaseId}/parts?limit=1`;
    expect((await server.ask("GET", `${parts}&missing=supplier`)).body.total.count).toBe(130);
    expect((await server.ask("GET", `${parts}&missing=version`)).body.total.count).toBe(0);
    expect((await server.ask("GET", `${parts}&text=part-12`)).body.total.count).toBe(11);
  });

  test("when it is large, is read while others are answered, and refused as a small one is", async () => {
    const { releaseId } = await newDevice(server);
    const large = JSON.parse(GOOD);
    large.metadata.component.description = "x".repeat(9_000_000);
    let answered = 0;
    const upload = server.upload(releaseId, JSON.stringify(large)).finally(() => clearInterval(others));
    const others = setInterval(() => void server.ask("GET", "/devices").then(() => answered++), 5);
    expect(await upload).toMatchObject({ status: 201, body: { sbom: { components: 130 } } });
    expect(answered).toBeGreaterThan(3);
    const broken = `${JSON.stringify(large).slice(0, -2)}`;
    expect(await server.upload(releaseId, broken)).toMatchObject({
      status: 400,
      body: { at: expect.stringContaining("sbom") },
    });
  });

  test("is compared with the one before", async () => {
    const { releaseId } = await newDevice(server);
    const first = (await server.upload(releaseId, GOOD)).body.sbom.id;
    const changed = JSON.parse(GOOD);
    changed.components[3].version = "2.0";
    changed.components[3].purl = "pkg:npm/part-3@2.0";
    changed.components.pop();
    const second = (await server.upload(releaseId, JSON.stringify(changed))).body.sbom.id;
    const { body } = await server.ask("GET", `/sboms/${second}/difference?before=${first}`);
    expect(body).toMatchObject({ added: 0, removed: 1, changed: 1, unchanged: 128, truncated: false });
    expect(body.changes).toContainEqual(expect.objectContaining({ kind: "version", from: "1.3", to: "2.0" }));
    const { body: uploads } = await server.ask("GET", `/releases/${releaseId}/sboms`);
    expect(uploads.items.map((u: { id: string; current: boolean }) => [u.id, u.current])).toEqual([
      [second, true],
      [first, false],
    ]);
  });
});

describe("bad input is refused, what was there stays, and the server stays up", () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000, "a"));
  const deep = `{"bomFormat":"CycloneDX","specVersion":"1.5","components":${"[".repeat(100_000)}`;
  const entities = `<?xml version="1.0"?><!DOCTYPE bom [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component type="library"><name>&b;</name></component></components></bom>`;
  const external = `<?xml version="1.0"?><!DOCTYPE bom SYSTEM "file:///etc/passwd"><bom xmlns="http://cyclonedx.org/schema/bom/1.5"/>`;
  const cases: [string, string | Uint8Array][] = [
    ["nothing", ""],
    ["a truncated file", GOOD.slice(0, 5_000)],
    ["no SBOM", '{"hello":"world"}'],
    ["an SBOM without any component", '{"bomFormat":"CycloneDX","specVersion":"1.5"}'],
    ["an unknown version of the standard", '{"bomFormat":"CycloneDX","specVersion":"9.9","components":[]}'],
    ["100,000 levels", deep],
    ["bytes that are no text", new Uint8Array([0xff, 0xfe, 0x00, 0xd8, 0x80, 0x81])],
    [
      "text in another encoding than it says",
      Buffer.concat([Buffer.from('{"bomFormat":"'), Buffer.from([0xe4, 0xff]), Buffer.from('"}')]),
    ],
    ["XML with entities", entities],
    ["XML that points outside", external],
    ["a zip bomb", bomb],
    ["an archive", Buffer.from("PK\u0003\u0004aaaaaaaaaaaaaaaaaaaaaaaaaa")],
  ];

  test.each(cases)("%s", async (_, bytes) => {
    const { releaseId } = await newDevice(server);
    const good = (await server.upload(releaseId, GOOD)).body.sbom.id;
    const answer = await server.upload(releaseId, bytes);
    expect(answer).toMatchObject({ status: bytes === deep ? 413 : 400, body: { detail: expect.any(String) } });
    expect(answer.type).toContain("application/problem+json");
    const { body: uploads } = await server.ask("GET", `/releases/${releaseId}/sboms`);
    expect(uploads.items).toMatchObject([{ id: good, current: true }]);
    expect((await server.ask("GET", `/releases/${releaseId}/parts?limit=1`)).body.total.count).toBe(130);
  });

  test("a body larger than the limit is refused before it is read", async () => {
    const { releaseId } = await newDevice(server);
    const answer = await server.upload(releaseId, "{}", { "content-length": String(300 * 1024 * 1024) });
    expect(answer).toMatchObject({ status: 413, body: { fix: expect.any(String) } });
  });

  test("text the database cannot hold is mended, the rest is as it was", async () => {
    const { releaseId } = await newDevice(server);
    const odd = {
      bomFormat: "CycloneDX",
      specVersion: "1.5",
      components: [{ type: "library", name: "a\u0000b", version: "1\ud800", "bom-ref": "\u0000" }, component(1)],
    };
    expect((await server.upload(releaseId, JSON.stringify(odd))).status).toBe(201);
    const { body } = await server.ask("GET", `/releases/${releaseId}/parts?sort=name`);
    expect(body.items.map((p: { name: string }) => p.name)).toEqual(["a\ufffdb", "part-1"]);
  });

  test("a key that stands twice and a part without a version are taken, and told", async () => {
    const { releaseId } = await newDevice(server);
    const text = `{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"library","name":"a","name":"b"}]}`;
    const { status, body } = await server.upload(releaseId, text);
    expect(status).toBe(201);
    expect(body.sbom.components).toBe(1);
    const { body: parts } = await server.ask("GET", `/releases/${releaseId}/parts?missing=version`);
    expect(parts.items).toMatchObject([{ name: "b", version: null }]);
  });

  test("names like __proto__ are names", async () => {
    const { releaseId } = await newDevice(server);
    const text = `{"bomFormat":"CycloneDX","specVersion":"1.5","__proto__":{"polluted":1},"components":[{"type":"library","name":"__proto__","version":"1","bom-ref":"__proto__"}]}`;
    const { status } = await server.upload(releaseId, text);
    expect(status).toBe(201);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("an id that is none, a release that is not there, the same upload twice at once", async () => {
    expect((await server.upload("nonsense", GOOD)).status).toBe(400);
    expect((await server.upload("01900000-0000-7000-8000-000000000000", GOOD)).status).toBe(404);
    const { releaseId } = await newDevice(server);
    const answers = await Promise.all([server.upload(releaseId, GOOD), server.upload(releaseId, GOOD)]);
    expect(answers.map((a) => a.body.unchanged).sort()).toEqual([false, true]);
    expect((await server.ask("GET", `/releases/${releaseId}/sboms`)).body.total.count).toBe(1);
  });
});
