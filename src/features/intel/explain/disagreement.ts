import type { SourceSays } from "../assess/schema.ts";
import type { Scheme } from "../schema.ts";
import { compareVersions } from "../versions/order.ts";
import type { ExplainedItem } from "./schema.ts";

/** What one record says of the component, item by item. */
export interface RecordWords {
  source: string;
  record: string;
  items: readonly Pick<ExplainedItem, "says" | "scheme" | "fixedIn">[];
}

type Said = SourceSays & { scheme: Scheme };

/**
 * Where sources that speak of one component disagree: one says affected and another not, or two name first good versions
 * in one order of versions and none in common. Null when they agree. What cannot be decided, or is withdrawn, is no word.
 */
export function disagreementOf(records: readonly RecordWords[]): SourceSays[] | null {
  const said = [...Map.groupBy(records, ({ source }) => source).values()].flatMap(wordOf);
  const affected = said.filter(({ says }) => says === "affected");
  const differ =
    (affected.length > 0 && affected.length < said.length) ||
    affected.some((one) => affected.some((other) => fixesDiffer(one, other)));
  return differ ? said.map(({ scheme: _, ...word }) => word) : null;
}

/** A source's records together: affected if one says so. */
function wordOf(records: readonly RecordWords[]): Said[] {
  const items = records.flatMap(({ record, items }) => items.map((item) => ({ record, item })));
  const hits = items.filter(({ item }) => item.says === "affected");
  const word = hits[0] ?? items.find(({ item }) => item.says === "not-affected");
  const [first] = records;
  if (word === undefined || first === undefined) return [];
  const fixedIn = [
    ...new Set(hits.filter(({ item }) => item.scheme === word.item.scheme).flatMap(({ item }) => item.fixedIn)),
  ];
  const says = hits.length > 0 ? "affected" : "not-affected";
  return [{ source: first.source, record: word.record, says, fixedIn, scheme: word.item.scheme }];
}

function fixesDiffer(one: Said, other: Said): boolean {
  if (one.scheme !== other.scheme || one.fixedIn.length === 0 || other.fixedIn.length === 0) return false;
  return !one.fixedIn.some((a) => other.fixedIn.some((b) => compareVersions(one.scheme, a, b) === 0));
}
