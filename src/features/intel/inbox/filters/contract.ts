import * as z from "zod";
import { base } from "../../../../lib/contract.ts";
import { FilterChange, NewFilter, SavedFilter } from "./schema.ts";

const id = z.object({ id: z.uuid() });
const reads = base.meta({ can: "finding:read" });
/** One's own shelf, as one's own account. */
const keeps = base.meta({ can: "account:manage" });
const Filters = z.object({ items: z.array(SavedFilter) });

/** Filters of the inbox that people keep under a name. */
export const filtersContract = {
  list: reads
    .route({ method: "GET", path: "/saved-filters", summary: "My saved filters, and those shared with me" })
    .output(Filters),
  save: keeps
    .route({ method: "POST", path: "/saved-filters", summary: "Keep a filter for myself" })
    .input(NewFilter)
    .output(SavedFilter),
  change: keeps
    .route({ method: "PATCH", path: "/saved-filters/{id}", summary: "Rename my filter, or make it another one" })
    .input(id.extend(FilterChange.shape))
    .output(SavedFilter),
  remove: keeps
    .route({ method: "DELETE", path: "/saved-filters/{id}", summary: "Forget my filter" })
    .input(id)
    .output(Filters),
  /** Null: none, the inbox opens with everything open. */
  openWith: keeps
    .route({ method: "POST", path: "/saved-filters/default", summary: "Choose the filter the inbox opens with" })
    .input(z.object({ filterId: z.uuid().nullable() }))
    .output(Filters),
  share: base
    .meta({ can: "finding:decide" })
    .route({
      method: "POST",
      path: "/saved-filters/{id}/sharing",
      summary: "Share my filter with everybody, or no longer",
    })
    .input(id.extend({ shared: z.boolean() }))
    .output(SavedFilter),
};
