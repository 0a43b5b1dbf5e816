import { type DeviceFunction, HARMS } from "../../devices/schema.ts";

/** Worst harm through a component: 1 (negligible) to 5 (catastrophic); 0: no function is stated; -1: it reaches none of them. */
export interface ReachedHarm {
  harm: number;
  /** The function through which, where one is stated. */
  harmFunction: string | null;
}

/** Reaches no function, by a recorded fact. */
const REACHES_NONE: ReachedHarm = { harm: -1, harmFunction: null };

/**
 * The worst credible harm reachable from a component: of all functions of its device, unless a recorded fact names those it can
 * reach. Where the device no longer has one of them (it may only be called otherwise now), all count again: a fact about what is gone lowers nothing.
 */
export function reachedHarm(functions: readonly DeviceFunction[], only: readonly string[] | null): ReachedHarm {
  if (only !== null && only.length === 0) return REACHES_NONE;
  const worst = [...reachedFunctions(functions, only)].sort((a, b) => HARMS.indexOf(a.harm) - HARMS.indexOf(b.harm))[0];
  if (worst === undefined) return { harm: 0, harmFunction: null };
  return { harm: HARMS.length - HARMS.indexOf(worst.harm), harmFunction: worst.name };
}

/** The functions a part can reach: all, or those a recorded fact names, as long as the device has each. */
export function reachedFunctions(
  functions: readonly DeviceFunction[],
  only: readonly string[] | null,
): readonly DeviceFunction[] {
  if (only === null || only.length === 0) return only === null ? functions : [];
  const named = functions.filter((f) => only.includes(f.name));
  return only.every((name) => named.some((f) => f.name === name)) ? named : functions;
}
