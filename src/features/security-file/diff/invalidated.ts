import { entriesOf, indexOf, usesOf } from "../links.ts";
import type { ItemKind, SecurityFile } from "../schema.ts";
import type { Invalidated, ItemDifference, ItemName } from "./schema.ts";

const DESIGN: readonly ItemKind[] = [
  "threats",
  "controls",
  "tests",
  "labels",
  "useCases",
  "assumptions",
  "updatePaths",
  "functions",
];

/** Who is to look again when an item of a kind changed: of those that name it. */
const RESTS_ON: Partial<Record<ItemKind, readonly ItemKind[]>> = {
  zones: ["threats", "labels", "assumptions"],
  elements: [...DESIGN, "ports", "flows"],
  ports: DESIGN,
  flows: DESIGN,
  assets: ["threats", "controls", "labels", "assumptions"],
  credentials: [...DESIGN, "flows"],
  updatePaths: DESIGN,
  functions: ["hazards"],
  hazards: ["situations", "threats"],
  situations: ["risks", "controls"],
  harms: ["situations"],
  threats: ["risks", "tests", "labels"],
  risks: ["labels"],
  requirements: ["controls", "tests", "risks"],
  controls: ["tests", "evidence", "useCases", "threats", "labels"],
  tests: ["evidence"],
};

const WHAT_TO_DO: Partial<Record<ItemKind, string>> = {
  threats: "Look whether it still applies, and rate it again",
  risks: "Rate it and accept it again: the acceptance was for the release before",
  controls: "Show that it still works",
  tests: "Run it again: its results are of the release before",
  evidence: "It proves the release before: bring new evidence",
  labels: "Read it again, and correct what users are told",
  useCases: "Walk through it again",
  assumptions: "Ask whether it still holds",
  updatePaths: "Follow it again from end to end",
  functions: "Look again at what it depends on",
  hazards: "Look again at how it can arise",
  situations: "Look again at how it can arise, and who would notice",
};

/** Passed through on the way to what rests on them, and not listed: a flow between changed elements is a part of the design. */
const THROUGH: ReadonlySet<ItemKind> = new Set(["ports", "flows"]);

/** A control that works at a changed place may be as good as before at others: who names it there is asked only when it changed itself. */
const ELSEWHERE: ReadonlySet<ItemKind> = new Set(["threats", "useCases"]);

/**
 * What of the newer file rests on something that changed, and was not touched since: controls, tests, evidence, labeling, and risks that
 * were accepted (FDA premarket guidance VII.D; ISO 14971, 7 and 10). Each once, by the shortest way.
 */
export function invalidated(after: SecurityFile, differences: readonly ItemDifference[]): Invalidated[] {
  const touched = new Set(differences.map(({ id }) => id));
  const index = indexOf(after);
  const uses = usesOf(after);
  const roots = differences.filter(
    ({ id, change, aspects }) =>
      change === "changed" && aspects.some((aspect) => aspect !== "wording") && index.has(id),
  );
  const ways = new Map<string, ItemName[]>(roots.map(({ kind, id, name }) => [id, [{ kind, id, name }]]));
  const open = [...ways.keys()];
  for (let i = 0; i < open.length; i++) {
    const id = open[i] ?? "";
    const from = index.get(id);
    const way = ways.get(id) ?? [];
    if (from === undefined) continue;
    for (const { kind, item } of uses.get(id) ?? []) {
      if (ways.has(item.id) || RESTS_ON[from.kind]?.includes(kind) !== true) continue;
      if (from.kind === "controls" && way.length > 1 && ELSEWHERE.has(kind)) continue;
      ways.set(item.id, [...way, { kind, id: item.id, name: item.name }]);
      open.push(item.id);
    }
  }
  return [...entriesOf(after)].flatMap(({ kind, item }) => {
    const way = ways.get(item.id);
    const todo = WHAT_TO_DO[kind];
    if (
      way === undefined ||
      todo === undefined ||
      touched.has(item.id) ||
      THROUGH.has(kind) ||
      !needsIt(after, kind, item.id)
    )
      return [];
    return [{ kind, id: item.id, name: item.name, todo, because: way.slice(0, -1) }];
  });
}

/** A test that never ran has no results to lose, a rejected threat none to rate, a risk that is not rated no acceptance. */
function needsIt(file: SecurityFile, kind: ItemKind, id: string): boolean {
  if (kind === "tests") return file.tests.some((one) => one.id === id && one.results.length > 0);
  if (kind === "risks") return file.risks.some((one) => one.id === id && (one.after !== null || one.before !== null));
  if (kind === "controls") return file.controls.some((one) => one.id === id && one.state === "implemented");
  return true;
}
