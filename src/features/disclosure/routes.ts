import { implement } from "@orpc/server";
import * as z from "zod";
import { findAssignee } from "../../flows/find-people.ts";
import { moveCase, sayInCase } from "../../flows/report-received.ts";
import { cutPage, readCursor } from "../../lib/cursor.ts";
import { Fault } from "../../lib/fault.ts";
import { inScope, type Scope, type Trx } from "../../platform/db.ts";
import type { ApiContext } from "../../platform/http/context.ts";
import { attachmentsOf, countCases, findCase, messagesOf, pageOfCases } from "./cases/store.ts";
import { disclosureContract } from "./contract.ts";
import { keepIntake, renewLink } from "./disclosure.ts";
import { proposedIntake } from "./intake/proposed.ts";
import { findIntake, organizationName } from "./intake/store.ts";
import { findReceipt } from "./receipts/store.ts";
import type { CaseDetail, Intake } from "./schema.ts";
import { showCase, showDetail } from "./show.ts";

const os = implement(disclosureContract).$context<ApiContext>();
const Place = z.tuple([z.iso.datetime(), z.uuid()]);
const BOUND = 10_000;

async function detail(trx: Trx, scope: Scope, id: string): Promise<CaseDetail> {
  const found = await findCase(trx, scope, id);
  if (found === undefined) throw new Fault("not_found", "There is no such report", { at: "id" });
  return showDetail(
    found,
    await messagesOf(trx, scope, id),
    await attachmentsOf(trx, scope, id),
    await findReceipt(trx, scope, id),
  );
}

async function intakeOf(trx: Trx, scope: Scope, baseUrl: string): Promise<Intake> {
  const found = await findIntake(trx, scope);
  const { enabled, slug, name, contactEmail, policy, languages, pgpKey, mailReceipts } =
    found ?? proposedIntake(await organizationName(trx, scope));
  return {
    ...{ enabled, slug, name, contactEmail, policy, languages, pgpKey, mailReceipts },
    revision: found?.revision ?? 0,
    addresses: { form: `${baseUrl}/report/${slug}`, securityTxt: `${baseUrl}/.well-known/security.txt` },
  };
}

export const disclosureRoutes = (baseUrl: string) => ({
  list: os.list.handler(({ input: { cursor, limit, show }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const rows = await pageOfCases(trx, scope, show, { after: readCursor(cursor, Place), limit });
      const count = await countCases(trx, scope, show, BOUND + 1);
      const total = { count: Math.min(count, BOUND), exact: count <= BOUND };
      const page = cutPage(rows, limit, total, (row) => [row.receivedAt.toISOString(), row.id]);
      return { ...page, items: page.items.map(showCase) };
    }),
  ),

  get: os.get.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, (trx) => detail(trx, scope, id)),
  ),

  change: os.change.handler(({ input: { id, revision, words, ownerId, ...change }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const owner =
        ownerId === undefined ? {} : { owner: ownerId === null ? null : await findAssignee(trx, scope, ownerId) };
      await moveCase(trx, scope, { id, revision, words }, { ...change, ...owner }, new Date());
      return detail(trx, scope, id);
    }),
  ),

  say: os.say.handler(({ input: { id, text, internal }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await sayInCase(trx, scope, id, text, internal, new Date());
      return detail(trx, scope, id);
    }),
  ),

  newLink: os.newLink.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const token = await renewLink(trx, scope, id, new Date());
      const intake = await intakeOf(trx, scope, baseUrl);
      return { link: `${intake.addresses.form}/case/${token}` };
    }),
  ),

  intake: os.intake.handler(({ context: { db, scope } }) => inScope(db, scope, (trx) => intakeOf(trx, scope, baseUrl))),

  changeIntake: os.changeIntake.handler(({ input: { revision, ...settings }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await keepIntake(trx, scope, revision, settings);
      return intakeOf(trx, scope, baseUrl);
    }),
  ),
});
