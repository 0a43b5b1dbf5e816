import { stringify } from "yaml";
import { controlIndex, editionName } from "../../features/controls/catalogue/find.ts";
import { catalogueCsv } from "../../features/controls/catalogue/to-csv.ts";
import { toOscal, toProfile } from "../../features/controls/oscal/to-oscal.ts";
import type { Catalogue } from "../../features/controls/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { writeOut } from "../output.ts";
import { ownCatalogue, ownCatalogues } from "./own-catalogues.ts";

export interface ExportRequest {
  catalogue: string;
  format: "json" | "yaml" | "csv";
  /** Ids or labels: as a profile that selects them. */
  only: readonly string[];
}

/** Writes a catalogue as OSCAL or CSV, or a selection of its controls as an OSCAL profile. Fault `not_found` names an id it has not. */
export async function runExport({ catalogue: named, format, only }: ExportRequest): Promise<number> {
  const catalogue = ownCatalogue(ownCatalogues().catalogues, named);
  if (format === "csv") {
    if (only.length > 0) throw new Fault("bad_input", "A selection is written as an OSCAL profile", { at: "--only" });
    writeOut(catalogueCsv(catalogue));
    return 0;
  }
  const document = only.length === 0 ? toOscal(catalogue) : profileOf(catalogue, only);
  writeOut(
    format === "yaml"
      ? stringify(document, { aliasDuplicateObjects: false })
      : `${JSON.stringify(document, null, 2)}\n`,
  );
  return 0;
}

function profileOf(catalogue: Catalogue, only: readonly string[]) {
  const index = controlIndex(catalogue);
  const ids = only.map((named) => {
    const placed = index(named);
    if (placed !== null) return placed.control.id;
    throw new Fault("not_found", `${editionName(catalogue)} has no control ${named}`, { at: "--only" });
  });
  return toProfile({
    title: `Selection of ${catalogue.title}`,
    version: catalogue.edition,
    catalogue,
    ids,
    at: new Date(catalogue.metadata["last-modified"]),
  });
}
