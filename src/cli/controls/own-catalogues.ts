import { editionName, findCatalogue } from "../../features/controls/catalogue/find.ts";
import { type ControlCatalogues, readControlCatalogues } from "../../features/controls/catalogue/read-catalogue.ts";
import type { Catalogue } from "../../features/controls/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { catalogueTexts } from "../../platform/catalogue-texts.ts";

/** The catalogues that come with the program. */
export const ownCatalogues = (): ControlCatalogues =>
  readControlCatalogues(catalogueTexts("controls"), catalogueTexts("control-mappings"));

/** One of them by name. Fault `not_found` names those there are. */
export function ownCatalogue(catalogues: readonly Catalogue[], named: string): Catalogue {
  const found = findCatalogue(catalogues, named);
  if (found !== null) return found;
  throw new Fault("not_found", `There is no catalogue ${named}`, {
    fix: `Those that come with the program are ${catalogues.map(editionName).join(", ")}`,
  });
}
