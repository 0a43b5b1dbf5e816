import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { runAdd } from "../../src/cli/evidence/run-add.ts";
import { NMAP, SARIF } from "../support/evidence-samples.ts";
import { newDevice, type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
let url = "";
const folder = mkdtempSync(join(tmpdir(), "cordon-evidence-"));
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  server = await programServer();
  url = (await server.app.listen({ host: "127.0.0.1", port: 0 })).replace("127.0.0.1", "localhost");
  for (const [name, text] of Object.entries({ "codeql.sarif": SARIF, "scan.xml": NMAP, "bad.sarif": "PK\u0003\u0004" }))
    writeFileSync(file(name), text);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

let said = "";
beforeEach(() => {
  said = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const add = (names: string[], over: Partial<Parameters<typeof runAdd>[0]>) =>
  runAdd({
    files: names.map(file),
    releaseId: null,
    controls: [],
    tests: [],
    from: null,
    until: null,
    expect: null,
    note: null,
    dryRun: false,
    failOnOpen: false,
    server: url,
    key: server.scope.organizationId,
    ...over,
  });
const evidence = async (releaseId: string) => (await server.ask("GET", `/releases/${releaseId}/evidence`)).body.items;

test("files of a pipeline become evidence of a release, and the gate closes while a finding has no disposition", async () => {
  const { releaseId } = await newDevice(server);
  const code = await add(["codeql.sarif", "scan.xml"], {
    releaseId,
    controls: ["C-1"],
    from: "2026-10-01",
    failOnOpen: true,
  });
  expect(code).toBe(1);
  expect(said).toContain(
    "codeql.sarif: Code analysis (SARIF); proves C-1 from 2026-10-01; the security file has no C-1; 2 findings, 2 new",
  );
  expect((await evidence(releaseId)).map(({ origin }: { origin: string }) => origin)).toEqual([
    "command-line",
    "command-line",
  ]);
  expect(await add(["scan.xml"], { releaseId })).toBe(0);
  expect(said).toContain("was there already");
});

test("a dry run says what is recognised and sends nothing; one bad file stops all", async () => {
  const { releaseId } = await newDevice(server);
  expect(await add(["codeql.sarif"], { releaseId, dryRun: true, server: null, key: null })).toBe(0);
  expect(said).toContain("CodeQL 2.19.3");
  await expect(add(["codeql.sarif", "bad.sarif"], { releaseId })).rejects.toThrow(/ZIP archive/);
  expect(await evidence(releaseId)).toEqual([]);
});
