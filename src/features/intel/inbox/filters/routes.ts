import { implement } from "@orpc/server";
import { Fault } from "../../../../lib/fault.ts";
import { newId } from "../../../../lib/ids.ts";
import { inScope, type Scope, type Trx } from "../../../../platform/db.ts";
import type { ApiContext } from "../../../../platform/http/context.ts";
import { record } from "../../../../platform/ledger/ledger.ts";
import { filtersContract } from "./contract.ts";
import { MOST_FILTERS, type SavedFilter } from "./schema.ts";
import {
  addFilter,
  changeFilter,
  filtersFor,
  forgetForOthers,
  type ListedFilter,
  openWith,
  removeFilter,
} from "./store.ts";

const os = implement(filtersContract).$context<ApiContext>();

const show =
  ({ actor }: Scope) =>
  ({ ownerId, ownerName, ...filter }: ListedFilter): SavedFilter => ({
    ...filter,
    owner: { id: ownerId, name: ownerName },
    mine: ownerId === actor.id,
  });

const list = async (trx: Trx, scope: Scope) => ({ items: (await filtersFor(trx, scope)).map(show(scope)) });

/** A filter the caller sees. Fault `not_found`. */
async function get(trx: Trx, scope: Scope, id: string): Promise<SavedFilter> {
  const found = (await filtersFor(trx, scope)).find((filter) => filter.id === id);
  if (found === undefined) throw new Fault("not_found", "There is no such filter", { at: "id" });
  return show(scope)(found);
}

async function getMine(trx: Trx, scope: Scope, id: string): Promise<SavedFilter> {
  const filter = await get(trx, scope, id);
  if (!filter.mine)
    throw new Fault("not_allowed", `This filter is ${filter.owner.name}'s`, { at: "id", fix: "Save one of your own" });
  return filter;
}

const nameTaken = (name: string) =>
  new Fault("conflict", `You have a filter named “${name}” already`, { at: "name", fix: "Choose another name" });

export const filtersRoutes = {
  list: os.list.handler(({ context: { db, scope } }) => inScope(db, scope, (trx) => list(trx, scope))),

  save: os.save.handler(({ input: { name, search }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const known = await filtersFor(trx, scope);
      if (known.filter(({ ownerId }) => ownerId === scope.actor.id).length >= MOST_FILTERS)
        throw new Fault("too_many", `You have ${MOST_FILTERS} filters already`, { fix: "Remove one first" });
      const id = newId();
      if (!(await addFilter(trx, scope, { id, name, search, createdAt: new Date() }))) throw nameTaken(name);
      return get(trx, scope, id);
    }),
  ),

  change: os.change.handler(({ input: { id, revision, name, search }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await getMine(trx, scope, id);
      const taken = (await filtersFor(trx, scope)).some(
        (other) =>
          other.id !== id && other.ownerId === scope.actor.id && other.name.toLowerCase() === name?.toLowerCase(),
      );
      if (taken) throw nameTaken(name ?? "");
      const change = { ...(name === undefined ? {} : { name }), ...(search === undefined ? {} : { search }) };
      if (!(await changeFilter(trx, scope, id, revision, change)))
        throw new Fault("conflict", "It was changed meanwhile", { at: "revision", fix: "Look at it again" });
      return get(trx, scope, id);
    }),
  ),

  remove: os.remove.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const filter = await getMine(trx, scope, id);
      await removeFilter(trx, scope, id);
      const items = await list(trx, scope);
      if (filter.shared)
        await record(trx, scope, {
          action: "saved-filter.removed",
          subject: { type: "saved-filter", id },
          before: { name: filter.name, search: filter.search },
          after: null,
        });
      return items;
    }),
  ),

  openWith: os.openWith.handler(({ input: { filterId }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      if (filterId !== null) await get(trx, scope, filterId);
      await openWith(trx, scope, filterId);
      return list(trx, scope);
    }),
  ),

  share: os.share.handler(({ input: { id, shared }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const before = await getMine(trx, scope, id);
      if (before.shared === shared) return before;
      await changeFilter(trx, scope, id, null, { shared });
      if (!shared) await forgetForOthers(trx, scope, id);
      const after = await get(trx, scope, id);
      await record(trx, scope, {
        action: shared ? "saved-filter.shared" : "saved-filter.unshared",
        subject: { type: "saved-filter", id },
        before: { shared: before.shared },
        after: { shared, name: after.name, search: after.search },
      });
      return after;
    }),
  ),
};
