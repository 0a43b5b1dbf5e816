import { implement } from "@orpc/server";
import * as z from "zod";
import {
  assuranceOf,
  decideTestFindings,
  linkToProofs,
  oneEvidence,
  provable,
  unlinkProof,
  weighEvidence,
  withdraw,
} from "../../flows/weigh-evidence.ts";
import { cutPage, readCursor } from "../../lib/cursor.ts";
import { Fault } from "../../lib/fault.ts";
import { inScope, type Scope, type Trx } from "../../platform/db.ts";
import type { ApiContext } from "../../platform/http/context.ts";
import { evidenceContract } from "./contract.ts";
import { proofs, showAll, testFindings } from "./evidence.ts";
import { showFinding } from "./show.ts";
import { knowsRelease } from "./store.ts";

const os = implement(evidenceContract).$context<ApiContext>();
const MOST = 500;
const Place = z.tuple([z.number().int(), z.number().int(), z.uuid()]);

async function refuseUnknown(trx: Trx, scope: Scope, releaseId: string): Promise<void> {
  if (!(await knowsRelease(trx, scope, releaseId)))
    throw new Fault("not_found", `There is no release ${releaseId}`, { at: "releaseId" });
}

export const evidenceRoutes = {
  list: os.list.handler(({ input: { releaseId, withdrawn }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await refuseUnknown(trx, scope, releaseId);
      const rows = await proofs.evidenceOf(trx, scope, releaseId, withdrawn, MOST + 1);
      const targets = provable(await assuranceOf(trx, scope, releaseId));
      return { items: await showAll(trx, scope, rows.slice(0, MOST), targets), more: rows.length > MOST };
    }),
  ),

  get: os.get.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, (trx) => oneEvidence(trx, scope, input.id)),
  ),

  targets: os.targets.handler(({ input: { releaseId }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await refuseUnknown(trx, scope, releaseId);
      return { items: provable(await assuranceOf(trx, scope, releaseId)) };
    }),
  ),

  coverage: os.coverage.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, (trx) => weighEvidence(trx, scope, input, new Date())),
  ),

  link: os.link.handler(({ input: { id, proves }, context: { db, scope } }) =>
    inScope(db, scope, (trx) => linkToProofs(trx, scope, id, proves, new Date())),
  ),

  unlink: os.unlink.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, (trx) => unlinkProof(trx, scope, input.id, new Date())),
  ),

  withdraw: os.withdraw.handler(({ input: { id, because }, context: { db, scope } }) =>
    inScope(db, scope, (trx) => withdraw(trx, scope, id, because, new Date())),
  ),

  findings: os.findings.handler(({ input: { cursor, limit, ...filter }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await refuseUnknown(trx, scope, filter.releaseId);
      const rows = await testFindings.pageOfFindings(trx, scope, filter, { after: readCursor(cursor, Place), limit });
      const count = await testFindings.countFindings(trx, scope, filter);
      const today = new Date().toISOString().slice(0, 10);
      const page = cutPage(rows, limit, { count, exact: true }, (row) => [
        row.state === "open" ? 1 : 0,
        row.weight,
        row.id,
      ]);
      return { ...page, items: page.items.map((row) => showFinding(row, today)) };
    }),
  ),

  decide: os.decide.handler(({ input: { findings, disposition }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({
      items: await decideTestFindings(trx, scope, findings, disposition, new Date()),
    })),
  ),
};
