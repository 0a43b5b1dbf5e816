import type { Catalogue } from "../schema.ts";
import { labelOf } from "./show-control.ts";
import { controlsOf, type Placed } from "./walk.ts";

/** A catalogue by its name with or without the edition: `fda-premarket`, `fda-premarket-2026-02-03`. Without one, the newest. */
export function findCatalogue<C extends Pick<Catalogue, "catalogue" | "edition">>(
  catalogues: readonly C[],
  named: string,
): C | null {
  const wanted = plainId(named);
  const found = catalogues.filter(
    ({ catalogue, edition }) =>
      plainId(catalogue) === wanted || plainId(editionName({ catalogue, edition })) === wanted,
  );
  return found.toSorted((a, b) => (a.edition < b.edition ? 1 : -1))[0] ?? null;
}

export const editionName = ({ catalogue, edition }: Pick<Catalogue, "catalogue" | "edition">): string =>
  `${catalogue}-${edition}`;

/** Ids are found as people write them: `CR 1.1 RE(1)`, `cr-1.1`, `AC-2(1)` and `ac-2.1` alike. */
export const plainId = (id: string): string =>
  id
    .toLowerCase()
    .replace(/\((\d+)\)/g, ".$1")
    .replace(/re[. -]+(?=\d)/g, "re.")
    .replace(/[\s_-]+/g, "-")
    .replace(/-?\bre\./g, "-re.")
    .replace(/(^|[.-])0+(?=\d)/g, "$1");

/** Looks controls of a catalogue up by id or label. */
export function controlIndex(catalogue: Pick<Catalogue, "groups" | "controls">): (named: string) => Placed | null {
  const byId = new Map<string, Placed>();
  for (const placed of controlsOf(catalogue)) {
    for (const name of [labelOf(placed.control), placed.control.id]) byId.set(plainId(name), placed);
  }
  return (named) => byId.get(plainId(named)) ?? null;
}
