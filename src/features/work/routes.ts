import { implement } from "@orpc/server";
import { search } from "../../flows/search.ts";
import { today } from "../../flows/today.ts";
import { inScope } from "../../platform/db.ts";
import type { ApiContext, Principal } from "../../platform/http/context.ts";
import { workContract } from "./contract.ts";

const os = implement(workContract).$context<ApiContext>();

/** `maySeePeople`: whether the caller's roles show people's names and addresses. */
export const workRoutes = (maySeePeople: (principal: Principal | null) => boolean) => ({
  today: os.today.handler(({ context: { db, scope } }) => inScope(db, scope, (trx) => today(trx, scope, new Date()))),

  search: os.search.handler(({ input, context: { db, scope, principal } }) =>
    inScope(db, scope, async (trx) => ({ hits: await search(trx, scope, input.text, maySeePeople(principal)) })),
  ),
});
