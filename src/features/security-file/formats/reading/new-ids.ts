import { ItemId } from "../../item/schema.ts";
import type { ItemKind } from "../../schema.ts";

/** `SQL Database (*)` → `sql-database`; an id stays as it is. Empty where nothing is left. */
export function idLike(text: string): string {
  if (ItemId.safeParse(text).success) return text;
  const plain = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
  return plain
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+|-+$/g, "")
    .slice(0, 100);
}

/** Gives each wish an id that nobody has yet. */
export function newIds(): (wanted: string, kind: ItemKind) => string {
  const taken = new Set<string>();
  const last = new Map<string, number>();
  return (wanted, kind) => {
    const base = idLike(wanted) || SINGULAR[kind];
    let id = base;
    for (let n = last.get(base) ?? 2; taken.has(id); n++) {
      id = `${base.slice(0, 90)}-${n}`;
      last.set(base, n + 1);
    }
    taken.add(id);
    return id;
  };
}

const SINGULAR: Record<ItemKind, string> = {
  zones: "zone",
  elements: "element",
  ports: "port",
  assets: "asset",
  credentials: "credential",
  flows: "flow",
  updatePaths: "update-path",
  states: "state",
  useCases: "use-case",
  assumptions: "assumption",
  functions: "function",
  hazards: "hazard",
  situations: "situation",
  harms: "harm",
  threats: "threat",
  risks: "risk",
  requirements: "requirement",
  controls: "control",
  tests: "test",
  evidence: "evidence",
  labels: "label",
  layouts: "layout",
};
