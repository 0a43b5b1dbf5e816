import * as z from "zod";
import { base } from "../../lib/contract.ts";
import { PageInput, pageOf } from "../../lib/page.ts";
import { Entry, LedgerState, Verification } from "./schema.ts";

const reads = base.meta({ can: "ledger:read" });

/** The ledger: who did what, when, and the proof that nobody changed it since. */
export const auditContract = {
  state: reads.route({ method: "GET", path: "/ledger", summary: "Head and last checkpoint" }).output(LedgerState),
  entries: reads
    .route({ method: "GET", path: "/ledger/entries", summary: "Ledger entries, newest first" })
    .input(
      PageInput.extend({
        actorId: z.string().max(200).optional(),
        /** An action, or all that start with it: `finding.`. */
        action: z.string().max(100).optional(),
        subjectType: z.string().max(100).optional(),
        subjectId: z.string().max(200).optional(),
        from: z.iso.datetime().optional(),
        to: z.iso.datetime().optional(),
      }),
    )
    .output(pageOf(Entry)),
  verify: reads
    .route({ method: "POST", path: "/ledger/verify", summary: "Check every hash and every signature now" })
    .output(Verification),
};
