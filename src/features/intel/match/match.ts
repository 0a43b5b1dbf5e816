import type { Component } from "../../devices/sbom/schema.ts";
import type { Cpe } from "../identity/cpe.ts";
import type { Hit } from "./answer.ts";
import { answersOf } from "./answers.ts";
import { platformPresent, readCpe } from "./cpe-meets.ts";
import { systemOf } from "./identify.ts";
import type { IntelLookup } from "./lookup.ts";
import type { Match, MatchOptions, MatchResult, Withheld } from "./schema.ts";

/**
 * Which records of the intelligence hold which components, and for the components nothing could be asked about, why.
 * Pure: the lookup is the only source, and the same input gives the same output. A component without any hit that could be
 * asked about is clean and in neither list.
 */
export function matchComponents(
  lookup: IntelLookup,
  components: readonly Component[],
  { asOf }: MatchOptions = { asOf: null },
): MatchResult {
  const result: MatchResult = { matches: [], unmatched: [], withheld: [] };
  const answers = answersOf(lookup);
  const system = systemOf(components);
  let present: Cpe[] | null = null;
  const platforms = () => {
    present ??= presentPlatforms(components);
    return present;
  };
  for (const [component, part] of components.entries()) {
    const { hits, reason } = answers.of(part, system);
    for (const hit of hits) {
      const because = whyWithheld(lookup, hit, platforms, asOf);
      if (because === null) result.matches.push(matchOf(component, hit));
      else result.withheld.push({ component, entry: hit.entry, because });
    }
    if (reason !== null) result.unmatched.push({ component, reason });
  }
  return result;
}

const matchOf = (component: number, { entry, record, affected, rule, identity, version }: Hit): Match => ({
  component,
  entry,
  record,
  affected,
  rule,
  identity,
  version,
});

function whyWithheld(
  lookup: IntelLookup,
  { record, affected, narrowed }: Hit,
  present: () => readonly Cpe[],
  asOf: Date | null,
): Withheld["because"] | null {
  const publishedAt = asOf === null ? null : lookup.state(record).publishedAt;
  if (asOf !== null && publishedAt !== null && publishedAt > asOf) return "published-later";
  if (narrowed === null) return null;
  const platforms = lookup.head(record).affected[affected]?.platforms ?? [];
  return platformsHold(platforms, narrowed.cpe, present) ? null : "platform";
}

/**
 * NVD pairs a device's firmware with its hardware. An SBOM of the firmware seldom lists the board, and the firmware runs
 * nowhere else, so hardware counts as present for it.
 */
function platformsHold(platforms: readonly string[], cpe: string | null, present: () => readonly Cpe[]): boolean {
  const patterns = platforms.map(readCpe).filter((pattern) => pattern !== null);
  const isFirmware = cpe?.startsWith("cpe:2.3:o:") === true;
  return patterns.some(
    (pattern) => (isFirmware && String(pattern.part) === "h") || platformPresent(pattern, present()),
  );
}

const LINUX = "cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*";

function presentPlatforms(components: readonly Component[]): Cpe[] {
  return components
    .flatMap(({ cpes, type, name }) =>
      cpes.length === 0 && type === "operating-system" && /^linux/i.test(name) ? [LINUX] : cpes,
    )
    .map(readCpe)
    .filter((cpe) => cpe !== null);
}
