import { implement } from "@orpc/server";
import * as z from "zod";
import { answerVex, changeVexRule, trustVexSource } from "../../../flows/trust-vex.ts";
import { withdrawVex } from "../../../flows/vex-arrived.ts";
import { DEFAULT_SETS } from "../../../flows/weigh-vex.ts";
import { cutPage, readCursor } from "../../../lib/cursor.ts";
import { Fault } from "../../../lib/fault.ts";
import { inScope, type Scope, type Trx } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { findFindings } from "../findings/store.ts";
import { statementsContract } from "./contract.ts";
import {
  countProposals,
  documentsOf,
  type FindingSpokenRow,
  knowsRelease,
  type ProposalRow,
  pageOfProposals,
  sourcesOfVex,
  spokenOfFindings,
} from "./list/store.ts";
import type { VexProposal } from "./schema.ts";
import { showDocument, showSource, showSpoken } from "./show.ts";
import { ruleOf } from "./store.ts";
import { stateSaid } from "./weigh.ts";

const os = implement(statementsContract).$context<ApiContext>();

const Place = z.tuple([z.number().int(), z.uuid()]);

async function showSources(trx: Trx, scope: Scope) {
  const rule = await ruleOf(trx, scope);
  return {
    items: (await sourcesOfVex(trx, scope)).map(showSource),
    sets: [...(rule?.sets ?? DEFAULT_SETS)],
    ruleRevision: rule?.revision ?? 0,
  };
}

function showProposal(row: ProposalRow, spoken: readonly FindingSpokenRow[]): VexProposal[] {
  const own = spoken.find(({ statementId }) => statementId === row.statementId);
  const said = own === undefined ? null : stateSaid(own.statement);
  if (own === undefined || said === null) return [];
  const { id, revision, advisory, title, severity, state, decidedBy } = row;
  return [
    {
      finding: {
        ...{ id, revision, advisory, title, severity, state, decidedBy },
        device: { id: row.deviceId, name: row.deviceName },
        release: { id: row.releaseId, version: row.releaseVersion },
        component: { name: row.componentName, version: row.componentVersion, purl: row.purl, cpe: row.cpe },
      },
      proposes: showSpoken(own),
      to: said.state,
      others: spoken.filter((one) => one !== own).map(showSpoken),
    },
  ];
}

export const statementsRoutes = {
  documents: os.documents.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      if (!(await knowsRelease(trx, scope, input.id)))
        throw new Fault("not_found", `There is no release ${input.id}`, { at: "id" });
      return { items: (await documentsOf(trx, scope, input.id)).map(showDocument) };
    }),
  ),

  withdraw: os.withdraw.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, (trx) => withdrawVex(trx, scope, input.id, new Date())),
  ),

  ofFinding: os.ofFinding.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      if ((await findFindings(trx, scope, [input.id])).length === 0)
        throw new Fault("not_found", `There is no finding ${input.id}`, { at: "id" });
      return { items: (await spokenOfFindings(trx, scope, [input.id])).map(showSpoken) };
    }),
  ),

  proposals: os.proposals.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const { cursor, limit, ...filter } = input;
      const rows = await pageOfProposals(trx, scope, filter, { after: readCursor(cursor, Place), limit });
      const count = await countProposals(trx, scope, filter);
      const page = cutPage(rows, limit, { count, exact: true }, (row) => [row.priority, row.id]);
      const spoken = Map.groupBy(
        await spokenOfFindings(
          trx,
          scope,
          page.items.map(({ id }) => id),
        ),
        ({ findingId }) => findingId,
      );
      return { ...page, items: page.items.flatMap((row) => showProposal(row, spoken.get(row.id) ?? [])) };
    }),
  ),

  answer: os.answer.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, (trx) => answerVex(trx, scope, input, new Date())),
  ),

  sources: os.sources.handler(({ context: { db, scope } }) => inScope(db, scope, (trx) => showSources(trx, scope))),

  setTrust: os.setTrust.handler(({ input: { id, ...decided }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await trustVexSource(trx, scope, id, decided, new Date());
      return showSources(trx, scope);
    }),
  ),

  setRule: os.setRule.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await changeVexRule(trx, scope, input, new Date());
      return showSources(trx, scope);
    }),
  ),
};
