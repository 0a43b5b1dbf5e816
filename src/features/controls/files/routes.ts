import type { FastifyInstance, FastifyReply } from "fastify";
import * as z from "zod";
import { catalogueArrived, mds2Arrived } from "../../../flows/keep-controls.ts";
import { mds2Table, releaseComponents, traceTable, traceTables } from "../../../flows/trace-release.ts";
import { csvText } from "../../../lib/csv.ts";
import { Fault } from "../../../lib/fault.ts";
import { type Db, inScope } from "../../../platform/db.ts";
import { writeWorkbook } from "../../../platform/documents/workbook.ts";
import type { DescribedRoute } from "../../../platform/http/openapi.ts";
import { fileNameIn, idIn, takeAnyType, takeBody } from "../../../platform/http/take-file.ts";
import { TraceFrom } from "../../security-file/trace/schema.ts";
import { catalogueCsv } from "../catalogue/to-csv.ts";
import { wholeCatalogue } from "../controls.ts";
import { KeptForm } from "../mds2/schema.ts";
import { toOscal } from "../oscal/to-oscal.ts";
import { CatalogueReceipt } from "../schema.ts";

const MB = 1024 * 1024;
const CATALOGUE = {
  what: "catalogue",
  maxBytes: 50 * MB,
  fix: "Give the profile of the controls you answer to instead",
};
const FORM = { what: "workbook", maxBytes: 20 * MB, fix: "Keep the sheets of the form only" };
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV = "text/csv; charset=utf-8";
const BYTES = "application/octet-stream";
const named = { "x-file-name": "Name of the file, percent-encoded" };

/** The plain routes of controls, for the API's description. */
export const CONTROL_ROUTES: readonly DescribedRoute[] = [
  {
    method: "post",
    path: "/catalogs",
    summary:
      "Import an OSCAL catalogue or profile (JSON, YAML); a profile is resolved over the catalogues that are here",
    action: "catalog:manage",
    accepts: BYTES,
    answers: "application/json",
    answer: CatalogueReceipt,
    statuses: [201, 200],
    headers: named,
  },
  {
    method: "get",
    path: "/catalogs/{file}",
    summary: "A catalogue by name and edition, as OSCAL (.json) or .csv",
    action: "security-file:read",
    answers: BYTES,
  },
  {
    method: "get",
    path: "/releases/{id}/trace.xlsx",
    summary: "Coverage, gaps and the matrix of a release, as a workbook",
    action: "security-file:read",
    answers: BYTES,
  },
  {
    method: "get",
    path: "/releases/{id}/trace.csv",
    summary:
      "The matrix of a release, guarded against formulas. Query: from=requirements, controls, threats, risks, elements, tests, labels",
    action: "security-file:read",
    answers: BYTES,
  },
  {
    method: "get",
    path: "/releases/{id}/controls.oscal.json",
    summary: "What a release does about controls, as an OSCAL component definition",
    action: "security-file:read",
    answers: BYTES,
  },
  {
    method: "post",
    path: "/releases/{id}/mds2",
    summary: "Upload a filled MDS2 workbook of 2019: ids, answers and notes are kept, never a question",
    action: "security-file:write",
    accepts: BYTES,
    answers: "application/json",
    answer: KeptForm,
    statuses: [201],
    headers: named,
  },
  {
    method: "get",
    path: "/releases/{id}/mds2.xlsx",
    summary: "The MDS2 answers of a release, as a workbook",
    action: "security-file:read",
    answers: BYTES,
  },
  {
    method: "get",
    path: "/releases/{id}/mds2.csv",
    summary: "The MDS2 answers of a release, as comma-separated text",
    action: "security-file:read",
    answers: BYTES,
  },
];

const send = (reply: FastifyReply, type: string, fileName: string, body: string | Buffer) =>
  reply
    .header("content-type", type)
    .header("content-disposition", `attachment; filename="${fileName.replace(/[^A-Za-z0-9._-]/g, "-")}"`)
    .send(body);

/** Adds the plain routes: catalogues and forms come in, tables and documents go out. */
export async function addControlRoutes(app: FastifyInstance, { db }: { db: Db }): Promise<void> {
  const budget = { left: 2 * CATALOGUE.maxBytes };
  await app.register(async (scope) => {
    takeAnyType(scope);
    scope.post(
      "/api/catalogs",
      { config: { can: "catalog:manage" }, bodyLimit: CATALOGUE.maxBytes },
      async (request, reply) => {
        const body = await takeBody(
          request.raw,
          Number(request.headers["content-length"] ?? Number.NaN),
          budget,
          CATALOGUE,
        );
        try {
          const fileName = fileNameIn(request.headers["x-file-name"], "catalog.json");
          const receipt = await catalogueArrived(db, request.scope, { bytes: body.all, fileName }, new Date());
          return reply.status(receipt.unchanged ? 200 : 201).send(receipt);
        } finally {
          body.free();
        }
      },
    );
    scope.post(
      "/api/releases/:id/mds2",
      { config: { can: "security-file:write" }, bodyLimit: FORM.maxBytes },
      async (request, reply) => {
        const releaseId = idIn(request.params);
        const body = await takeBody(request.raw, Number(request.headers["content-length"] ?? Number.NaN), budget, FORM);
        try {
          const fileName = fileNameIn(request.headers["x-file-name"], "mds2.xlsx");
          const kept = await mds2Arrived(db, request.scope, { releaseId, bytes: body.all, fileName }, new Date());
          return reply.status(201).send(kept);
        } finally {
          body.free();
        }
      },
    );
  });
  const reads = { config: { can: "security-file:read" } } as const;

  app.get("/api/catalogs/:file", reads, async (request, reply) => {
    const { file } = z.object({ file: z.string().max(500) }).parse(request.params);
    const [, name = "", format = ""] = /^(.+)\.(json|csv)$/.exec(file) ?? [];
    if (name === "") throw new Fault("not_found", "A catalogue ends in .json or .csv", { at: "file" });
    const catalogue = await inScope(db, request.scope, (trx) => wholeCatalogue(trx, request.scope, name));
    return format === "csv"
      ? send(reply, CSV, file, catalogueCsv(catalogue))
      : send(reply, "application/json", file, `${JSON.stringify(toOscal(catalogue), null, 2)}\n`);
  });

  app.get("/api/releases/:id/trace.xlsx", reads, async (request, reply) => {
    const id = idIn(request.params);
    const { sheets, stem } = await inScope(db, request.scope, (trx) => traceTables(trx, request.scope, id));
    return send(reply, XLSX, `${stem}-trace.xlsx`, await writeWorkbook(sheets, new Date()));
  });

  app.get("/api/releases/:id/trace.csv", reads, async (request, reply) => {
    const id = idIn(request.params);
    const from = TraceFrom.default("requirements").safeParse((request.query as { from?: unknown }).from);
    if (!from.success)
      throw new Fault("bad_input", "The matrix has no such column", { at: "from", fix: TraceFrom.options.join(", ") });
    const { sheet, stem } = await inScope(db, request.scope, (trx) => traceTable(trx, request.scope, id, from.data));
    return send(reply, CSV, `${stem}-trace-${from.data}.csv`, csvText([sheet.head, ...sheet.rows]));
  });

  app.get("/api/releases/:id/controls.oscal.json", reads, async (request, reply) => {
    const id = idIn(request.params);
    const { document, stem } = await inScope(db, request.scope, (trx) => releaseComponents(trx, request.scope, id));
    return send(reply, "application/json", `${stem}-controls.oscal.json`, `${JSON.stringify(document, null, 2)}\n`);
  });

  for (const format of ["xlsx", "csv"] as const)
    app.get(`/api/releases/:id/mds2.${format}`, reads, async (request, reply) => {
      const id = idIn(request.params);
      const { sheet, stem } = await inScope(db, request.scope, (trx) => mds2Table(trx, request.scope, id));
      return format === "csv"
        ? send(reply, CSV, `${stem}-mds2.csv`, csvText([sheet.head, ...sheet.rows]))
        : send(reply, XLSX, `${stem}-mds2.xlsx`, await writeWorkbook([sheet], new Date()));
    });
}
