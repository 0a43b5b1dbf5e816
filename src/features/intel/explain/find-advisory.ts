import { Fault } from "../../../lib/fault.ts";
import { nearest } from "../../../lib/nearest.ts";
import type { IntelLookup } from "../match/lookup.ts";

/** How much there is to look through: an intelligence file says so about itself. */
export interface Extent {
  records: number;
  vulnerabilities: number;
}

/**
 * The vulnerabilities an id stands for: one for a CVE, GHSA or other alias, several for an advisory that speaks of several
 * CVEs (`DSA-5417-1`, `ICSMA-19-248-01`). Fault `not_found` names the sources that were searched with their ages, and near ids.
 */
export function findVulnerabilities(lookup: IntelLookup, extent: Extent, id: string, now: Date): number[] {
  const wanted = id.trim().toUpperCase();
  const ids: string[] = [];
  for (let number = 0; number < extent.vulnerabilities; number++)
    for (const known of lookup.vulnerability(number).ids) {
      if (known.toUpperCase() === wanted) return [number];
      ids.push(known);
    }
  const found = wanted === "" ? [] : inRecords(lookup, extent.records, wanted);
  if (found.length > 0) return found;
  throw new Fault("not_found", `No record has the id "${id.slice(0, 60)}". Searched: ${searched(lookup, now)}`, {
    at: "--advisory",
    fix: advice(wanted, ids),
  });
}

/** A record of several CVEs has an id of its own, and CSAF documents one for all their parts. */
function inRecords(lookup: IntelLookup, records: number, wanted: string): number[] {
  const found = new Set<number>();
  for (let record = 0; record < records; record++) {
    const id = lookup.head(record).id.toUpperCase();
    if (id !== wanted && !id.startsWith(`${wanted}/`)) continue;
    for (const vulnerability of lookup.vulnerabilitiesOf(record)) found.add(vulnerability);
  }
  return [...found];
}

const DAY_MS = 86_400_000;

/** So many sources are named each; of more, the newest and the oldest. */
const MOST_NAMED = 8;

function searched(lookup: IntelLookup, now: Date): string {
  const feeds = lookup.feeds.filter(({ records }) => records > 0);
  const aged = ({ name, newestAt }: (typeof feeds)[number]) => {
    if (newestAt === null) return `${name} (not dated)`;
    const days = Math.max(0, Math.floor((now.getTime() - Date.parse(newestAt)) / DAY_MS));
    return `${name} (newest ${newestAt.slice(0, 10)}, ${days} days old)`;
  };
  if (feeds.length <= MOST_NAMED) return feeds.map(aged).join(", ");
  const dated = feeds
    .filter(({ newestAt }) => newestAt !== null)
    .sort((a, b) => (b.newestAt ?? "").localeCompare(a.newestAt ?? ""));
  const ends = [dated[0], dated.at(-1)].filter((feed) => feed !== undefined).map(aged);
  return `${feeds.length} sources, from ${ends.join(" to ")}; cordon intel status lists them all`;
}

/** Near ids are of the same kind and year, so that a slip of one digit is found and nothing far off is offered. */
function advice(wanted: string, ids: readonly string[]): string {
  const family = /^[A-Z]+-(?:\d{4}-)?/.exec(wanted)?.[0] ?? "";
  const kin =
    family === ""
      ? []
      : ids.filter((id) => id.toUpperCase().startsWith(family) && Math.abs(id.length - wanted.length) <= 1);
  const oneOff = kin.filter((id) => slips(id.toUpperCase(), wanted) <= 1).sort();
  if (oneOff.length > 0) return `Near: ${oneOff.slice(0, 5).join(", ")}`;
  const near = kin.length > 0 && kin.length < 5000 ? nearest(wanted, kin) : null;
  return near === null
    ? "It may be newer than these sources, or none of them carries it: refresh the feeds and run `cordon intel build`"
    : `The nearest is ${near}; or it is newer than these sources`;
}

/** Letters that differ at the same place, where both are as long; one where one letter is missing. */
function slips(a: string, b: string): number {
  if (a.length === b.length) return [...a].filter((letter, i) => letter !== b[i]).length;
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  for (let i = 0; i < long.length; i++) if (long.slice(0, i) + long.slice(i + 1) === short) return 1;
  return 2;
}
