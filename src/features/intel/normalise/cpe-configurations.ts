import * as z from "zod";
import { formatCpe } from "../identity/cpe.ts";
import { keyText } from "../identity/cpe-value.ts";
import type { Affected, Interval } from "../schema.ts";
import { affected, interval } from "./affected.ts";
import { anyVersion, readCpe, schemeOfCpe } from "./cpe-name.ts";
import { streamInterval } from "./range-text.ts";

const text = z.string().nullish();

const CpeMatch = z.object({
  vulnerable: z.boolean(),
  criteria: z.string(),
  versionStartIncluding: text,
  versionStartExcluding: text,
  versionEndIncluding: text,
  versionEndExcluding: text,
});
type CpeMatch = z.infer<typeof CpeMatch>;

const Node = z.object({ operator: text, negate: z.boolean().nullish(), cpeMatch: z.array(CpeMatch) });

/** CPE applicability as NVD's API and CVE records write it (`configurations`, `cpeApplicability`). */
export const CpeConfiguration = z.object({ operator: text, negate: z.boolean().nullish(), nodes: z.array(Node) });
export type CpeConfiguration = z.infer<typeof CpeConfiguration>;

/**
 * Configurations as affected CPE names. Under an AND, each vulnerable name holds only where one of the names ANDed with it
 * is present; of several such groups the narrowest is kept. Negated configurations are told as undecidable.
 */
export function affectedByCpe(configurations: readonly CpeConfiguration[]): Affected[] {
  const found = new Map<string, Affected>();
  for (const { operator, negate, nodes } of configurations) {
    const groups = nodes.flatMap(({ operator: within, cpeMatch }) =>
      within === "AND" ? cpeMatch.map((match) => [match]) : [cpeMatch],
    );
    const anded = operator === "AND" || nodes.some((node) => node.operator === "AND");
    const negated = negate === true || nodes.some((node) => node.negate === true);
    const conditions = anded
      ? groups.map((group) => ({ group, names: [...new Set(group.flatMap(platformName))] }))
      : [];
    const narrowest = conditions
      .filter(({ names }) => names.length > 0)
      .sort((a, b) => a.names.length - b.names.length);
    for (const group of groups) {
      const platforms = narrowest.find((other) => other.group !== group)?.names ?? [];
      const suffix = platforms.join(" ");
      for (const match of group) if (match.vulnerable) addMatch(found, match, platforms, suffix, negated);
    }
  }
  return [...found.values()].map((item) => ({ ...item, versions: [...new Set(item.versions)] }));
}

/** A platform's version range cannot be said in a name: any version of it then counts. */
function platformName(match: CpeMatch): string[] {
  const cpe = readCpe(match.criteria);
  return cpe === null ? [] : [formatCpe(cpe)];
}

function addMatch(
  found: Map<string, Affected>,
  match: CpeMatch,
  platforms: string[],
  suffix: string,
  negated: boolean,
): void {
  const name = readCpe(match.criteria);
  if (name === null || (keyText(name.vendor) === "null" && keyText(name.product) === "null")) return;
  const cpe = anyVersion(name);
  const key = `${cpe} ${suffix}`;
  const item = found.get(key) ?? affected({ cpe }, { scheme: schemeOfCpe(name), platforms });
  found.set(key, item);
  const version = keyText(name.version);
  const range = rangeOf(match) ?? streamInterval(version, item.scheme);
  if (negated) item.undecidable.push(`everything but ${match.criteria}`);
  else if (range !== null) item.intervals.push(range);
  else if (version === "*" || (version === "-" && keyText(name.part) === "h")) item.everyVersion = true;
  else if (version === "-") item.undecidable.push(`${match.criteria}: no version is stated`);
  else item.versions.push(version);
}

function rangeOf(match: CpeMatch): Interval | null {
  const from = match.versionStartIncluding ?? match.versionStartExcluding ?? null;
  const to = match.versionEndIncluding ?? match.versionEndExcluding ?? null;
  if (from === null && to === null) return null;
  return interval({
    from,
    fromInclusive: match.versionStartExcluding == null || match.versionStartIncluding != null,
    to,
    toInclusive: match.versionEndIncluding != null,
    fixed: match.versionEndIncluding == null ? to : null,
  });
}
