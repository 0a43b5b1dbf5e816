import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { vexArrived } from "../../../../flows/vex-arrived.ts";
import { Fault } from "../../../../lib/fault.ts";
import { type Db, inScope } from "../../../../platform/db.ts";
import type { DescribedRoute } from "../../../../platform/http/openapi.ts";
import { fileNameIn, idIn, takeAnyType, takeBody, textIn } from "../../../../platform/http/take-file.ts";
import { documentFile } from "../list/store.ts";
import { VexReceipt } from "../schema.ts";

const decompress = promisify(zstdDecompress);
const MB = 1024 * 1024;
const LIMITS = { what: "VEX document", maxBytes: 32 * MB, fix: "Split it" };

/** The two plain routes of VEX documents, for the API's description. */
export const VEX_ROUTES: readonly DescribedRoute[] = [
  {
    method: "post",
    path: "/releases/{id}/vex",
    summary:
      "Upload a VEX document as it is (CycloneDX, OpenVEX, CSAF, Buildroot's ignored CVEs, known by content); 200 when the very same bytes are there already",
    action: "vex:upload",
    accepts: "application/octet-stream",
    answers: "application/json",
    answer: VexReceipt,
    statuses: [201, 200],
    headers: {
      "x-file-name": "Name of the file, percent-encoded",
      "x-vex-author": "Whose statements they are where the document names nobody, percent-encoded",
    },
  },
  {
    method: "get",
    path: "/vex/{id}/file",
    summary: "The very bytes that were uploaded",
    action: "finding:read",
    answers: "application/octet-stream",
  },
];

/** Adds the plain routes: a file goes in and out as it is, never through a JSON body. */
export async function addVexRoutes(app: FastifyInstance, { db }: { db: Db }) {
  const budget = { left: LIMITS.maxBytes * 2 };
  await app.register(async (scope) => {
    takeAnyType(scope);
    scope.post(
      "/api/releases/:id/vex",
      { config: { can: "vex:upload" }, bodyLimit: LIMITS.maxBytes },
      async (request, reply) => {
        const releaseId = idIn(request.params);
        const declared = Number(request.headers["content-length"] ?? Number.NaN);
        const bytes = await takeBody(request.raw, declared, budget, LIMITS);
        try {
          const fileName = fileNameIn(request.headers["x-file-name"], "vex");
          const author = textIn(request.headers["x-vex-author"]).slice(0, 300) || null;
          const arrived = { bytes: bytes.all, fileName, author };
          const receipt = await vexArrived(db, request.scope, releaseId, arrived, new Date());
          return reply.status(receipt.unchanged ? 200 : 201).send(receipt);
        } finally {
          bytes.free();
        }
      },
    );
  });
  app.get("/api/vex/:id/file", { config: { can: "finding:read" } }, async (request, reply) => {
    const id = idIn(request.params);
    const file = await inScope(db, request.scope, (trx) => documentFile(trx, request.scope, id));
    if (file === undefined) throw new Fault("not_found", `There is no VEX document ${id}`, { at: "id" });
    const name = file.fileName.replaceAll(/[^\w.+-]/g, "_") || "vex";
    return reply
      .type("application/octet-stream")
      .header("content-disposition", `attachment; filename="${name}"`)
      .header("cache-control", "private, no-store")
      .send(await decompress(file.zstd));
  });
}
