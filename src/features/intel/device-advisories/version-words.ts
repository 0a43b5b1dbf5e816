import { isListed, placeIn } from "../explain/place.ts";
import { readRangeText } from "../normalise/range-text.ts";
import type { Affected, Interval } from "../schema.ts";
import { describeInterval } from "../versions/range.ts";
import type { ProductName } from "./product-name.ts";
import { plainWords } from "./words.ts";

export interface VersionWord {
  says: "affected" | "not-affected" | "not-decided";
  evidence: string;
}

interface Readable {
  intervals: Interval[];
  versions: string[];
  everyVersion: boolean;
  /** What the words add to the range: "integrated into GE MobileLink". */
  conditions: string[];
  undecidable: string[];
}

/** What the advisory's words say of the version, with the words. Dates, editions and serial numbers are quoted, not guessed at. */
export function judgeVersion(
  item: Affected,
  name: ProductName,
  asked: { version: string | null; model: string | null },
): VersionWord {
  const model = modelListed(item, asked.model);
  if (model !== null) return { says: "affected", evidence: `Model: the advisory lists "${model}"` };
  const said = readable(item);
  const version = asked.version === null ? null : bare(asked.version);
  const condition =
    said.conditions.length === 0 ? "" : ` (where: ${said.conditions.map((one) => `"${one}"`).join(", ")})`;
  if (said.everyVersion) return ofName(name, version, condition);
  if (version === null)
    return {
      says: "not-decided",
      evidence: `Version: the advisory is about ${rangeText(said)}; state the version to decide${condition}`,
    };
  const comparable = said.intervals.filter((one) => countsAlike(version, one));
  const held = comparable.find(
    (one) => placeIn(item.scheme, one, version) === "inside" || isOfEnd(version, one, item.scheme),
  );
  if (held !== undefined)
    return { says: "affected", evidence: `Version: ${version} lies in ${describeInterval(held)}${condition}` };
  if (isListed(item.scheme, said.versions, version))
    return { says: "affected", evidence: `Version: ${version} is listed${condition}` };
  const earlier = comparable.find((one) => goesOnFrom(version, one, item.scheme));
  if (earlier !== undefined)
    return {
      says: "not-decided",
      evidence: `Version: ${version} goes on from ${earlier.to}, up to which the advisory speaks; whether it is meant too, it does not say`,
    };
  if (said.undecidable.length > 0)
    return {
      says: "not-decided",
      evidence: `Version: the words ${said.undecidable
        .slice(0, 3)
        .map((text) => `"${text}"`)
        .join(", ")} cannot be compared with ${version}`,
    };
  if (
    comparable.length < said.intervals.length ||
    comparable.some((one) => placeIn(item.scheme, one, version) === "not-decided")
  )
    return { says: "not-decided", evidence: `Version: ${version} has no place in ${rangeText(said)}` };
  return { says: "not-affected", evidence: `Version: ${version} is outside ${rangeText(said)}` };
}

/** Every version of a product whose name holds a version is every version of that line. */
function ofName({ versions }: ProductName, version: string | null, condition: string): VersionWord {
  if (versions.length === 0) return { says: "affected", evidence: `Version: every version${condition}` };
  if (version === null)
    return {
      says: "not-decided",
      evidence: `Version: the product's name says ${versions.join(", ")}; state the version to decide`,
    };
  const line = versions.find((one) => isOfLine(version, one));
  return line === undefined
    ? {
        says: "not-affected",
        evidence: `Version: the product's name says ${versions.join(", ")}, and ${version} is none of these`,
      }
    : { says: "affected", evidence: `Version: ${version} is of the ${line} that the product's name says` };
}

const isOfLine = (version: string, line: string) => {
  const stem = line.replace(/\.x$/, "");
  return version === stem || version.startsWith(`${stem}.`);
};

/** "Up to N" where a letter names a whole revision: `N.01` is one of it. */
const isOfEnd = (version: string, range: Interval, scheme: Affected["scheme"]): boolean =>
  /^[a-z]$/i.test(range.to ?? "") && goesOnFrom(version, range, scheme);

/** `3.1.5` where the range ends with 3.1: the words may mean all of 3.1. */
const goesOnFrom = (version: string, range: Interval, scheme: Affected["scheme"]): boolean =>
  range.to !== null &&
  range.toInclusive &&
  version.toLowerCase().startsWith(`${range.to.toLowerCase()}.`) &&
  placeIn(scheme, { ...range, to: version }, version) === "inside";

/** `L80` and `012U000040` are counted in different ways: one begins with a letter, the other with a digit. */
const countsAlike = (version: string, { from, to }: Interval): boolean =>
  [from, to].every((bound) => bound === null || bound === "0" || /^[a-z]/i.test(bound) === /^[a-z]/i.test(version));

const bare = (version: string) => version.trim().replace(/^(?:version|ver\.?|v|release|rel\.?)[ .]?(?=[\dA-Z])/i, "");

/** Text behind the range is a condition on it; without it many ranges read plainly. */
function readable({ intervals, versions, everyVersion, undecidable, scheme }: Affected): Readable {
  const said: Readable = {
    intervals: [...intervals],
    versions: [...versions],
    everyVersion,
    conditions: [],
    undecidable: [],
  };
  for (const text of undecidable) {
    const [, range = "", inside, after] =
      /^(.*?)\s*(?:\(([^()]*)\)|\b(?:on|with|running)\b (.+))$/i.exec(text.trim()) ?? [];
    const read = range === "" ? null : readRangeText(range, scheme);
    if (read === null) said.undecidable.push(text);
    else {
      said.intervals.push(...read.intervals);
      said.versions.push(...read.versions);
      said.everyVersion ||= read.everyVersion;
      said.conditions.push(inside ?? after ?? "");
    }
  }
  return said;
}

function rangeText({ intervals, versions, undecidable }: Readable): string {
  const texts = [
    ...intervals.map(describeInterval),
    ...versions.slice(0, 6).map((one) => `= ${one}`),
    ...undecidable.map((one) => `"${one}"`),
  ];
  return texts.length === 0 ? "versions it does not name" : texts.slice(0, 6).join("; ");
}

/** Some advisories write model numbers where versions belong: "MMT-1715", "882300 Gemini 16 Slice". */
function modelListed({ versions, undecidable }: Affected, model: string | null): string | null {
  const wanted = model === null ? "" : plainWords(model).join("");
  if (wanted.length < 3 || !/\d/.test(wanted)) return null;
  return [...versions, ...undecidable].find((text) => modelsIn(text).has(wanted)) ?? null;
}

const modelsIn = (text: string): ReadonlySet<string> => {
  const words = plainWords(text);
  return new Set([...words, ...words.map((word, i) => word + (words[i + 1] ?? ""))]);
};
