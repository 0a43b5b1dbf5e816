import type { Element } from "./../design/schema.ts";
import { indexOf } from "../links.ts";
import type { SecurityFile } from "../schema.ts";
import { byId } from "./boxes.ts";

/** What is lit on a picture: ids of elements, flows, interfaces and zones. */
export interface Light {
  ids: ReadonlySet<string>;
  /** "Overinfusion": what it was asked for. */
  name: string;
}

/**
 * Where something of the file stands on its pictures: itself, or what it works on, strikes, or is made of. A threat and a risk light
 * their whole way to the functions they can reach. `what`: an id of the file, or a part of the SBOM (a package URL or a name). Null
 * where nothing of the design has to do with it.
 */
export function lightOf(file: SecurityFile, what: string): Light | null {
  const entry = indexOf(file).get(what);
  const targets = new Set(entry === undefined ? elementsOf(file, what) : struck(file, what, new Set()));
  if (targets.size === 0) return null;
  const goesOn = entry === undefined || entry.kind === "threats" || entry.kind === "risks";
  const ids = withEnds(file, goesOn ? wayToFunctions(file, targets) : targets);
  return { ids, name: entry?.item.name ?? what };
}

/** Elements that a part of the SBOM is in. A reference without a version means every version. */
export const elementsOf = (file: SecurityFile, part: string): string[] =>
  file.elements.filter((element) => element.components.some((ref) => isPart(ref, part))).map(({ id }) => id);

const withoutVersion = (ref: string) => ref.split("?")[0]?.replace(/(?<=.)@[^@/]+$/, "") ?? ref;

const isPart = (ref: string, part: string) =>
  ref === part ||
  ref === withoutVersion(part) ||
  (!ref.startsWith("pkg:") && part.startsWith("pkg:") && withoutVersion(part).endsWith(`/${ref}`)) ||
  (ref.startsWith("pkg:") && !part.startsWith("pkg:") && withoutVersion(ref).endsWith(`/${part}`));

/** Elements, flows, interfaces and zones that an item is about, through what it names. */
function struck(file: SecurityFile, id: string, seen: Set<string>): string[] {
  if (seen.has(id)) return [];
  seen.add(id);
  const entry = indexOf(file).get(id);
  if (entry === undefined) return [];
  const through = (ids: readonly string[]) => ids.flatMap((each) => struck(file, each, seen));
  const { kind, item } = entry;
  const naming = (name: "assets" | "components", of: string): Element[] =>
    file.elements.filter((element) => element[name].includes(of));
  switch (kind) {
    case "zones":
    case "elements":
    case "ports":
    case "flows":
      return [item.id];
    case "assets":
      return [
        ...naming("assets", item.id).map((element) => element.id),
        ...file.flows.filter(({ assets }) => assets.includes(item.id)).map((flow) => flow.id),
      ];
    case "credentials":
      return file.flows.filter(({ path }) => path.credentials.includes(item.id)).map((flow) => flow.id);
    default: {
      const links: Partial<Record<string, readonly string[]>> = { ...item } as never;
      const named = [
        "targets",
        "threats",
        "elements",
        "functions",
        "hazards",
        "verifies",
        "proves",
        "about",
        "updates",
        "flows",
      ]
        .flatMap((name) => (Array.isArray(links[name]) ? (links[name] ?? []) : []))
        .filter((each) => typeof each === "string");
      return through(named);
    }
  }
}

/** With both ends of every flow, and the element of every interface. */
function withEnds(file: SecurityFile, targets: ReadonlySet<string>): Set<string> {
  const ids = new Set(targets);
  for (const { id, from, to } of file.flows) if (targets.has(id)) ids.add(from).add(to);
  for (const { id, element } of file.ports) if (targets.has(id)) ids.add(element);
  return ids;
}

/** The shortest way from what is struck to an element that a function depends on, with the flows on it. */
function wayToFunctions(file: SecurityFile, targets: ReadonlySet<string>): Set<string> {
  const goals = new Set(file.functions.flatMap(({ elements }) => elements));
  const starts = withEnds(file, targets);
  const elements = byId(file.elements);
  const cameBy = new Map<string, { from: string; flow: string } | null>();
  const queue = [...starts].filter((id) => elements.has(id));
  for (const id of queue) cameBy.set(id, null);
  const lit = new Set(starts);
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (goals.has(at)) {
      for (let step = cameBy.get(at), here = at; ; step = cameBy.get(here)) {
        lit.add(here);
        if (step === null || step === undefined) break;
        lit.add(step.flow);
        here = step.from;
      }
      break;
    }
    for (const { id, from, to, bothWays } of file.flows) {
      const next = from === at ? to : bothWays && to === at ? from : null;
      if (next === null || cameBy.has(next) || !elements.has(next)) continue;
      cameBy.set(next, { from: at, flow: id });
      queue.push(next);
    }
  }
  return lit;
}
