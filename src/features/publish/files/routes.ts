import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { releaseVex } from "../../../flows/release-vex.ts";
import { exportLetter } from "../../../flows/write-letter.ts";
import { Fault } from "../../../lib/fault.ts";
import { type Db, inScope } from "../../../platform/db.ts";
import type { DescribedRoute } from "../../../platform/http/openapi.ts";
import { LetterText, VexOutFormat } from "../schema.ts";

const LETTER_TYPE = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
} as const;

/** Files that leave the house by an account's hand, for the API's description. */
export const PUBLISH_FILE_ROUTES: readonly DescribedRoute[] = [
  {
    method: "get",
    path: "/releases/{id}/vex.json",
    summary: "VEX of a release: format=cyclonedx (the default), openvex or csaf",
    action: "vex:read",
    answers: "application/json",
  },
  {
    method: "post",
    path: "/advisories/{id}/letter/{format}",
    summary: "The letter to customers as a file: pdf or docx",
    action: "advisory:write",
    accepts: "application/json",
    answers: "application/octet-stream",
  },
];

const Order = z.object({ text: LetterText, site: z.string().max(200).nullish() });

export function addPublishFileRoutes(app: FastifyInstance, { db }: { db: Db }): void {
  app.get("/api/releases/:id/vex.json", { config: { can: "vex:read" } }, async (request, reply) => {
    const { id } = read(z.object({ id: z.uuid() }), request.params, "id");
    const { format } = read(z.object({ format: VexOutFormat.default("cyclonedx") }), request.query, "format");
    const { text, fileName } = await inScope(db, request.scope, (trx) =>
      releaseVex(trx, request.scope, id, format, new Date()),
    );
    return reply.headers(asFile(fileName)).type("application/json; charset=utf-8").send(text);
  });
  app.post("/api/advisories/:id/letter/:format", { config: { can: "advisory:write" } }, async (request, reply) => {
    const shape = z.object({ id: z.uuid(), format: z.enum(["pdf", "docx"]) });
    const { id, format } = read(shape, request.params, "id");
    const { text, site } = read(Order, request.body, "body");
    const order = { id, format, text, site: site ?? undefined };
    const { bytes, fileName } = await exportLetter(db, request.scope, order, new Date());
    return reply.headers(asFile(fileName)).type(LETTER_TYPE[format]).send(Buffer.from(bytes));
  });
}

const asFile = (name: string) => ({
  "content-disposition": `attachment; filename="${name.replaceAll(/[^\w.+-]/g, "_")}"`,
  "cache-control": "private, no-store",
});

function read<T>(shape: z.ZodType<T>, value: unknown, name: string): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Fault("bad_input", issue?.message ?? "The request cannot be read", {
    at: issue === undefined || issue.path.length === 0 ? name : issue.path.map(String).join("."),
  });
}
