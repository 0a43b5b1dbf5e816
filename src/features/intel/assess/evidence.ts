import type { AdvisoryHead, IntelLookup } from "../match/lookup.ts";
import type { Match, Rule } from "../match/schema.ts";
import type { Affected, Interval } from "../schema.ts";
import { compareVersions } from "../versions/order.ts";
import { covers, describeInterval } from "../versions/range.ts";
import type { Because } from "./schema.ts";

/** A match with the record and the affected item that made it. */
export interface Evidence {
  match: Match;
  head: AdvisoryHead;
  item: Affected;
  /** The interval that holds the version; null when it is listed, or every version is affected. */
  interval: Interval | null;
}

/** Heads are read from the file once per assessment. */
export function headReader(lookup: IntelLookup): (record: number) => AdvisoryHead {
  const heads = new Map<number, AdvisoryHead>();
  return (record) => {
    const known = heads.get(record) ?? lookup.head(record);
    heads.set(record, known);
    return known;
  };
}

export function evidenceOf(match: Match, head: AdvisoryHead): Evidence | null {
  const item = head.affected[match.affected];
  if (item === undefined) return null;
  const { version } = match;
  const interval = version === null ? null : (item.intervals.find((one) => covers(item.scheme, one, version)) ?? null);
  return { match, head, item, interval };
}

/** Nearest identity first: what the component's own package manager calls it says most. */
const RULES: readonly Rule[] = ["package", "cpe", "linux-kernel", "module-name", "same-product", "vendor-product"];

/** The evidence that explains a finding best: by rule, then a range with a fix, then any range, then the record's id. */
export function bestEvidence(all: readonly [Evidence, ...Evidence[]]): Evidence {
  const [best] = [...all].sort(
    (a, b) =>
      RULES.indexOf(a.match.rule) - RULES.indexOf(b.match.rule) ||
      weight(b) - weight(a) ||
      order(a.head.id, b.head.id) ||
      order(a.head.source, b.head.source) ||
      a.match.affected - b.match.affected,
  );
  return best ?? all[0];
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const weight = ({ interval }: Evidence) => (interval === null ? 0 : interval.fixed === null ? 1 : 2);

export function becauseOf({ match, head, item, interval }: Evidence): Because {
  return {
    rule: match.rule,
    range: `${match.identity} ${rangeText(item, interval, match.version)}`,
    source: head.source,
    record: head.id,
  };
}

function rangeText(item: Affected, interval: Interval | null, version: string | null): string {
  if (interval !== null) return describeInterval(interval);
  if (version !== null && item.versions.length > 0) return `= ${version} (listed)`;
  return item.exceptions.length === 0
    ? "every version"
    : `every version but ${item.exceptions.slice(0, 3).map(describeInterval).join("; ")}`;
}

/** First good versions after this one, as the matched ranges name them, oldest first and each once. */
export function fixesOf(all: readonly Evidence[]): string[] {
  const fixes: { text: string; scheme: Affected["scheme"] }[] = [];
  for (const { item, interval, match } of all)
    for (const text of [exceptionAfter(item, match.version), interval?.fixed ?? null])
      if (text !== null && !fixes.some((known) => compareVersions(item.scheme, known.text, text) === 0))
        fixes.push({ text, scheme: item.scheme });
  return fixes.sort((a, b) => compareVersions(a.scheme, a.text, b.text)).map(({ text }) => text);
}

/** Where the stream this version belongs to became good: CVE records say `unaffected: 5.10.209 to 5.10.*` inside a wider range. */
function exceptionAfter({ exceptions, scheme }: Affected, version: string | null): string | null {
  if (version === null) return null;
  const later = exceptions
    .flatMap(({ from, fromInclusive }) => (from !== null && from !== "0" && fromInclusive ? [from] : []))
    .filter((from) => compareVersions(scheme, from, version) > 0)
    .sort((a, b) => compareVersions(scheme, a, b));
  return later[0] ?? null;
}
