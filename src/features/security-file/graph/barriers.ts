import type { SecurityFile } from "../schema.ts";
import type { ControlStands, WayControl } from "./schema.ts";

/** The security controls of a file, and what each works on. */
export interface Barriers {
  controls: readonly WayControl[];
  /** Numbers of controls by what they work on. */
  on: ReadonlyMap<string, readonly number[]>;
  /** What each weighs on a way: nothing while it is planned, more when a test of it passed. */
  weight: Int32Array;
}

const WEIGHT: Record<ControlStands, number> = { planned: 0, implemented: 2, tested: 3 };

/** Safety measures and controls that do not apply stand in nobody's way, and are left out. */
export function barriersOf({ controls, tests }: SecurityFile): Barriers {
  const passed = new Set(tests.flatMap((test) => (test.results.at(-1)?.outcome === "passed" ? test.verifies : [])));
  const kept = controls.filter(({ purpose, state }) => purpose === "security" && state !== "not-applicable");
  const on = new Map<string, number[]>();
  for (const [i, { elements }] of kept.entries())
    for (const id of elements) {
      const known = on.get(id);
      if (known === undefined) on.set(id, [i]);
      else known.push(i);
    }
  const shown = kept.map(({ id, name, state }): WayControl => {
    const stands = state === "planned" ? "planned" : passed.has(id) ? "tested" : "implemented";
    return { id, name, stands };
  });
  return { controls: shown, on, weight: Int32Array.from(shown, ({ stands }) => WEIGHT[stands]) };
}

/** Controls that work on any of these, each once. */
export function controlsOn({ on, controls }: Barriers, ids: Iterable<string>): WayControl[] {
  const numbers = new Set<number>();
  for (const id of ids) for (const number of on.get(id) ?? []) numbers.add(number);
  return [...numbers].flatMap((number) => controls[number] ?? []);
}
