import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runUploadFile } from "../../src/cli/file/run-upload-file.ts";
import { runUpload } from "../../src/cli/sbom/run-upload.ts";
import { runVexUpload } from "../../src/cli/vex/run-upload.ts";
import { EXAMPLES, newDevice, type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
let url = "";
const folder = mkdtempSync(join(tmpdir(), "cordon-command-"));
const file = join(folder, "device.cdx.json");
const component = { type: "library", name: "minimist", version: "1.2.5", purl: "pkg:npm/minimist@1.2.5" };

beforeAll(async () => {
  server = await programServer();
  url = (await server.app.listen({ host: "127.0.0.1", port: 0 })).replace("127.0.0.1", "localhost");
  writeFileSync(file, JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.5", components: [component] }));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

let said = "";
beforeEach(() => {
  said = "";
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => {
      said += String(text);
      return true;
    });
});
afterEach(() => vi.restoreAllMocks());

const upload = (over: Partial<Parameters<typeof runUpload>[0]>) =>
  runUpload({ file, releaseId: "", server: url, key: server.scope.organizationId, wait: true, failOn: null, ...over });

describe("cordon sbom upload", () => {
  test("before any advisories: it is stored, and a gate that cannot be judged is not passed", async () => {
    const { releaseId } = await newDevice(server);
    expect(await upload({ releaseId })).toBe(0);
    expect(said).toContain("Stored 1 part (");
    expect(said).toContain("no advisories yet");
    await expect(upload({ releaseId, failOn: "any" })).rejects.toThrow(/gate cannot be judged/);
  });

  test("says the safety sentence, and closes the gate when an open finding is as bad", async () => {
    await server.ask("POST", "/intel/sources", { name: "Starter", location: join(EXAMPLES, "advisories") });
    await server.ask("POST", "/intel/runs");
    await server.settled();
    const { releaseId } = await newDevice(server);
    expect(await upload({ releaseId, failOn: "critical" })).toBe(1);
    expect(said).toMatch(/critical finding.* in a device that delivers therapy/);
    expect(await upload({ releaseId, failOn: "exploited" })).toBe(0);
    expect(said).toContain("It was there already");
  });

  test.each<[string, Partial<Parameters<typeof runUpload>[0]>, RegExp]>([
    ["no file", { file: join(folder, "none.json") }, /no such file/],
    ["no server", { server: null }, /Which server/],
    ["an address that is none", { server: "cordon" }, /Which server/],
    ["a server that is silent", { server: "http://localhost:1" }, /does not answer/],
    ["no key", { key: null }, /API key/],
    ["a release that is not there", { releaseId: "01900000-0000-7000-8000-000000000000" }, /There is no release/],
    ["an id with a path in it", { releaseId: "../devices" }, /id in the address is none/],
  ])("%s is said, with what to do", async (_, over, reason) => {
    await expect(upload(over)).rejects.toThrow(reason);
  });

  test("a file that is no SBOM comes back as the server's own refusal", async () => {
    const { releaseId } = await newDevice(server);
    const bad = join(folder, "bad.json");
    writeFileSync(bad, '{"hello":"world"}');
    await expect(upload({ releaseId, file: bad })).rejects.toMatchObject({
      code: "bad_input",
      at: expect.stringContaining("bad.json"),
    });
  });
});

test("cordon vex upload says what was kept, set, proposed and refused; the same again is there already", async () => {
  const { releaseId } = await newDevice(server);
  await upload({ releaseId });
  const vex = join(folder, "vex.json");
  const statement = { vulnerability: "CVE-2021-44906", products: ["pkg:npm/minimist@1.2.5"] };
  const statements = [
    { ...statement, status: "fixed" },
    { ...statement, status: "not_affected" },
  ];
  writeFileSync(vex, JSON.stringify({ "@context": "https://openvex.dev/ns/v0.2.0", version: 1, statements }));
  const send = () =>
    runVexUpload({ file: vex, releaseId, author: "Acme", server: url, key: server.scope.organizationId });
  said = "";
  expect(await send()).toBe(0);
  expect(said).toMatch(/refused: vex\.json \/statements\/1: not_affected has neither/);
  expect(said).toMatch(/1 statement kept, 1 of a finding; 0 set, 1 proposed\./);
  expect(await send()).toBe(0);
  expect(said).toContain("It was there already.");
});

test("a security file kept in Git goes onto the server, and again only what is different", async () => {
  const { releaseId } = await newDevice(server, "With a file");
  const path = join(folder, "security-file.yaml");
  const send = (how: "replace" | "merge" = "replace") =>
    runUploadFile({ path, version: null, releaseId, how, server: url, key: server.scope.organizationId });
  writeFileSync(path, "cordon: security-file/1\nzones:\n  - { id: a, name: A }\n  - { id: b, name: B }\n");
  expect(await send()).toBe(0);
  expect(said).toContain("2 items are different; now at revision 1");
  expect(await send()).toBe(0);
  expect(said).toContain("Nothing is different; revision 1 stands");
  writeFileSync(path, "cordon: security-file/1\nzones:\n  - { id: c, name: C }\n");
  await send("merge");
  await send();
  const { file, revision } = (await server.ask("GET", `/releases/${releaseId}/security-file`)).body;
  expect([revision, file.zones.map(({ id }: { id: string }) => id)]).toEqual([3, ["c"]]);
});
