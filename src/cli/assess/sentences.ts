import type { Assessment, Finding, Rating } from "../../features/intel/assess/schema.ts";
import { compareVersions } from "../../features/intel/versions/order.ts";
import { ageInWords, STALE_DAYS, youngestDays } from "../age.ts";
import { plain } from "../run-action.ts";

/** A part for people; tools that write `name@version` into the name say it once. */
export const labelOf = ({ name, version }: { name: string; version: string | null }): string =>
  version === null || name.endsWith(`@${version}`) || name.endsWith(`-${version}`) ? name : `${name} ${version}`;

/** The same sentences in the table and on the page. */
export function headSentence({ subject, components, findings }: Assessment): string {
  const exploited = findings.filter((finding) => finding.exploited !== null).length;
  const name = plain(`${subject.name} ${subject.version ?? ""}`.trim());
  const found =
    findings.length === 0
      ? "no findings"
      : `${count(findings.length, "finding")} (${ratingCounts(findings.map((f) => f.severity.rating))})`;
  return `${name}: ${count(components, "component")}, ${found}${exploited === 0 ? "" : `, ${exploited} exploited in the wild`}`;
}

function ratingCounts(ratings: readonly Rating[]): string {
  const order: Rating[] = ["critical", "high", "medium", "low", "none", "unknown"];
  return order
    .map((rating): [Rating, number] => [rating, ratings.filter((one) => one === rating).length])
    .filter(([, number]) => number > 0)
    .map(([rating, number]) => `${number} ${rating === "unknown" ? "not rated" : rating}`)
    .join(", ");
}

/** How old the knowledge is: the newest record of all sources, and the sources that are much older. */
export function ageSentence({ feeds, asOf, assessedAt }: Assessment): { text: string; old: boolean } {
  const as = asOf.slice(0, 10) === assessedAt.slice(0, 10) ? "" : `As of ${asOf.slice(0, 10)}. `;
  const youngest = youngestDays(feeds);
  if (youngest === null) return { text: `${as}No source dates its records; their age is not known.`, old: true };
  const stale = feeds.filter(({ ageDays }) => ageDays !== null && ageDays > STALE_DAYS).length;
  const years = feeds.filter(({ ageDays }) => ageDays !== null && ageDays > 365).length;
  const age = youngest === 0 ? "from today" : `${ageInWords(youngest)} old`;
  const text = `${as}The newest of the intelligence is ${age}`;
  if (youngest > STALE_DAYS)
    return {
      text: `${text}: what became known since is missing${years === 0 ? "" : `, and ${years} of ${count(feeds.length, "source")} ${years === 1 ? "is" : "are"} older than a year`}. Refresh the feeds and run cordon intel build.`,
      old: true,
    };
  if (stale === 0) return { text: `${text}, and no source is older than ${STALE_DAYS} days.`, old: false };
  return {
    text: `${text}; ${stale} of ${count(feeds.length, "source")} ${stale === 1 ? "is" : "are"} older than ${STALE_DAYS} days (cordon intel status names them).`,
    old: false,
  };
}

/** The next step, which is the first of: exploited, critical or high with a fix, the rest, what is not decided, nothing. */
export function nextSentence({ findings, unmatched, asOf, assessedAt }: Assessment): string {
  const exploited = findings.filter((finding) => finding.exploited !== null);
  const first = exploited[0] ?? findings[0];
  if (first === undefined && asOf < assessedAt)
    return `Next: nothing was known against these parts by ${asOf.slice(0, 10)}; leave --as-of out for what is known now.`;
  if (first === undefined)
    return unmatched.length === 0
      ? "Next: nothing is known against these parts; assess again when the intelligence changes."
      : `Next: give the ${count(unmatched.length, "component")} not decided a package URL or CPE name and a version, then assess again.`;
  const part = plain(labelOf(first.component));
  const why = exploited.length > 0 ? "exploited in the wild" : `rated ${first.severity.rating}`;
  return `Next: ${part} (${plain(first.advisory)}, ${why}): ${fixWords(first, findings)}.`;
}

/** The version that mends this finding; where the part has more, the one that mends the most of them. */
function fixWords(first: Finding, findings: readonly Finding[]): string {
  const [nearest] = first.fixedIn;
  if (nearest === undefined) return "no fixed version is known: decide on mitigation";
  const label = labelOf(first.component);
  const ofPart = findings.filter(({ component }) => labelOf(component) === label);
  const newest = partsByWorst(ofPart)[0]?.fix ?? nearest;
  const mended = ofPart.filter(({ fixedIn }) => fixedIn.length > 0).length;
  if (mended < 2 || newest === nearest) return `update to ${plain(nearest)}`;
  const which = mended === ofPart.length ? `all ${mended}` : `${mended} of the ${ofPart.length}`;
  return `update to ${plain(newest)}, which mends ${which} findings of this part (${plain(nearest)} this one)`;
}

export interface PartSummary {
  part: string;
  total: number;
  exploited: number;
  critical: number;
  high: number;
  /** The newest version any of its findings is fixed in: updating there mends the most. Null when none is named. */
  fix: string | null;
}

/** Findings by part, in the order of the worst finding of each. */
export function partsByWorst(findings: readonly Finding[]): PartSummary[] {
  const parts = new Map<string, PartSummary>();
  for (const { component, exploited, severity, fixedIn } of findings) {
    const part = labelOf(component);
    const sum = parts.get(part) ?? { part, total: 0, exploited: 0, critical: 0, high: 0, fix: null };
    parts.set(part, sum);
    sum.total++;
    if (exploited !== null) sum.exploited++;
    if (severity.rating === "critical") sum.critical++;
    if (severity.rating === "high") sum.high++;
    const nearest = fixedIn[0];
    if (nearest !== undefined && (sum.fix === null || compareVersions("generic", nearest, sum.fix) > 0))
      sum.fix = nearest;
  }
  return [...parts.values()];
}

export const count = (number: number, noun: string): string =>
  `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

/** Where sources disagree on one finding: "nvd: affected, fixed in 1.2.3; cve: not affected". */
export const differenceSentence = (said: NonNullable<Finding["disagreement"]>): string =>
  said
    .map(
      ({ source, says, fixedIn }) =>
        `${source}: ${says === "affected" ? "affected" : "not affected"}${fixedIn.length === 0 ? "" : `, fixed in ${fixedIn.slice(0, 3).join(", ")}`}`,
    )
    .join("; ");

/** What the SBOM says of a part that the device can do without. */
export const SCOPE_WORD: Record<NonNullable<Finding["scope"]>, string> = {
  optional: "optional, by the SBOM",
  excluded: "not shipped, by the SBOM",
};
