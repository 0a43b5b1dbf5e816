import type { FastifyInstance } from "fastify";
import * as z from "zod";
import type { ReceiptTools } from "../../../flows/mail-receipts.ts";
import { reportHandedOn } from "../../../flows/report-received.ts";
import { Fault } from "../../../lib/fault.ts";
import { type Db, inScope } from "../../../platform/db.ts";
import { formReader } from "../../../platform/http/form-body.ts";
import type { DescribedRoute } from "../../../platform/http/openapi.ts";
import { openAttachment } from "../disclosure.ts";
import { readForm, textIn } from "../read-form.ts";
import { CaseVia, REPORT_LIMITS, type ReportReceipt } from "../schema.ts";

/** The two plain routes of reports, for the API's description. */
export const REPORT_ROUTES: readonly DescribedRoute[] = [
  {
    method: "post",
    path: "/disclosure/reports",
    summary: "Hand on a report that came another way (mail, telephone), with its files; the fields of the public form",
    action: "report:open",
    accepts: "multipart/form-data",
    answers: "application/json",
  },
  {
    method: "get",
    path: "/disclosure/attachments/{id}",
    summary: "The very bytes a reporter sent. Handle them with care: nobody looked into them",
    action: "report:read",
    answers: "application/octet-stream",
  },
];

const Via = CaseVia.exclude(["form"]);

/** Adds the plain routes: files go in and out as they are. */
export async function addReportRoutes(
  app: FastifyInstance,
  { db, ...tools }: ReceiptTools & { db: Db },
): Promise<void> {
  const takeForm = formReader({ mostBytes: REPORT_LIMITS.bodyBytes, atOnce: 3 });
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    scope.post(
      "/api/disclosure/reports",
      { config: { can: "report:open" }, bodyLimit: REPORT_LIMITS.bodyBytes },
      async (request, reply) => {
        const form = await takeForm(request);
        const read = await readForm(form);
        if (!read.ok) {
          const [first] = read.wrong;
          throw new Fault("bad_input", first?.reason ?? "The report cannot be read", { at: `/${first?.field ?? ""}` });
        }
        const via = Via.safeParse(textIn(form, "via")).data ?? "person";
        const sourceId = textIn(form, "sourceId").slice(0, 500) || null;
        const answerable = textIn(form, "answerable") === "yes";
        const { report, files } = read;
        const { token, ...opened } = await inScope(db, request.scope, (trx) =>
          reportHandedOn(trx, request.scope, { report, files, via, sourceId, answerable }, tools, new Date()),
        );
        const receipt: ReportReceipt = { ...opened, link: null };
        return reply.status(opened.unchanged ? 200 : 201).send(receipt);
      },
    );
  });
  app.get("/api/disclosure/attachments/:id", { config: { can: "report:read" } }, async (request, reply) => {
    const parsed = z.object({ id: z.uuid() }).safeParse(request.params);
    if (!parsed.success) throw new Fault("bad_input", "The id in the address is none", { at: "id" });
    const { fileName, bytes } = await inScope(db, request.scope, (trx) =>
      openAttachment(trx, request.scope, parsed.data.id, tools.seal),
    );
    const name = fileName.replaceAll(/[^\w.+-]/g, "_") || "attachment";
    return reply
      .type("application/octet-stream")
      .header("content-disposition", `attachment; filename="${name}"`)
      .header("content-security-policy", "sandbox; default-src 'none'")
      .header("cache-control", "private, no-store")
      .send(bytes);
  });
}
