import { HARMS } from "../../devices/schema.ts";
import type { SecurityFile } from "../schema.ts";
import { at } from "./edges.ts";

/** From functions to harms, by numbers. A level is 1 (negligible) to 5 (catastrophic); 0: no harm is stated. */
export interface Clinical {
  /** Functions that depend on an element, or on a whole it is a part of. */
  served: readonly (readonly Service[])[];
  hazardsOf: readonly (readonly number[])[];
  situationsOf: readonly (readonly number[])[];
  harmsOf: readonly (readonly number[])[];
  harmLevel: Int32Array;
  situationLevel: Int32Array;
  hazardLevel: Int32Array;
  functionLevel: Int32Array;
}

export interface Service {
  function: number;
  /** The element it depends on: the part itself, or a whole around it. */
  element: number;
}

export function clinicalOf(file: SecurityFile, elementOf: ReadonlyMap<string, number>, parents: Int32Array): Clinical {
  const { functions, hazards, situations, harms } = file;
  const hazardsOf = pointedAt(functions, hazards, (hazard) => hazard.functions);
  const situationsOf = pointedAt(hazards, situations, (situation) => situation.hazards);
  const harmOf = numbersOf(harms);
  const harmsOf = situations.map(({ harms: ids }) => ids.flatMap((id) => harmOf.get(id) ?? []));
  const harmLevel = Int32Array.from(harms, ({ severity }) => HARMS.length - HARMS.indexOf(severity));
  const situationLevel = worstOf(harmsOf, harmLevel);
  const hazardLevel = worstOf(situationsOf, situationLevel);
  return {
    served: servedBy(file, elementOf, parents),
    hazardsOf,
    situationsOf,
    harmsOf,
    harmLevel,
    situationLevel,
    hazardLevel,
    functionLevel: worstOf(hazardsOf, hazardLevel),
  };
}

const worstOf = (lists: readonly (readonly number[])[], levels: Int32Array) =>
  Int32Array.from(lists, (list) => list.reduce((worst, i) => Math.max(worst, at(levels, i)), 0));

/** Numbers of items by id; of a duplicate the first. */
export function numbersOf(items: readonly { id: string }[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const [i, { id }] of items.entries()) if (!numbers.has(id)) numbers.set(id, i);
  return numbers;
}

function pointedAt<T extends { id: string }>(
  targets: readonly { id: string }[],
  items: readonly T[],
  links: (item: T) => readonly string[],
): number[][] {
  const numbers = numbersOf(targets);
  const lists: number[][] = targets.map(() => []);
  for (const [i, item] of items.entries())
    for (const id of links(item)) {
      const list = lists[numbers.get(id) ?? -1];
      if (list !== undefined && list.at(-1) !== i) list.push(i);
    }
  return lists;
}

function servedBy(
  { functions, elements }: SecurityFile,
  elementOf: ReadonlyMap<string, number>,
  parents: Int32Array,
): Service[][] {
  const own: number[][] = elements.map(() => []);
  for (const [i, { elements: ids }] of functions.entries()) for (const id of ids) own[elementOf.get(id) ?? -1]?.push(i);
  return elements.map((_, element) => {
    const services = new Map<number, Service>();
    for (const around of wholesOf(parents, element))
      for (const one of own[around] ?? [])
        if (!services.has(one)) services.set(one, { function: one, element: around });
    return [...services.values()];
  });
}

/** The element itself, then what it is a part of, and so on, MAX_NESTED at most. A circle ends where it closes. */
export function wholesOf(parents: Int32Array, element: number): number[] {
  const chain = [element];
  for (let next = parents[element] ?? -1; next !== -1 && !chain.includes(next); next = parents[next] ?? -1) {
    chain.push(next);
    if (chain.length === MAX_NESTED) break;
  }
  return chain;
}

const MAX_NESTED = 50;
