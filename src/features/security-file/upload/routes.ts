import type { FastifyInstance, FastifyRequest } from "fastify";
import * as z from "zod";
import { securityFileArrived } from "../../../flows/change-security-file.ts";
import { readFileApart } from "../../../flows/read-file-apart.ts";
import { readSecurityFileOf } from "../../../flows/read-security-file.ts";
import { Fault } from "../../../lib/fault.ts";
import { type Db, inScope } from "../../../platform/db.ts";
import type { DescribedRoute } from "../../../platform/http/openapi.ts";
import { fileNameIn, idIn, takeAnyType, takeBody } from "../../../platform/http/take-file.ts";
import { FileReceipt } from "../change/schema.ts";
import { exportFile } from "../formats/export-file.ts";
import { FormatName, LossReport } from "../formats/schema.ts";
import type { SecurityFile } from "../schema.ts";
import { writeSecurityFile } from "../write/write-security-file.ts";

const MB = 1024 * 1024;
const LIMITS = { what: "security file", maxBytes: 32 * MB, fix: "Split the device into parts with a file each" };

/** The two plain routes of security files, for the API's description. */
export const SECURITY_FILE_ROUTES: readonly DescribedRoute[] = [
  {
    method: "post",
    path: "/releases/{id}/security-file",
    summary:
      "Upload a whole security file (YAML or JSON), or a model of Threat Dragon, OTM, TM-BOM, Threagile or pytm, known by content. Query: how=replace or merge; revision=the one you saw (0: none yet)",
    action: "security-file:write",
    accepts: "application/octet-stream",
    answers: "application/json",
    answer: FileReceipt,
    statuses: [201, 200],
    headers: { "x-file-name": "Name of the file, percent-encoded" },
  },
  {
    method: "get",
    path: "/releases/{id}/security-file.yaml",
    summary: "The security file as one YAML document, as it lives in Git",
    action: "security-file:read",
    answers: "application/octet-stream",
  },
  {
    method: "get",
    path: "/releases/{id}/security-file/models/{format}",
    summary:
      "The security file in the format of another tool: threat-dragon, otm, tm-bom, cyclonedx-tm, threagile, pytm",
    action: "security-file:read",
    answers: "application/octet-stream",
  },
  {
    method: "get",
    path: "/releases/{id}/security-file/models/{format}/losses",
    summary: "What of the security file has no place in that format",
    action: "security-file:read",
    answers: "application/json",
    answer: LossReport,
  },
];

const Query = z.object({
  how: z.enum(["replace", "merge"]).default("replace"),
  revision: z.coerce.number().int().min(0).default(0),
});

/** Adds the plain routes: a whole file goes in and out as it is. */
export async function addSecurityFileRoutes(app: FastifyInstance, { db }: { db: Db }) {
  const budget = { left: LIMITS.maxBytes * 2 };
  await app.register(async (scope) => {
    takeAnyType(scope);
    scope.post(
      "/api/releases/:id/security-file",
      { config: { can: "security-file:write" }, bodyLimit: LIMITS.maxBytes },
      async (request, reply) => {
        const releaseId = idIn(request.params);
        const query = Query.safeParse(request.query);
        if (!query.success)
          throw new Fault("bad_input", "The address asks for something else", {
            at: "query",
            fix: "how is replace or merge, revision a number",
          });
        const declared = Number(request.headers["content-length"] ?? Number.NaN);
        const bytes = await takeBody(request.raw, declared, budget, LIMITS);
        try {
          const name = fileNameIn(request.headers["x-file-name"], "security-file.yaml");
          const { file, report } = await readFileApart(bytes.all, name);
          const { how, revision: seen } = query.data;
          const arrived = { file, how, seen, note: `From ${name}` };
          const changed = await inScope(db, request.scope, (trx) =>
            securityFileArrived(trx, request.scope, releaseId, arrived, new Date()),
          );
          return reply.status(seen === 0 ? 201 : 200).send({ ...changed, report } satisfies FileReceipt);
        } finally {
          bytes.free();
        }
      },
    );
  });
  app.get("/api/releases/:id/security-file.yaml", { config: { can: "security-file:read" } }, async (request, reply) =>
    reply
      .type("application/octet-stream")
      .header("content-disposition", 'attachment; filename="security-file.yaml"')
      .header("cache-control", "private, no-store")
      .send(writeSecurityFile(await fileOf(db, request))),
  );
  const read = { config: { can: "security-file:read" as const } };
  const modelOf = async (request: FastifyRequest) => {
    const format = FormatName.safeParse((request.params as { format?: string }).format);
    if (!format.success)
      throw new Fault("not_found", "There is no such format", {
        at: "format",
        fix: `It is one of ${FormatName.options.join(", ")}`,
      });
    return exportFile(await fileOf(db, request), format.data);
  };
  app.get("/api/releases/:id/security-file/models/:format", read, async (request, reply) => {
    const { text, extension } = await modelOf(request);
    return reply
      .type("application/octet-stream")
      .header("content-disposition", `attachment; filename="security-file${extension}"`)
      .header("cache-control", "private, no-store")
      .send(text);
  });
  app.get("/api/releases/:id/security-file/models/:format/losses", read, async (request, reply) =>
    reply.header("cache-control", "private, no-store").send((await modelOf(request)).report),
  );
}

async function fileOf(db: Db, request: FastifyRequest): Promise<SecurityFile> {
  const id = idIn(request.params);
  const { file, revision } = await inScope(db, request.scope, (trx) => readSecurityFileOf(trx, request.scope, id));
  if (revision === 0) throw new Fault("not_found", "The release has no security file", { at: "id" });
  return file;
}
