import { KnownNames } from "./known-names.ts";
import type { IntelLookup } from "./lookup.ts";
import { Recent } from "./recent.ts";

/** Names already looked up, as long as their intelligence is in use. */
const KNOWN = new WeakMap<IntelLookup, Recent<KnownNames>>();

/** Systems differ in the names of their packages; few of them are in use at a time. */
const MOST_SYSTEMS = 8;

/** The names known in this intelligence to SBOMs of one distribution release (`systemOf`). */
export function namesIn(lookup: IntelLookup, system: string | null): KnownNames {
  const known = KNOWN.get(lookup) ?? new Recent<KnownNames>(MOST_SYSTEMS);
  KNOWN.set(lookup, known);
  return known.get(system ?? "", () => new KnownNames(lookup, system));
}
