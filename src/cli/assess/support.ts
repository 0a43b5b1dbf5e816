import type { Assessment, PartSupport } from "../../features/intel/assess/schema.ts";
import { bucketOf } from "../../features/intel/support/bucket.ts";
import type { SupportLevel } from "../../features/intel/support/schema.ts";
import { count, labelOf } from "./sentences.ts";

/** Parts that one record says the same of: a whole distribution release is one line. */
export interface SupportGroup {
  what: string;
  /** "ended on 2023-09-11" */
  state: string;
  said: string;
  newest: string | null;
  urgent: boolean;
}

export interface SupportSummary {
  groups: SupportGroup[];
  /** Parts with a longer support, and parts nothing is known about. */
  longer: number;
  unknown: number;
}

/** The counts in one sentence. */
export function supportSentence({ groups, longer, unknown }: SupportSummary): string {
  const listed =
    groups.length === 0
      ? "No part's support is known to have ended or to end within 12 months"
      : "Ended first, then what ends within 12 months";
  return `${listed}; ${count(longer, "part")} supported longer, ${count(unknown, "part")} unknown (each with the reason in --format json).`;
}

const ORDER: readonly SupportLevel[] = ["ended", "unmaintained", "limited"];

/** What ended, what is about to end within twelve months of the assessed day, and how many are not known. Null without support data. */
export function supportSummary({ support, asOf }: Assessment): SupportSummary | null {
  if (support === undefined || support.length === 0) return null;
  const day = asOf.slice(0, 10);
  const known = support.filter((part) => bucketOf(part, day) !== "unknown");
  const shown = known.filter((part) => bucketOf(part, day) !== "longer");
  const groups = [...Map.groupBy(shown, groupKey).values()].sort(([a], [b]) => (a && b ? inOrder(a, b) : 0));
  return {
    groups: groups.flatMap((parts) => groupOf(parts)),
    longer: known.length - shown.length,
    unknown: support.length - known.length,
  };
}

const isOut = ({ level }: PartSupport) => level === "ended" || level === "unmaintained" || level === "limited";

const groupKey = ({ component, level, endsOn, cycle, because }: PartSupport) =>
  JSON.stringify([level, endsOn, cycle, because.record, because.rule === "distribution" ? "" : labelOf(component)]);

function inOrder(a: PartSupport, b: PartSupport): number {
  const rank = (part: PartSupport) => (isOut(part) ? ORDER.indexOf(part.level) : ORDER.length);
  const [dayA, dayB] = [a.endsOn ?? "9999", b.endsOn ?? "9999"];
  return rank(a) - rank(b) || (dayA < dayB ? -1 : dayA > dayB ? 1 : 0);
}

function groupOf(parts: readonly PartSupport[]): SupportGroup[] {
  const [first] = parts;
  if (first === undefined) return [];
  const what =
    parts.length === 1 ? labelOf(first.component) : `${first.cycle ?? labelOf(first.component)}: ${parts.length} parts`;
  return [{ what, state: stateOf(first), said: first.because.said, newest: first.latest, urgent: isOut(first) }];
}

function stateOf({ level, endsOn, because }: PartSupport): string {
  const day = endsOn ?? "";
  if (level === "ended") return endsOn === null ? "ended" : `ended on ${day}`;
  if (level === "limited" && because.rule === "debian-list") return "limited by Debian";
  if (level === "limited")
    return `limited: extended support only, ${endsOn === null ? "no end announced" : `until ${day}`}`;
  return level === "unmaintained" ? "unmaintained" : `ends on ${day}`;
}
