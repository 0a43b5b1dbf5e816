import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runImport } from "../../src/cli/controls/run-import.ts";
import { csvText, openCell, readCsv } from "../../src/lib/csv.ts";
import { readWorkbook } from "../../src/platform/documents/read-workbook.ts";
import { writeWorkbook } from "../../src/platform/documents/workbook.ts";
import { nistCatalog, nistProfile } from "../support/oscal-samples.ts";
import { wholeFile } from "../support/traced-file.ts";
import { newDevice, type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
beforeAll(async () => {
  server = await programServer();
}, 120_000);
afterAll(() => server.close());

async function post(path: string, bytes: string | Uint8Array, fileName: string) {
  const headers = {
    host: "localhost",
    "content-type": "application/octet-stream",
    "x-organization": server.scope.organizationId,
    "x-user": "ada",
    "x-file-name": encodeURIComponent(fileName),
  };
  const answer = await server.app.inject({ method: "POST", url: `/api${path}`, payload: Buffer.from(bytes), headers });
  return { status: answer.statusCode, body: answer.json() };
}
async function download(path: string) {
  const headers = { host: "localhost", "x-organization": server.scope.organizationId, "x-user": "ada" };
  const answer = await server.app.inject({ method: "GET", url: `/api${path}`, headers });
  return { status: answer.statusCode, bytes: answer.rawPayload, name: String(answer.headers["content-disposition"]) };
}
const entries = async (action: string) =>
  (await server.ask("GET", "/ledger/entries?limit=200")).body.items.filter(
    (one: { action: string }) => one.action === action,
  );
const NAME = "sample-of-a-catalogue-of-controls-5.1.1";
const bytesOf = (value: unknown) => JSON.stringify(value);

describe("catalogues of an organisation", () => {
  test("an OSCAL file is imported once, leaves as it came, and never changes", async () => {
    const before = (await server.ask("GET", "/catalogs")).body.items;
    expect(before.map((one: { name: string; id: null }) => [one.name, one.id])).toEqual([
      ["fda-premarket-2026-02-03", null],
      ["iec-62443-4-2-2019", null],
      ["mds2-2019", null],
    ]);
    const first = await post("/catalogs", bytesOf(nistCatalog()), "NIST_SP-800-53_rev5_catalog.json");
    expect(first).toMatchObject({
      status: 201,
      body: { unchanged: false, catalogue: { name: NAME, controls: 6, publisher: "Joint Task Force", losses: [] } },
    });
    expect((await post("/catalogs", bytesOf(nistCatalog()), "again.json")).status).toBe(200);
    expect((await entries("catalog.imported")).length).toBe(1);
    const { bytes } = await download(`/catalogs/${NAME}.json`);
    expect(JSON.parse(bytes.toString())).toEqual(nistCatalog());
    const other = nistCatalog();
    Object.assign(other.catalog.groups[0] ?? {}, { title: "Other" });
    const refused = await post("/catalogs", bytesOf(other), "x.json");
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining("other content")]);
  });

  test("a profile is resolved over what was imported before; one whose catalogue is not here is refused", async () => {
    const resolved = await post("/catalogs", bytesOf(nistProfile()), "LOW.json");
    expect(resolved).toMatchObject({ status: 201, body: { catalogue: { title: "Sample low baseline", controls: 3 } } });
    const lost = nistProfile({ imports: [{ href: "nowhere.json" }] });
    expect(await post("/catalogs", bytesOf(lost), "x.json")).toMatchObject({ status: 404 });
    const xml = await post("/catalogs", "<catalog/>", "x.xml");
    expect([xml.status, xml.body.fix]).toEqual([400, expect.stringContaining("oscal-cli")]);
  });

  test("a release chooses its catalogues; one that is chosen cannot be removed", async () => {
    const { releaseId } = await newDevice(server);
    const path = `/releases/${releaseId}/catalogs`;
    const start = (await server.ask("GET", path)).body;
    expect([start.names, start.revision, start.catalogues[0].controls.length]).toEqual([
      ["fda-premarket-2026-02-03"],
      0,
      53,
    ]);
    const names = ["fda-premarket-2026-02-03", NAME];
    const chosen = await server.ask("PUT", path, { names, revision: 0 });
    expect(chosen.body).toMatchObject({ names, revision: 1 });
    expect(chosen.body.catalogues[1].controls[2]).toMatchObject({ label: "AC-2(1)", parent: "ac-2" });
    expect((await server.ask("PUT", path, { names, revision: 0 })).status).toBe(409);
    expect((await server.ask("PUT", path, { names: ["none"], revision: 1 })).status).toBe(404);
    expect((await entries("catalog.chosen")).length).toBe(1);

    const listed = (await server.ask("GET", "/catalogs")).body.items;
    const id = listed.find((one: { name: string }) => one.name === NAME).id;
    expect(await server.ask("DELETE", `/catalogs/${id}`)).toMatchObject({ status: 409 });
    await server.ask("PUT", path, { names: [], revision: 1 });
    expect((await server.ask("DELETE", `/catalogs/${id}`)).status).toBe(200);
    expect((await entries("catalog.removed")).length).toBe(1);
    expect((await download(`/catalogs/${NAME}.json`)).status).toBe(404);
  });
});

describe("traceability of a release", () => {
  test("TR-1, D9: as a workbook, as guarded CSV, and as an OSCAL component definition", async () => {
    const { releaseId } = await newDevice(server);
    expect((await download(`/releases/${releaseId}/trace.xlsx`)).status).toBe(404);
    const file = wholeFile();
    Object.assign(file.requirements[0] ?? {}, { name: '=HYPERLINK("http://x","signed")' });
    expect(
      (await post(`/releases/${releaseId}/security-file?how=replace&revision=0`, bytesOf(file), "f.json")).status,
    ).toBe(201);

    const csv = await download(`/releases/${releaseId}/trace.csv?from=requirements`);
    const text = csv.bytes.toString();
    expect(text).toContain(`"'=HYPERLINK(`);
    const rows = [...readCsv(text, (at, why) => expect.fail(`${at} ${why}`))].map(({ row }) => row.map(openCell));
    expect(csvText(rows)).toBe(text);
    expect(rows[1]?.slice(0, 2)).toEqual(["RQ-1", '=HYPERLINK("http://x","signed")']);

    const book = await readWorkbook((await download(`/releases/${releaseId}/trace.xlsx`)).bytes, "t.xlsx");
    expect(book.map(({ name }) => name).slice(0, 3)).toEqual(["Coverage", "Gaps", "Requirements"]);
    const matrix = book.find(({ name }) => name === "Requirements");
    expect(matrix?.rows.map(({ cells }) => cells.map((cell) => cell.text))[1]?.slice(0, 2)).toEqual(
      rows[1]?.slice(0, 2),
    );
    expect(book.flatMap(({ rows: all }) => all.flatMap(({ cells }) => cells)).some(({ formula }) => formula)).toBe(
      false,
    );

    const oscal = JSON.parse((await download(`/releases/${releaseId}/controls.oscal.json`)).bytes.toString());
    const [component] = oscal["component-definition"].components;
    expect(component["control-implementations"][0]["implemented-requirements"].length).toBe(2);
    expect((await download(`/releases/${releaseId}/trace.csv?from=moon`)).status).toBe(400);
  });
});

describe("MDS2 of a release", () => {
  test("a filled workbook is taken in once; ids, answers and notes leave again, and no question is kept", async () => {
    const { releaseId } = await newDevice(server);
    expect((await server.ask("GET", `/releases/${releaseId}/mds2`)).body).toEqual({ form: null });
    const head = ["Question ID", "Question", "Answer", "See note"];
    const rows = [
      ["MPII-1", "Invented question?", "Yes", "Names"],
      ["AUDT-2.1", "Invented question?", "No", ""],
      ["OTHR-1", "Invented question?", "", ""],
    ];
    const filled = await writeWorkbook([{ name: "Form", head, rows }], new Date("2026-01-05T00:00:00Z"));
    const kept = await post(`/releases/${releaseId}/mds2`, filled, "pump.xlsx");
    expect(kept).toMatchObject({
      status: 201,
      body: {
        fileName: "pump.xlsx",
        unanswered: ["OTHR-1"],
        groups: [
          { group: "MPII", yes: 1, no: 0, other: 0 },
          { group: "AUDT", yes: 0, no: 1, other: 0 },
        ],
      },
    });
    await post(`/releases/${releaseId}/mds2`, filled, "pump.xlsx");
    expect((await entries("mds2.uploaded")).length).toBe(1);
    expect((await download(`/releases/${releaseId}/mds2.csv`)).bytes.toString()).toBe(
      `Question id,Answer,Note\r\nMPII-1,Yes,Names\r\nAUDT-2.1,No,""\r\n`,
    );
    const stored = await server.database.pool.query("select mds2_form::text as row from mds2_form");
    expect(JSON.stringify(stored.rows)).not.toContain("Invented");
    expect(await post(`/releases/${releaseId}/mds2`, "a,b", "x.csv")).toMatchObject({ status: 400 });
  });
});

test("cordon controls import: the same from a shell", async () => {
  const url = (await server.app.listen({ host: "127.0.0.1", port: 0 })).replace("127.0.0.1", "localhost");
  const folder = mkdtempSync(join(tmpdir(), "cordon-controls-"));
  const file = join(folder, "own.json");
  const own = nistCatalog();
  Object.assign(own.catalog.metadata, { title: "Own controls", version: "2", actions: [] });
  writeFileSync(file, bytesOf(own));
  let said = "";
  const hear = (text: unknown) => {
    said += String(text);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(hear);
  vi.spyOn(process.stderr, "write").mockImplementation(hear);
  try {
    const request = { file, server: url, key: server.scope.organizationId };
    expect(await runImport(request)).toBe(0);
    await runImport(request);
    await expect(runImport({ ...request, file: join(folder, "none.json") })).rejects.toThrow("no such file");
  } finally {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  }
  expect(said).toContain("left out: /catalog/metadata/actions");
  expect(said).toContain("own-controls-2: 6 controls imported.");
  expect(said).toContain("own-controls-2 was there already.");
});
