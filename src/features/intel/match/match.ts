import type { Component } from "../../devices/sbom/schema.ts";
import { answer } from "./answer.ts";
import { systemOf } from "./identify.ts";
import type { IntelLookup } from "./lookup.ts";
import { namesIn } from "./names-in.ts";
import { PresentPlatforms } from "./platforms.ts";
import type { Match, MatchOptions, MatchResult, Withheld } from "./schema.ts";

/**
 * Which records of the intelligence hold which components, and for the components nothing could be asked about, why.
 * Pure: the lookup is the only source, and the same input gives the same output. A component without any hit that could be
 * asked about is clean and in neither list.
 */
export function matchComponents(
  lookup: IntelLookup,
  components: readonly Component[],
  { asOf, among = () => true }: MatchOptions = { asOf: null },
): MatchResult {
  const result: MatchResult = { matches: [], unmatched: [], withheld: [] };
  const names = namesIn(lookup, systemOf(components));
  const platforms = new PresentPlatforms(lookup, components);
  const whyWithheld = (match: Match) => why(lookup, match, platforms, asOf);
  for (let number = 0; number < components.length; number++) {
    const component = components[number] as Component;
    if (!among(component)) continue;
    const before = result.matches.length;
    if (before >= MOST_MATCHES) {
      result.unmatched.push({ component: number, reason: TOO_MANY });
      continue;
    }
    const reason = answer(names, component, number, result.matches);
    if (reason !== null) result.unmatched.push({ component: number, reason });
    else if (result.matches.length > before) withhold(result, before, whyWithheld);
  }
  return result;
}

/**
 * Forty times what the largest real documents have. Without an end, a few thousand parts that each say to be another version of the Linux
 * kernel would fill the memory of a server.
 */
const MOST_MATCHES = 100_000;
const TOO_MANY = `Not compared: the parts before it have ${MOST_MATCHES.toLocaleString("en")} findings already. Does the document list a part in many versions that the device does not have? Else split it`;

/** Takes out of the matches, from one place on, those that what surrounds them speaks against. */
function withhold(
  { matches, withheld }: MatchResult,
  from: number,
  why: (match: Match) => Withheld["because"] | null,
): void {
  let kept = from;
  for (let i = from; i < matches.length; i++) {
    const match = matches[i] as Match;
    const because = why(match);
    if (because !== null) withheld.push({ component: match.component, entry: match.entry, because });
    else matches[kept++] = match;
  }
  matches.length = kept;
}

function why(
  lookup: IntelLookup,
  match: Match,
  platforms: PresentPlatforms,
  asOf: Date | null,
): Withheld["because"] | null {
  const publishedAt = asOf === null ? null : lookup.state(match.record).publishedAt;
  if (asOf !== null && publishedAt !== null && publishedAt > asOf) return "published-later";
  if (!lookup.isNarrowed(match.entry)) return null;
  return platforms.holdFor(match) ? null : "platform";
}
