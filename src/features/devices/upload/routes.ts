import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { type SbomArrival, sbomArrived } from "../../../flows/sbom-arrived.ts";
import { Fault } from "../../../lib/fault.ts";
import { type Db, inScope } from "../../../platform/db.ts";
import type { DescribedRoute } from "../../../platform/http/openapi.ts";
import { UploadReceipt } from "../parts/schema.ts";
import { getSbomFile } from "../parts/uploads/store.ts";
import { SBOM_LIMITS } from "../sbom/limits.ts";

const decompress = promisify(zstdDecompress);
const Id = z.uuid();

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
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    scope.post(
      "/api/releases/:id/sbom",
      { config: { can: "sbom:upload" }, bodyLimit: SBOM_LIMITS.maxBytes },
      async (request, reply) => {
        const releaseId = idIn(request.params);
        const bytes = await takeBody(request.raw, Number(request.headers["content-length"] ?? Number.NaN), budget);
        try {
          const arrived: SbomArrival = { bytes: bytes.all, fileName: fileNameIn(request.headers["x-file-name"]) };
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

function idIn(params: unknown): string {
  const parsed = z.object({ id: Id }).safeParse(params);
  if (!parsed.success) throw new Fault("bad_input", "The id in the address is none", { at: "id" });
  return parsed.data.id;
}

function fileNameIn(header: string | string[] | undefined): string {
  const text = Array.isArray(header) ? (header[0] ?? "") : (header ?? "");
  try {
    return decodeURIComponent(text).split(/[\\/]/).at(-1)?.slice(0, 200) || "sbom";
  } catch {
    return "sbom";
  }
}

/** Reads a body into memory up to the SBOM limit, and all of them together up to the budget. Fault `too_large`, `unavailable`. */
async function takeBody(body: Readable, declared: number, budget: { left: number }) {
  const tooLarge = () =>
    new Fault("too_large", `The SBOM is larger than ${SBOM_LIMITS.maxBytes / 1024 / 1024} MiB`, {
      at: "body",
      fix: "Split it into one SBOM per subsystem",
    });
  if (declared > SBOM_LIMITS.maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  const free = () => {
    budget.left += size;
    size = 0;
  };
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (size + chunk.length > SBOM_LIMITS.maxBytes) throw tooLarge();
      if (chunk.length > budget.left)
        throw new Fault("unavailable", "Too many large SBOMs come in at once", {
          at: "body",
          fix: "Send it again in a minute",
        });
      budget.left -= chunk.length;
      size += chunk.length;
      chunks.push(chunk);
    }
  } catch (error) {
    free();
    if (error instanceof Fault) throw error;
    throw new Fault("bad_input", "The upload broke off", { at: "body", fix: "Send it again", cause: error });
  }
  if (declared >= 0 && size !== declared) {
    free();
    throw new Fault("bad_input", "The upload broke off", { at: "body", fix: "Send it again" });
  }
  return { all: Buffer.concat(chunks, size), free };
}
