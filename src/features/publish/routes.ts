import { implement } from "@orpc/server";
import * as z from "zod";
import { changePublisher } from "../../flows/change-publisher.ts";
import { warmCsafChecks } from "../../flows/check-csaf-apart.ts";
import {
  type PublishTools,
  previewAdvisory,
  publishAdvisory,
  startDraft,
  withdrawAdvisory,
} from "../../flows/publish-advisory.ts";
import { draftLetterOf } from "../../flows/write-letter.ts";
import { cutPage, readCursor } from "../../lib/cursor.ts";
import { Fault } from "../../lib/fault.ts";
import { acrossOrganizations, type Db, inScope, type Scope, type Trx } from "../../platform/db.ts";
import type { ApiContext } from "../../platform/http/context.ts";
import { publishContract } from "./contract.ts";
import { dropDraft, getAdvisory, keepContent } from "./publish.ts";
import { proposePublisher, showAdvisory, showPublisher, showRow } from "./show.ts";
import {
  countAdvisories,
  findPublisher,
  findRevision,
  organizationName,
  pageOfAdvisories,
  providersOn,
  revisionsOf,
} from "./store.ts";

const os = implement(publishContract).$context<ApiContext>();
const Place = z.tuple([z.string(), z.uuid()]);

export const publishRoutes = (tools: PublishTools) => {
  const show = async (trx: Trx, scope: Scope, id: string) =>
    showAdvisory(
      await getAdvisory(trx, scope, id),
      await revisionsOf(trx, scope, id),
      await findPublisher(trx, scope),
      tools.publicUrl,
    );
  const showSettings = async (db: Db, scope: Scope) => {
    const [first] = await acrossOrganizations(db, providersOn);
    return inScope(db, scope, async (trx) => {
      const known = await findPublisher(trx, scope);
      return showPublisher(known ?? proposePublisher(await organizationName(trx, scope)), {
        revision: known?.revision ?? 0,
        fingerprint: known?.keyFingerprint ?? null,
        isFirst: first?.organizationId === scope.organizationId,
        base: tools.publicUrl,
      });
    });
  };
  return {
    list: os.list.handler(({ input: { state, cursor, limit }, context: { db, scope } }) =>
      inScope(db, scope, async (trx) => {
        const rows = await pageOfAdvisories(trx, scope, { state, before: readCursor(cursor, Place), limit });
        const { count } = await countAdvisories(trx, scope, state);
        const page = cutPage(rows, limit, { count, exact: true }, (row) => [row.place, row.id]);
        return { ...page, items: page.items.map(showRow) };
      }),
    ),

    get: os.get.handler(({ input: { id }, context: { db, scope } }) => {
      warmCsafChecks();
      return inScope(db, scope, (trx) => show(trx, scope, id));
    }),

    start: os.start.handler(({ input: { vulnerabilities }, context: { db, scope } }) =>
      inScope(db, scope, async (trx) => show(trx, scope, await startDraft(trx, scope, vulnerabilities, new Date()))),
    ),

    change: os.change.handler(({ input, context: { db, scope } }) =>
      inScope(db, scope, async (trx) => {
        await keepContent(trx, scope, input, new Date());
        return show(trx, scope, input.id);
      }),
    ),

    discard: os.discard.handler(({ input: { id, revision }, context: { db, scope } }) =>
      inScope(db, scope, async (trx) => {
        await dropDraft(trx, scope, id, revision);
        return { discarded: true };
      }),
    ),

    preview: os.preview.handler(({ input, context: { db, scope } }) =>
      inScope(db, scope, (trx) => previewAdvisory(trx, scope, input, tools, new Date())),
    ),

    publish: os.publish.handler(({ input, context: { db, scope } }) =>
      inScope(db, scope, async (trx) => {
        await publishAdvisory(trx, scope, input, tools, () => new Date());
        return show(trx, scope, input.id);
      }),
    ),

    withdraw: os.withdraw.handler(({ input, context: { db, scope } }) =>
      inScope(db, scope, async (trx) => {
        await withdrawAdvisory(trx, scope, input, tools, () => new Date());
        return show(trx, scope, input.id);
      }),
    ),

    issue: os.issue.handler(({ input: { id, number }, context: { db, scope } }) =>
      inScope(db, scope, async (trx) => {
        const found = await findRevision(trx, scope, id, number);
        if (found === undefined) throw new Fault("not_found", `There is no issue ${number} of it`, { at: "number" });
        const { fileName, document, sha256, sha512, signature, keyFingerprint } = found;
        return { fileName, document, sha256, sha512, signature, keyFingerprint };
      }),
    ),

    letter: os.letter.handler(({ input: { id, site }, context: { db, scope } }) =>
      inScope(db, scope, (trx) => draftLetterOf(trx, scope, { id, site, publicUrl: tools.publicUrl }, new Date())),
    ),

    publisher: os.publisher.handler(({ context: { db, scope } }) => showSettings(db, scope)),

    changePublisher: os.changePublisher.handler(async ({ input, context: { db, scope } }) => {
      await inScope(db, scope, (trx) => changePublisher(trx, scope, input, tools.openSigner, new Date()));
      return showSettings(db, scope);
    }),
  };
};
