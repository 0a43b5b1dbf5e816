import { implement } from "@orpc/server";
import { catalogsChosen, readChosen, readForm, removeCatalogue } from "../../flows/keep-controls.ts";
import { inScope } from "../../platform/db.ts";
import type { ApiContext } from "../../platform/http/context.ts";
import { controlsContract } from "./contract.ts";
import { listCatalogues } from "./controls.ts";

const os = implement(controlsContract).$context<ApiContext>();

export const controlsRoutes = {
  catalogues: os.catalogues.handler(({ context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({ items: await listCatalogues(trx, scope) })),
  ),

  remove: os.remove.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await removeCatalogue(trx, scope, id);
      return { items: await listCatalogues(trx, scope) };
    }),
  ),

  chosen: os.chosen.handler(({ input: { releaseId }, context: { db, scope } }) =>
    inScope(db, scope, (trx) => readChosen(trx, scope, releaseId)),
  ),

  choose: os.choose.handler(({ input: { releaseId, ...wish }, context: { db, scope } }) =>
    inScope(db, scope, (trx) => catalogsChosen(trx, scope, releaseId, wish, new Date())),
  ),

  mds2: os.mds2.handler(({ input: { releaseId }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({ form: await readForm(trx, scope, releaseId) })),
  ),
};
