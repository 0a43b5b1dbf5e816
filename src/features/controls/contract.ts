import * as z from "zod";
import { base } from "../../lib/contract.ts";
import { KeptForm } from "./mds2/schema.ts";
import { CatalogueCard, ChosenCatalogues } from "./schema.ts";

const release = z.object({ releaseId: z.uuid() });
const reads = base.meta({ can: "security-file:read" });
const writes = base.meta({ can: "security-file:write" });

/** Catalogues of controls, which of them a release answers to, and its MDS2 form; files go through plain routes. */
export const controlsContract = {
  catalogues: reads
    .route({ method: "GET", path: "/catalogs", summary: "Catalogues of controls: the program's and those imported" })
    .output(z.object({ items: z.array(CatalogueCard) })),
  remove: base
    .meta({ can: "catalog:manage" })
    .route({
      method: "DELETE",
      path: "/catalogs/{id}",
      summary: "Remove an imported catalogue that no release answers to",
    })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ items: z.array(CatalogueCard) })),
  chosen: reads
    .route({ method: "GET", path: "/releases/{releaseId}/catalogs", summary: "Catalogues that a release answers to" })
    .input(release)
    .output(ChosenCatalogues),
  choose: writes
    .route({ method: "PUT", path: "/releases/{releaseId}/catalogs", summary: "Choose the catalogues of a release" })
    .input(release.extend({ names: z.array(z.string().min(1).max(400)).max(50), revision: z.number().int() }))
    .output(ChosenCatalogues),
  mds2: reads
    .route({ method: "GET", path: "/releases/{releaseId}/mds2", summary: "The newest MDS2 form of a release" })
    .input(release)
    .output(z.object({ form: KeptForm.nullable() })),
};
