import type { Readable } from "node:stream";
import { Readable as NodeReadable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import * as z from "zod";
import { evidenceArrived } from "../../../flows/evidence-arrived.ts";
import { Fault } from "../../../lib/fault.ts";
import { type Blobs, getBlob } from "../../../platform/blobs/blobs.ts";
import { type Db, inScope } from "../../../platform/db.ts";
import type { DescribedRoute } from "../../../platform/http/openapi.ts";
import { fileNameIn, idIn, takeAnyType } from "../../../platform/http/take-file.ts";
import { getEvidence } from "../evidence.ts";
import { EVIDENCE_LIMITS } from "../limits.ts";
import { EvidenceClaim, type EvidenceOrigin, EvidenceReceipt } from "../stored/schema.ts";

/** The two plain routes of evidence, for the API's description. */
export const EVIDENCE_ROUTES: readonly DescribedRoute[] = [
  {
    method: "post",
    path: "/releases/{id}/evidence",
    summary:
      "Give a file that proves something, as it is (its kind known by content). In the query: control and test (each several times), from, until, kind, note, supersedes; 200 when the very same bytes are there already",
    action: "evidence:add",
    accepts: "application/octet-stream",
    answers: "application/json",
    answer: EvidenceReceipt,
    statuses: [201, 200],
    headers: { "x-file-name": "Name of the file, percent-encoded" },
  },
  {
    method: "get",
    path: "/evidence/{id}/file",
    summary: "The very bytes that were given",
    action: "evidence:read",
    answers: "application/octet-stream",
  },
];

const Several = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.string()).max(200),
);
const Query = z.object({
  control: Several,
  test: Several,
  from: z.string().optional(),
  until: z.string().optional(),
  kind: z.string().optional(),
  note: z.string().optional(),
  supersedes: z.string().optional(),
});

/** What the address says about the file. Fault `bad_input` names the word that is wrong. */
function claimIn(query: unknown): EvidenceClaim {
  const words = Query.safeParse(query);
  const claim = words.success
    ? EvidenceClaim.safeParse({
        proves: [
          ...words.data.control.map((id) => ({ kind: "control", id })),
          ...words.data.test.map((id) => ({ kind: "test", id })),
        ],
        from: words.data.from ?? null,
        until: words.data.until ?? null,
        kind: words.data.kind ?? null,
        note: words.data.note ?? "",
        supersedes: words.data.supersedes ?? null,
      })
    : words;
  if (claim.success) return claim.data as EvidenceClaim;
  const [issue] = claim.error.issues;
  throw new Fault("bad_input", `The address says something that cannot be: ${issue?.message ?? "unknown"}`, {
    at: issue?.path.join(".") ?? "query",
  });
}

const originOf = ({ principal, headers }: FastifyRequest): EvidenceOrigin =>
  headers["user-agent"]?.startsWith("cordon") === true
    ? "command-line"
    : principal?.kind === "key"
      ? "pipeline"
      : "person";

/** Files that come in at the same time; each takes one reader. */
const AT_ONCE = 3;

/** Adds the plain routes: a file goes in and out in pieces, never through memory as a whole. */
export async function addEvidenceRoutes(app: FastifyInstance, { db, blobs }: { db: Db; blobs: Blobs }): Promise<void> {
  const budget = { left: AT_ONCE };
  await app.register(async (scope) => {
    takeAnyType(scope);
    scope.post(
      "/api/releases/:id/evidence",
      { config: { can: "evidence:add" }, bodyLimit: EVIDENCE_LIMITS.maxBytes },
      async (request, reply) => {
        const releaseId = idIn(request.params);
        const claim = claimIn(request.query);
        const fileName = fileNameIn(request.headers["x-file-name"], "evidence");
        const declared = Number(request.headers["content-length"] ?? Number.NaN);
        if (budget.left === 0)
          throw new Fault("unavailable", "Other evidence is coming in", {
            at: "body",
            fix: "Send it again in a minute",
          });
        budget.left--;
        try {
          const pieces = bounded(request.raw, declared);
          const arrival = { releaseId, fileName, pieces, claim, origin: originOf(request) };
          const receipt = await evidenceArrived(db, blobs, request.scope, arrival, new Date());
          return await reply.status(receipt.unchanged ? 200 : 201).send(receipt);
        } finally {
          budget.left++;
        }
      },
    );
  });
  app.get("/api/evidence/:id/file", { config: { can: "evidence:read" } }, async (request, reply) => {
    const id = idIn(request.params);
    const { fileName, blob } = await inScope(db, request.scope, async (trx) => {
      const evidence = await getEvidence(trx, request.scope, id);
      return { fileName: evidence.fileName, blob: await getBlob(trx, request.scope, evidence.sha256) };
    });
    const name = fileName.replaceAll(/[^\w.+-]/g, "_") || "evidence";
    return reply
      .type("application/octet-stream")
      .header("content-disposition", `attachment; filename="${name}"`)
      .header("content-length", blob.sizeBytes)
      .header("content-security-policy", "sandbox; default-src 'none'")
      .header("cache-control", "private, no-store")
      .send(NodeReadable.from(blobs.read(blob), { objectMode: false }));
  });
}

async function* bounded(body: Readable, declared: number): AsyncGenerator<Buffer> {
  const { maxBytes } = EVIDENCE_LIMITS;
  const tooLarge = () =>
    new Fault("too_large", `The file is larger than ${maxBytes / 1024 / 1024} MiB`, { at: "body", fix: "Split it" });
  const brokeOff = (cause?: unknown) =>
    new Fault("bad_input", "The upload broke off", { at: "body", fix: "Send it again", cause });
  if (declared > maxBytes) throw tooLarge();
  let size = 0;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > maxBytes) throw tooLarge();
      yield piece;
    }
  } catch (error) {
    throw error instanceof Fault ? error : brokeOff(error);
  }
  if (declared >= 0 && size !== declared) throw brokeOff();
}
