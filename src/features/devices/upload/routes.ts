import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { type SbomArrival, sbomArrived } from "../../../flows/sbom-arrived.ts";
import { type Db, inScope } from "../../../platform/db.ts";
import type { DescribedRoute } from "../../../platform/http/openapi.ts";
import { fileNameIn, idIn, takeAnyType, takeBody } from "../../../platform/http/take-file.ts";
import { UploadReceipt } from "../parts/schema.ts";
import { getSbomFile } from "../parts/uploads/store.ts";
import { SBOM_LIMITS } from "../sbom/limits.ts";

const decompress = promisify(zstdDecompress);
const LIMITS = {
  what: "SBOM",
  maxBytes: SBOM_LIMITS.maxBytes,
  fix: "Split it into one SBOM per subsystem",
};

/** The two plain routes of SBOMs, for the API's description. */
export const SBOM_ROUTES: readonly DescribedRoute[] = [
  {
    method: "post",
    path: "/releases/{id}/sbom",
    summary:
      "Upload an SBOM as it is (CycloneDX or SPDX, known by content); 200 when the very same bytes are there already",
    action: "sbom:upload",
    accepts: "application/octet-stream",
    answers: "application/json",
    answer: UploadReceipt,
    statuses: [201, 200],
    headers: { "x-file-name": "Name of the file, percent-encoded" },
  },
  {
    method: "get",
    path: "/sboms/{id}/file",
    summary: "The very bytes that were uploaded",
    action: "sbom:read",
    answers: "application/octet-stream",
  },
];

export interface UploadOptions {
  db: Db;
  /** Bytes of SBOMs that may be in memory at the same time; more wait outside. */
  inFlightBytes?: number;
}

/** Adds the plain routes: a file goes in and out as it is, never through a JSON body. */
export async function addSbomRoutes(
  app: FastifyInstance,
  { db, inFlightBytes = SBOM_LIMITS.maxBytes * 2 }: UploadOptions,
) {
  const budget = { left: inFlightBytes };
  await app.register(async (scope) => {
    takeAnyType(scope);
    scope.post(
      "/api/releases/:id/sbom",
      { config: { can: "sbom:upload" }, bodyLimit: SBOM_LIMITS.maxBytes },
      async (request, reply) => {
        const releaseId = idIn(request.params);
        const bytes = await takeBody(
          request.raw,
          Number(request.headers["content-length"] ?? Number.NaN),
          budget,
          LIMITS,
        );
        try {
          const arrived: SbomArrival = {
            bytes: bytes.all,
            fileName: fileNameIn(request.headers["x-file-name"], "sbom"),
          };
          const receipt = await sbomArrived(db, request.scope, releaseId, arrived, new Date());
          return reply.status(receipt.unchanged ? 200 : 201).send(receipt);
        } finally {
          bytes.free();
        }
      },
    );
  });
  app.get("/api/sboms/:id/file", { config: { can: "sbom:read" } }, async (request, reply) => {
    const id = idIn(request.params);
    const { file, zstd } = await inScope(db, request.scope, (trx) => getSbomFile(trx, request.scope, id));
    const name = file.fileName.replaceAll(/[^\w.+-]/g, "_") || "sbom";
    return reply
      .type("application/octet-stream")
      .header("content-disposition", `attachment; filename="${name}"`)
      .header("cache-control", "private, no-store")
      .send(await decompress(zstd));
  });
}
