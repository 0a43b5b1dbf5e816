import { implement } from "@orpc/server";
import { search } from "../../flows/search.ts";
import { today } from "../../flows/today.ts";
import { inScope } from "../../platform/db.ts";
import type { ApiContext, Principal } from "../../platform/http/context.ts";
import { workContract } from "./contract.ts";

const os = implement(workContract).$context<ApiContext>();

/** `may`: whether the caller's roles show people's names and addresses, and reports from outside. */
export const workRoutes = (may: (principal: Principal | null, action: "people:read" | "report:read") => boolean) => ({
  today: os.today.handler(({ context: { db, scope, principal } }) =>
    inScope(db, scope, (trx) => today(trx, scope, may(principal, "report:read"), new Date())),
  ),

  search: os.search.handler(({ input, context: { db, scope, principal } }) =>
    inScope(db, scope, async (trx) => ({ hits: await search(trx, scope, input.text, may(principal, "people:read")) })),
  ),
});
