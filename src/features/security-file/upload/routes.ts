import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { securityFileArrived } from "../../../flows/change-security-file.ts";
import { readFileApart } from "../../../flows/read-file-apart.ts";
import { readSecurityFileOf } from "../../../flows/read-security-file.ts";
import { Fault } from "../../../lib/fault.ts";
import { type Db, inScope } from "../../../platform/db.ts";
import type { DescribedRoute } from "../../../platform/http/openapi.ts";
import { fileNameIn, idIn, takeAnyType, takeBody } from "../../../platform/http/take-file.ts";
import { Changed } from "../change/schema.ts";
import { writeSecurityFile } from "../write/write-security-file.ts";

const MB = 1024 * 1024;
const LIMITS = { what: "security file", maxBytes: 32 * MB, fix: "Split the device into parts with a file each" };

/** The two plain routes of security files, for the API's description. */
export const SECURITY_FILE_ROUTES: readonly DescribedRoute[] = [
  {
    method: "post",
    path: "/releases/{id}/security-file",
    summary:
      "Upload a whole security file (YAML or JSON). Query: how=replace or merge; revision=the one you saw (0: none yet)",
    action: "security-file:write",
    accepts: "application/octet-stream",
    answers: "application/json",
    answer: Changed,
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
          const file = await readFileApart(bytes.all, name);
          const { how, revision: seen } = query.data;
          const arrived = { file, how, seen, note: `From ${name}` };
          const changed = await inScope(db, request.scope, (trx) =>
            securityFileArrived(trx, request.scope, releaseId, arrived, new Date()),
          );
          return reply.status(seen === 0 ? 201 : 200).send(changed);
        } finally {
          bytes.free();
        }
      },
    );
  });
  app.get("/api/releases/:id/security-file.yaml", { config: { can: "security-file:read" } }, async (request, reply) => {
    const id = idIn(request.params);
    const { file, revision } = await inScope(db, request.scope, (trx) => readSecurityFileOf(trx, request.scope, id));
    if (revision === 0) throw new Fault("not_found", "The release has no security file", { at: "id" });
    return reply
      .type("application/octet-stream")
      .header("content-disposition", 'attachment; filename="security-file.yaml"')
      .header("cache-control", "private, no-store")
      .send(writeSecurityFile(file));
  });
}
