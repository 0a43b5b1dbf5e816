import { controlsOf } from "../catalogue/walk.ts";
import type { Catalogue, Loss } from "../schema.ts";
import type { ControlGroup, Import, OscalControl, Selection } from "./schema.ts";

/** The ids of controls that an import takes: those included, with their enhancements where it says so, less those excluded. */
export function selectedIds(
  catalogue: Pick<Catalogue, "groups" | "controls">,
  { href, ...wanted }: Import,
  lost: (loss: Loss) => void,
): Set<string> {
  const placed = [...controlsOf(catalogue)];
  const ids = new Set(placed.map(({ control }) => control.id));
  const parents = new Map(placed.map(({ control, parent }) => [control.id, parent?.id ?? null]));
  const under = (id: string, taken: ReadonlySet<string>): boolean => {
    for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null) if (taken.has(at)) return true;
    return false;
  };
  const chosen = (selections: readonly Selection[]): Set<string> => {
    const all = new Set<string>();
    for (const selection of selections) {
      const own = new Set<string>();
      for (const id of selection["with-ids"] ?? []) {
        if (ids.has(id)) own.add(id);
        else lost({ at: href, what: `It names ${id}, which the catalogue does not have` });
      }
      for (const { pattern = "" } of selection.matching ?? []) {
        const fits = globOf(pattern);
        for (const id of ids) if (fits(id)) own.add(id);
      }
      if (selection["with-child-controls"] === "yes") for (const id of ids) if (under(id, own)) own.add(id);
      for (const id of own) all.add(id);
    }
    return all;
  };
  const includes = wanted["include-controls"];
  const included = includes === undefined || wanted["include-all"] !== undefined ? ids : chosen(includes);
  return included.difference(chosen(wanted["exclude-controls"] ?? []));
}

/** `*` any signs, `?` one: matched piece by piece, so that no pattern can take more than linear time per piece. */
export function globOf(pattern: string): (text: string) => boolean {
  return (text) => {
    let p = 0;
    let t = 0;
    let star = -1;
    let mark = 0;
    while (t < text.length) {
      if (p < pattern.length && (pattern[p] === "?" || (pattern[p] === text[t] && pattern[p] !== "*"))) {
        p++;
        t++;
      } else if (pattern[p] === "*") {
        star = p++;
        mark = t;
      } else if (star >= 0) {
        p = star + 1;
        t = ++mark;
      } else return false;
    }
    while (pattern[p] === "*") p++;
    return p === pattern.length;
  };
}

/** The groups of a catalogue with only these controls; a group without any is left out, an enhancement without its control takes its place. */
export const keepInGroups = (groups: readonly ControlGroup[], ids: ReadonlySet<string>): ControlGroup[] =>
  groups.flatMap(({ groups: inner, controls, ...group }) => {
    const keptGroups = keepInGroups(inner ?? [], ids);
    const keptControls = keepControls(controls ?? [], ids);
    if (keptGroups.length + keptControls.length === 0) return [];
    return [{ ...group, ...some("groups", keptGroups), ...some("controls", keptControls) }];
  });

export const keepControls = (controls: readonly OscalControl[], ids: ReadonlySet<string>): OscalControl[] =>
  controls.flatMap(({ controls: inner, ...control }) => {
    const kept = keepControls(inner ?? [], ids);
    return ids.has(control.id) ? [{ ...control, ...some("controls", kept) }] : kept;
  });

/** A member with items, or no member: OSCAL has no empty lists. */
export const some = <K extends string, T>(key: K, items: readonly T[]) =>
  (items.length === 0 ? {} : { [key]: [...items] }) as { [Key in K]?: T[] };
