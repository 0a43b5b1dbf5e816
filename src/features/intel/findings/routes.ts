import { implement } from "@orpc/server";
import * as z from "zod";
import { assignFinding, decideFindings, decideVulnerability, undoChange } from "../../../flows/decide-findings.ts";
import { findAssignee } from "../../../flows/find-people.ts";
import { cutPage, readCursor } from "../../../lib/cursor.ts";
import { Fault } from "../../../lib/fault.ts";
import { inScope, type Scope, type Trx } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { advisoriesNamed, findTexts, resolveText } from "../inbox/store.ts";
import { findingsContract } from "./contract.ts";
import type { FindingDetail, FindingFilter } from "./schema.ts";
import { placeOf, showEvents, showFinding, standsHere } from "./show.ts";
import { countFindings, eventsOf, type FindingMatch, findElsewhere, findFindings, pageOfFindings } from "./store.ts";

const os = implement(findingsContract).$context<ApiContext>();

/** Counting stops here: "10,000 or more". */
const BOUND = 10_000;
const MOST_ELSEWHERE = 50;
const Place = z.tuple([z.union([z.string(), z.number()]), z.uuid()]);

/** The filter in the terms of the table. */
async function resolve(trx: Trx, scope: Scope, filter: FindingFilter): Promise<FindingMatch> {
  const { deviceId, releaseId, state, rating, exploited, suspect, component, foundSince, gone } = filter;
  return {
    ...{ deviceId, releaseId, state, rating, exploited, suspect, component, foundSince, gone },
    assigneeId: filter.mine === true ? scope.actor.id : undefined,
    advisories: filter.advisory === undefined ? undefined : await advisoriesNamed(trx, scope, filter.advisory),
    named: filter.text === undefined || filter.text === "" ? undefined : await resolveText(trx, scope, filter.text),
  };
}

async function showDetail(trx: Trx, scope: Scope, id: string): Promise<FindingDetail> {
  const [finding] = await findFindings(trx, scope, [id]);
  if (finding === undefined) throw new Fault("not_found", `There is no finding ${id}`, { at: "id" });
  const events = await eventsOf(trx, scope, id);
  const elsewhere = await findElsewhere(trx, scope, finding.advisory, id, MOST_ELSEWHERE);
  const texts = await findTexts(trx, scope, finding.advisory);
  return {
    ...showFinding(finding),
    because: finding.because,
    standsHere: standsHere(finding),
    ...(texts ?? { details: "", references: [], cwes: [], publishedAt: null, modifiedAt: null }),
    events: showEvents(finding.foundAt, events),
    elsewhere: elsewhere.map((other) => ({ id: other.id, ...placeOf(other), state: other.state })),
  };
}

export const findingsRoutes = {
  list: os.list.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const { cursor, limit, sort, ...filter } = input;
      const match = await resolve(trx, scope, filter);
      const rows = await pageOfFindings(trx, scope, match, { sort, after: readCursor(cursor, Place), limit });
      const count = await countFindings(trx, scope, match, BOUND + 1);
      const total = { count: Math.min(count, BOUND), exact: count <= BOUND };
      const page = cutPage(rows, limit, total, (row) => [row.place, row.id]);
      return { ...page, items: page.items.map(showFinding) };
    }),
  ),

  get: os.get.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, (trx) => showDetail(trx, scope, input.id)),
  ),

  decide: os.decide.handler(({ input: { id, revision, decision }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const receipt = await decideFindings(trx, scope, [{ id, revision }], decision, new Date());
      const [conflict] = receipt.conflicts;
      if (conflict !== undefined)
        throw new Fault("conflict", `It was ${conflict.state} by ${conflict.decidedBy ?? "an assessment"} meanwhile`, {
          at: "revision",
          fix: "Look at it again, then decide",
        });
      return receipt;
    }),
  ),

  decideMany: os.decideMany.handler(({ input: { findings, decision }, context: { db, scope } }) =>
    inScope(db, scope, (trx) => decideFindings(trx, scope, findings, decision, new Date())),
  ),

  decideVulnerability: os.decideVulnerability.handler(
    ({ input: { advisory, decision, ...where }, context: { db, scope } }) =>
      inScope(db, scope, (trx) => decideVulnerability(trx, scope, advisory, where, decision, new Date())),
  ),

  assign: os.assign.handler(({ input: { id, revision, userId }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const assignee = userId === null ? null : await findAssignee(trx, scope, userId);
      await assignFinding(trx, scope, { id, revision }, assignee, new Date());
      return showDetail(trx, scope, id);
    }),
  ),

  undo: os.undo.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, (trx) => undoChange(trx, scope, input.changeId, new Date())),
  ),
};
