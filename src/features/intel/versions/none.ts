import type { Sign } from "./scan.ts";

/** No order is known: equal strings are equal, and the rest has only a stable place. */
const compare = (a: string, b: string): Sign => (a === b ? 0 : a < b ? -1 : 1);

export const none = { compare, parses: () => false };
