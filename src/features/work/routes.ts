import { implement } from "@orpc/server";
import { search } from "../../flows/search.ts";
import { today } from "../../flows/today.ts";
import { inScope } from "../../platform/db.ts";
import type { ApiContext, Principal } from "../../platform/http/context.ts";
import { workContract } from "./contract.ts";

const os = implement(workContract).$context<ApiContext>();

type Looks = "people:read" | "report:read" | "organization:manage";

/** `may`: whether the caller's roles show people's names and addresses, reports from outside, and what only administrators can mend. */
export const workRoutes = (may: (principal: Principal | null, action: Looks) => boolean) => ({
  today: os.today.handler(({ context: { db, scope, principal } }) =>
    inScope(db, scope, (trx) => {
      const sees = { reports: may(principal, "report:read"), mail: may(principal, "organization:manage") };
      return today(trx, scope, sees, new Date());
    }),
  ),

  search: os.search.handler(({ input, context: { db, scope, principal } }) =>
    inScope(db, scope, async (trx) => ({ hits: await search(trx, scope, input.text, may(principal, "people:read")) })),
  ),
});
