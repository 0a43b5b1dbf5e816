import * as z from "zod";
import { base } from "../../lib/contract.ts";
import { CatalogueEntry, IntelStatus, NewSource, Source, SourceChange, SyncRun } from "./sync/schema.ts";

const id = z.object({ id: z.uuid() });
const reads = base.meta({ can: "intel:read" });
const manages = base.meta({ can: "intel:manage" });

/** Where advisories come from, how old they are, and getting newer ones. */
export const intelContract = {
  status: reads.route({ method: "GET", path: "/intel", summary: "Feeds and their ages" }).output(IntelStatus),
  catalogue: reads
    .route({ method: "GET", path: "/intel/catalogue", summary: "Sources that can be had with one click" })
    .output(z.object({ items: z.array(CatalogueEntry) })),
  runs: reads
    .route({ method: "GET", path: "/intel/runs", summary: "The last 50 runs, newest first" })
    .output(z.object({ items: z.array(SyncRun) })),
  /** Ask again every second while it runs. */
  run: reads
    .route({ method: "GET", path: "/intel/runs/{id}", summary: "One run and how far it is" })
    .input(id)
    .output(SyncRun),
  sync: manages
    .route({ method: "POST", path: "/intel/runs", successStatus: 202, summary: "Read all sources now" })
    .output(SyncRun),
  addSource: manages
    .route({ method: "POST", path: "/intel/sources", successStatus: 201, summary: "Add a source" })
    .input(NewSource)
    .output(Source),
  changeSource: manages
    .route({ method: "PATCH", path: "/intel/sources/{id}", summary: "Change a source" })
    .input(id.extend(SourceChange.shape))
    .output(Source),
  /** Forgets the cursor: the next run takes everything of it again. What is known stays in use until that is whole. */
  startOver: manages
    .route({ method: "POST", path: "/intel/sources/{id}/anew", successStatus: 200, summary: "Take a source anew" })
    .input(id)
    .output(z.object({ anew: z.boolean() })),
  removeSource: manages
    .route({ method: "DELETE", path: "/intel/sources/{id}", successStatus: 200, summary: "Remove a source" })
    .input(id)
    .output(z.object({ removed: z.boolean() })),
};
