import { type CatalogRef, ControlCategory } from "../../security-file/assurance/schema.ts";
import type { SecurityFile } from "../../security-file/schema.ts";
import type { Referred } from "../../security-file/trace/schema.ts";
import type { ShownCatalogue, ShownControl } from "../schema.ts";
import { findCatalogue, plainId } from "./find.ts";

type OwnControl = SecurityFile["controls"][number];

export interface Provision {
  catalogue: ShownCatalogue;
  control: ShownControl;
}

/** Finds a provision of a catalogue as files name it; null: no catalogue has it. */
export type FindProvision = (ref: CatalogRef) => Provision | null;

/** Looks provisions up by id or label, with or without the edition. */
export function provisionsOf(catalogues: readonly ShownCatalogue[]): FindProvision {
  const indexes = new Map(
    catalogues.map((catalogue) => [
      catalogue,
      new Map(
        catalogue.controls.flatMap((control) => [
          [plainId(control.label), control] as const,
          [plainId(control.id), control] as const,
        ]),
      ),
    ]),
  );
  return ({ catalog, id }) => {
    const catalogue = findCatalogue(catalogues, catalog);
    const control = catalogue === null ? undefined : indexes.get(catalogue)?.get(plainId(id));
    return catalogue === null || control === undefined ? null : { catalogue, control };
  };
}

/** What the controls of a file answer to: their own references and those of the requirements they fulfil, once each. */
export function referencesOf(
  file: Pick<SecurityFile, "controls" | "requirements">,
  find: FindProvision,
): { found: (Provision & { own: OwnControl })[]; unknown: { own: OwnControl; ref: CatalogRef }[] } {
  const requirements = new Map(file.requirements.map((one) => [one.id, one]));
  const found: (Provision & { own: OwnControl })[] = [];
  const unknown: { own: OwnControl; ref: CatalogRef }[] = [];
  for (const own of file.controls) {
    const seen = new Set<string>();
    const through = own.requirements.flatMap((id) => requirements.get(id)?.references ?? []);
    for (const ref of [...own.references, ...through]) {
      const provision = find(ref);
      const key =
        provision === null ? `${ref.catalog} ${ref.id}` : `${provision.catalogue.catalogue} ${provision.control.id}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (provision === null) unknown.push({ own, ref });
      else found.push({ own, ...provision });
    }
  }
  return { found, unknown };
}

const FDA = "fda-premarket";

/** What catalogues say of a file's references: the categories they are in, those that no catalogue has, and the checkables they name. */
export function referredBy(
  file: Pick<SecurityFile, "controls" | "requirements">,
  catalogues: readonly ShownCatalogue[],
): Referred {
  const { found, unknown } = referencesOf(file, provisionsOf(catalogues));
  const fda = found.flatMap(({ catalogue, control: { id, category }, own }) =>
    catalogue.catalogue === FDA && category !== null ? [{ own: own.id, id, category }] : [],
  );
  const asked = catalogues.filter(({ catalogue }) => catalogue === FDA).at(-1)?.controls ?? [];
  return {
    categories: new Map(
      [...Map.groupBy(fda, ({ own }) => own)].map(([own, all]) => [own, new Set(all.map(({ category }) => category))]),
    ),
    unknown: unknown.map(({ own, ref }) => ({ control: own.id, ref })),
    checkables: new Map(
      ControlCategory.options.map((category) => [
        category,
        {
          count: asked.filter((one) => one.category === category).length,
          named: [...new Set(fda.filter((one) => one.category === category).map(({ id }) => id))],
        },
      ]),
    ),
  };
}
