import { implement } from "@orpc/server";
import { answerRisk, decideRisk, undoRisk } from "../../flows/decide-risk.ts";
import { readRisk, readWaiting } from "../../flows/read-risk.ts";
import { recordReach } from "../../flows/record-reach.ts";
import { inScope } from "../../platform/db.ts";
import type { ApiContext, Principal } from "../../platform/http/context.ts";
import { riskContract } from "./contract.ts";
import type { Asked } from "./schema.ts";

const os = implement(riskContract).$context<ApiContext>();

/** `mayAnswer`: whether questions of this kind are the caller's to answer. */
export const riskRoutes = (mayAnswer: (principal: Principal | null, of: Asked) => boolean) => ({
  get: os.get.handler(({ input, context: { db, scope } }) => inScope(db, scope, (trx) => readRisk(trx, scope, input))),

  waiting: os.waiting.handler(({ context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({ items: await readWaiting(trx, scope) })),
  ),

  answer: os.answer.handler(({ input: { answers, ...about }, context: { db, scope, principal } }) =>
    inScope(db, scope, async (trx) => {
      await answerRisk(trx, scope, about, answers, (of) => mayAnswer(principal, of), new Date());
      return readRisk(trx, scope, about);
    }),
  ),

  decide: os.decide.handler(({ input: { releaseId, advisory, ...decision }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await decideRisk(trx, scope, { releaseId, advisory }, decision, new Date());
      return readRisk(trx, scope, { releaseId, advisory });
    }),
  ),

  undo: os.undo.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => readRisk(trx, scope, await undoRisk(trx, scope, id, new Date()))),
  ),

  reach: os.reach.handler(({ input: { releaseId, advisory, ...fact }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await recordReach(trx, scope, { releaseId, ...fact }, new Date());
      return readRisk(trx, scope, { releaseId, advisory });
    }),
  ),
});
