import { implement } from "@orpc/server";
import * as z from "zod";
import { cutPage, readCursor } from "../../../lib/cursor.ts";
import { Fault } from "../../../lib/fault.ts";
import { inScope, type Scope, type Trx } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { inboxContract } from "./contract.ts";
import { showVulnerability } from "./show.ts";
import {
  advisoriesOfComponents,
  countVulnerabilities,
  findTexts,
  findVulnerability,
  pageOfVulnerabilities,
  resolveText,
} from "./store.ts";

const os = implement(inboxContract).$context<ApiContext>();

const BOUND = 10_000;
const Place = z.tuple([z.union([z.string(), z.number()]), z.string()]);

/** Vulnerabilities a text stands for, by their own names or by a component's; undefined: all. */
async function touchedBy(trx: Trx, scope: Scope, text: string | undefined): Promise<string[] | undefined> {
  if (text === undefined || text === "") return undefined;
  const { components, advisories } = await resolveText(trx, scope, text);
  return [...advisories, ...(await advisoriesOfComponents(trx, scope, components))];
}

export const inboxRoutes = {
  list: os.list.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const { cursor, limit, sort, text, ...filter } = input;
      const match = { ...filter, advisories: await touchedBy(trx, scope, text) };
      const rows = await pageOfVulnerabilities(trx, scope, match, { sort, after: readCursor(cursor, Place), limit });
      const count = await countVulnerabilities(trx, scope, match, BOUND + 1);
      const total = { count: Math.min(count, BOUND), exact: count <= BOUND };
      const page = cutPage(rows, limit, total, (row) => [row.place, row.advisory]);
      return { ...page, items: page.items.map(showVulnerability) };
    }),
  ),

  get: os.get.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const row = await findVulnerability(trx, scope, input.advisory);
      if (row === undefined)
        throw new Fault("not_found", `No release here was ever touched by ${input.advisory}`, { at: "advisory" });
      const texts = await findTexts(trx, scope, row.advisory);
      return {
        ...showVulnerability(row),
        ...(texts ?? { details: "", references: [], cwes: [], publishedAt: null, modifiedAt: null }),
      };
    }),
  ),
};
