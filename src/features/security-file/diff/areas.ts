import type { ItemKind } from "../schema.ts";
import type { Aspect, FieldDifference, FileDiff, ItemDifference } from "./schema.ts";

/** The areas a reader goes through, in order; every difference stands in one of them. */
export const AREAS = [
  "design",
  "interfaces",
  "components",
  "cryptography",
  "authentication",
  "update",
  "clinical",
  "risks",
  "proof",
  "wording",
] as const;
export type Area = (typeof AREAS)[number];

const OF_ASPECT: Record<Exclude<Aspect, "assurance">, Area> = {
  architecture: "design",
  interfaces: "interfaces",
  components: "components",
  cryptography: "cryptography",
  authentication: "authentication",
  update: "update",
  clinical: "clinical",
  controls: "proof",
  wording: "wording",
};
const RISKS: ReadonlySet<ItemKind> = new Set(["threats", "risks", "assumptions", "useCases"]);

export interface AreaItem {
  item: ItemDifference;
  /** Of this area alone; empty when added or removed. */
  fields: FieldDifference[];
}

export interface AreaOfDiff {
  area: Area;
  items: AreaItem[];
}

/** The differences of two files by area. An item that changed in several areas stands in each, with the fields of that area. */
export function byArea({ items }: FileDiff): AreaOfDiff[] {
  const all = items.flatMap((item): { area: Area; at: AreaItem }[] => {
    if (item.change !== "changed")
      return [{ area: areaOf(item.aspects[0] ?? "wording", item.kind), at: { item, fields: [] } }];
    const areas = new Set(item.fields.map(({ aspect }) => areaOf(aspect, item.kind)));
    return [...areas].map((area) => ({
      area,
      at: { item, fields: item.fields.filter(({ aspect }) => areaOf(aspect, item.kind) === area) },
    }));
  });
  return AREAS.map((area) => ({ area, items: all.filter((one) => one.area === area).map(({ at }) => at) })).filter(
    (one) => one.items.length > 0,
  );
}

const areaOf = (aspect: Aspect, kind: ItemKind): Area =>
  aspect === "assurance" ? (RISKS.has(kind) ? "risks" : "proof") : OF_ASPECT[aspect];
