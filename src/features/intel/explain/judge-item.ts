import { fixesOf } from "../assess/evidence.ts";
import { type Cpe, type CpeAttribute, parseCpe } from "../identity/cpe.ts";
import { keyText } from "../identity/cpe-value.ts";
import { cpeMeets, readCpe } from "../match/cpe-meets.ts";
import type { Affected } from "../schema.ts";
import { compareVersions } from "../versions/order.ts";
import { covers } from "../versions/range.ts";
import { isListed, placed } from "./place.ts";
import type { Relation } from "./relations.ts";
import type { ExplainedItem, PlacedRange } from "./schema.ts";

const APPLICATION = parseCpe("cpe:2.3:a:*:*:*:*:*:*:*:*:*:*");
const ANYTHING = parseCpe("cpe:2.3:*:*:*:*:*:*:*:*:*:*:*");

/** Matching's own answer for an item and a component: held, held but for an absent platform, or not held. */
export type Outcome = "hit" | "platform" | "none";

/**
 * What one affected item says of a component it names, and which of its ranges, lists, exceptions or platforms decided.
 */
export function judgeItem(item: Affected, relation: Relation, outcome: Outcome): ExplainedItem {
  const { question, identity, rule } = relation;
  const version = question.fullVersion ?? question.version;
  const ranges = inOrder(item).map((one) => placed(item.scheme, one, version));
  const exceptions = item.exceptions.map((one) => placed(item.scheme, one, version));
  const here = isListed(item.scheme, item.versions, version) || isListed(item.scheme, item.versions, question.version);
  const facts = { item, version, ranges, exceptions, here };
  const differs = item.cpe === null ? null : differingAttribute(readCpe(item.cpe), question.cpe ?? APPLICATION);
  const { says, why } = verdictOf(facts, outcome, differs);
  const interval = version === null ? null : (item.intervals.find((one) => covers(item.scheme, one, version)) ?? null);
  const match = { component: 0, entry: 0, record: 0, affected: 0, rule, identity, version };
  return {
    identity,
    rule,
    version,
    says,
    why,
    scheme: item.scheme,
    ranges,
    exceptions,
    listed: { count: item.versions.length, here },
    everyVersion: item.everyVersion,
    platforms: item.platforms,
    undecidable: item.undecidable,
    fixedIn: says === "affected" ? fixesOf([{ match, head: EMPTY_HEAD, item, interval }]) : [],
  };
}

const inOrder = ({ intervals, scheme }: Affected) =>
  intervals.toSorted(
    (a, b) => compareVersions(scheme, a.from ?? "", b.from ?? "") || compareVersions(scheme, a.to ?? "", b.to ?? ""),
  );

/** `fixesOf` reads the item and the version only. */
const EMPTY_HEAD = {
  id: "",
  aliases: [],
  source: "",
  title: "",
  publishedAt: null,
  modifiedAt: null,
  withdrawnAt: null,
  severities: [],
  affected: [],
};

interface Facts {
  item: Affected;
  version: string | null;
  ranges: PlacedRange[];
  exceptions: PlacedRange[];
  here: boolean;
}

function verdictOf(
  { item, version, ranges, exceptions, here }: Facts,
  outcome: Outcome,
  differs: string | null,
): Pick<ExplainedItem, "says" | "why"> {
  const inside = ranges.find(({ place }) => place === "inside");
  const excepted = exceptions.find(({ place }) => place === "inside");
  const held =
    inside !== undefined
      ? `${version ?? "every version"} lies in ${inside.range}`
      : here
        ? `${version} is one of the ${item.versions.length} versions it lists`
        : "it holds for every version";
  if (outcome === "hit") return { says: "affected", why: held };
  if (outcome === "platform")
    return { says: "platform-absent", why: `${held}, but only on ${listed(item.platforms)}, and no part is that` };
  if (differs !== null) return { says: "other-product", why: differs };
  if (excepted?.range === "every version") return { says: "not-affected", why: "it says that no version is affected" };
  if (excepted !== undefined)
    return { says: "not-affected", why: `it says that ${excepted.range} is not affected, and ${version} lies there` };
  if (inside !== undefined || here || item.everyVersion)
    return { says: "not-decided", why: version === null ? noVersion(exceptions) : noPlace(item, version) };
  if ([...ranges, ...exceptions].some(({ place }) => place === "not-decided"))
    return { says: "not-decided", why: version === null ? noVersion(ranges) : noPlace(item, version) };
  if (ranges.length === 0 && item.versions.length === 0)
    return {
      says: "not-decided",
      why: item.undecidable.length > 0 ? `it says only ${quoted(item.undecidable)}` : "it names no version",
    };
  if (version === null) return { says: "not-decided", why: noVersion(ranges) };
  if (isSilentOnStream(item, version))
    return {
      says: "not-decided",
      why: `it lists the fixes of stable streams and none for the stream ${streamOf(version)}`,
    };
  return { says: "not-affected", why: outside(item, version, ranges) };
}

const streamOf = (version: string) => /^\d+\.\d+/.exec(version)?.[0] ?? version;

/** A list of fixes by stable stream (`5.10` to `5.10.97`) says nothing of a stream it leaves out: neither hurt nor mended. */
const isSilentOnStream = ({ scheme, intervals, versions }: Affected, version: string): boolean =>
  scheme === "linux" &&
  versions.length === 0 &&
  intervals.every(({ from, fixed }) => from !== null && fixed?.startsWith(`${from}.`) === true) &&
  intervals.every(({ from }) => from !== streamOf(version));

const noVersion = (ranges: readonly PlacedRange[]) =>
  `the component has no version to compare with ${ranges[0]?.range ?? "the versions listed"}`;
const noPlace = (item: Affected, version: string) =>
  `${version} or a bound of the range has no place in the order of ${item.scheme} versions`;

/** Which bound decided: the ranges are in order, and the nearest on either side say most. */
function outside(item: Affected, version: string, ranges: readonly PlacedRange[]): string {
  const after = ranges.filter(({ place }) => place === "after");
  const before = ranges.filter(({ place }) => place === "before");
  const [last] = after.slice(-1);
  const [next] = before;
  const list =
    item.versions.length === 0 ? "" : `${version} is not among the ${item.versions.length} versions it lists`;
  if (last !== undefined && next !== undefined) return `${version} lies between ${last.range} and ${next.range}`;
  if (last !== undefined) return `${version} is later than ${last.range}`;
  if (next !== undefined) return `${version} is earlier than ${next.range}`;
  return list;
}

const NARROWING: readonly [CpeAttribute, string][] = [
  ["part", "part"],
  ["update", "update"],
  ["edition", "edition"],
  ["language", "language"],
  ["swEdition", "software edition"],
  ["targetSw", "target software"],
  ["targetHw", "target hardware"],
  ["other", "other"],
];

/** The first attribute in which a record's CPE pattern and the component's name exclude each other; null when they meet. */
function differingAttribute(pattern: Cpe | null, name: Cpe): string | null {
  if (pattern === null || cpeMeets(pattern, name)) return null;
  const found = NARROWING.find(([attribute]) => !cpeMeets({ ...ANYTHING, [attribute]: pattern[attribute] }, name));
  if (found === undefined) return "its CPE pattern and the component's name exclude each other";
  const [attribute, word] = found;
  return `it is about ${word} ${attributeText(pattern[attribute])}, the component is ${attributeText(name[attribute])}`;
}

const attributeText = (value: Cpe[CpeAttribute]): string => {
  const text = keyText(value);
  return text === "*" ? "not stated" : text === "-" ? "none" : text;
};

const listed = (names: readonly string[]) =>
  names.length <= 2 ? names.join(" or ") : `${names.slice(0, 2).join(", ")} or ${names.length - 2} others`;
export const quoted = (texts: readonly string[]) =>
  texts
    .slice(0, 3)
    .map((text) => `"${text}"`)
    .join(", ");
