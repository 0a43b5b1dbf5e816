import { implement } from "@orpc/server";
import * as z from "zod";
import { nameSubjects } from "../../flows/name-subjects.ts";
import { cutPage, readCursor } from "../../lib/cursor.ts";
import { GENESIS } from "../../lib/hash-chain.ts";
import { inScope, inSnapshot } from "../../platform/db.ts";
import type { ApiContext } from "../../platform/http/context.ts";
import { exportLedger } from "../../platform/ledger/export.ts";
import type { SigningKeys } from "../../platform/ledger/keys.ts";
import { ledgerVerifier } from "../../platform/ledger/verify.ts";
import { auditContract } from "./contract.ts";
import { countEntries, headOf, pageOfEntries } from "./store.ts";

const os = implement(auditContract).$context<ApiContext>();

const BOUND = 10_000;

/** `keys`: those the server signs with, so that "verify now" checks the very lines an export would hold. */
export const auditRoutes = (keys: SigningKeys) => ({
  state: os.state.handler(({ context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const { last, checkpoint } = await headOf(trx, scope);
      return {
        head: last === undefined ? { ...GENESIS, at: null } : { ...last, at: last.at.toISOString() },
        checkpoint: checkpoint === undefined ? null : { ...checkpoint, at: checkpoint.at.toISOString() },
      };
    }),
  ),

  entries: os.entries.handler(({ input: { cursor, limit, ...filter }, context: { db, scope, principal } }) =>
    inScope(db, scope, async (trx) => {
      const below = readCursor(cursor, z.tuple([z.number().int()]))?.[0] ?? null;
      const rows = await pageOfEntries(trx, scope, filter, { below, limit });
      const count = await countEntries(trx, scope, filter, BOUND + 1);
      const total = { count: Math.min(count, BOUND), exact: count <= BOUND };
      const page = cutPage(rows, limit, total, (row) => [row.sequence]);
      return { ...page, items: await nameSubjects(trx, scope, page.items, principal?.kind ?? "key") };
    }),
  ),

  verify: os.verify.handler(async ({ context: { db, scope } }) => {
    const startedAt = performance.now();
    const verifier = ledgerVerifier(null);
    await inSnapshot(db, scope, (trx) => exportLedger(trx, scope, keys, (line) => verifier.line(line)));
    const { bad, entries } = verifier.end();
    return {
      ok: bad === null,
      entries,
      firstBad: bad === null ? null : { sequence: bad.sequence, reason: bad.reason },
      checkedAt: new Date().toISOString(),
      tookMs: Math.round(performance.now() - startedAt),
    };
  }),
});
