import { isAbbreviation, isDistinctModel, isModelNumber, type ProductName, readProductName } from "./product-name.ts";

export interface Similarity {
  grade: "strong" | "weak";
  evidence: string;
}

/**
 * Whether two product names can mean one product, and why; null when they cannot. Each side may say more than the other, but
 * not both: "Alaris CC" is no "Alaris GH", and "Optima 520" no "Optima 540".
 */
export function similarity(
  asked: string,
  said: string,
  makers: ReadonlySet<string>,
  speaker = "the advisory",
): Similarity | null {
  const mine = readProductName(asked, makers);
  const theirs = readProductName(said, makers);
  if (isLeftOut(mine, theirs) || isLeftOut(theirs, mine)) return null;
  const shared = [
    ...mine.telling.filter((word) => theirs.telling.includes(word) || inSpan(word, theirs) || isMet(word, theirs)),
    ...theirs.telling.filter((word) => !mine.telling.includes(word) && (inSpan(word, mine) || isMet(word, mine))),
  ];
  if (shared.length === 0) return null;
  const family =
    mine.telling.some((word) => isOfFamily(word, theirs)) || theirs.telling.some((word) => isOfFamily(word, mine));
  const onlyMine = besides(shared, mine, theirs, asked);
  const onlyTheirs = besides(shared, theirs, mine, said);
  const distinct = mine.telling.some((word) => isDistinctModel(word) && theirs.telling.includes(word));
  if (onlyMine.length > 0 && onlyTheirs.length > 0 && !distinct) return null;
  if (shared.length === 1 && !isModelNumber(shared[0] ?? "") && saysOtherwise(mine, onlyMine, theirs, onlyTheirs))
    return null;
  const longWord = shared.some((word) => word.length >= 4);
  const model = shared.some(isModelNumber);
  if (shared.length === 1 && !longWord && !model && onlyMine.length + onlyTheirs.length > 0) return null;
  const lone = shared.length === 1 && !model && (kindsBeside(mine, theirs) || kindsBeside(theirs, mine));
  const whole = onlyMine.length + onlyTheirs.length === 0 && !lone;
  // One side alone names a model number: the other may be any of the family.
  const familyOnly = !model && [...onlyMine, ...onlyTheirs].some(isModelNumber);
  const bothMore = onlyMine.length > 0 && onlyTheirs.length > 0;
  const strong = !family && !bothMore && (whole || (!familyOnly && (shared.length >= 2 || model)));
  return { grade: strong ? "strong" : "weak", evidence: words(asked, said, shared, onlyMine, onlyTheirs, speaker) };
}

/** Beside one shared word, one side names a part or model of its own and the other another kind of thing or another span of models. */
function saysOtherwise(
  mine: ProductName,
  onlyMine: readonly string[],
  theirs: ProductName,
  onlyTheirs: readonly string[],
): boolean {
  return (
    (onlyMine.length > 0 && (isOtherThing(theirs, mine) || theirs.spans.length > 0)) ||
    (onlyTheirs.length > 0 && (isOtherThing(mine, theirs) || mine.spans.length > 0))
  );
}

/** A name that says no kind of thing may be of the kind the other says, but for programs and parts, which stand beside a device. */
const isOtherThing = (own: ProductName, other: ProductName): boolean =>
  kindsBeside(own, other) &&
  (other.generic.some((word) => !FILLERS.has(word)) || own.generic.some((word) => OF_ITS_OWN.has(word)));

const OF_ITS_OWN = new Set(
  `app application base central client controller interface line manager module network part portal programmer reader server service
  software solution station stations suite transmitter viewer web workstation workstations`.split(/\s+/),
);

/** What one name says besides what is shared: not its abbreviations, the ends of its spans, or what stands for a shared word. */
const besides = (shared: readonly string[], own: ProductName, other: ProductName, text: string): string[] =>
  own.telling.filter(
    (word) =>
      !shared.includes(word) &&
      !isAbbreviation(word, text) &&
      !inOwnSpan(word, own) &&
      !isOfFamily(word, other) &&
      !hasFamily(word, own, other) &&
      !joinedIn(other).has(word) &&
      !own.telling.some(
        (next, i) => other.telling.includes(pairAt(own, i)) && (next === word || own.telling[i + 1] === word),
      ) &&
      !own.either.some((group) => group.has(word) && shared.some((one) => group.has(one))),
  );

/** The word stands in the other name, written otherwise: in two words (`pic ix` for `picix`), or as the letters of its family. */
const isMet = (word: string, other: ProductName): boolean => joinedIn(other).has(word) || isOfFamily(word, other);

const pairAt = ({ telling }: ProductName, i: number): string => `${telling[i]}${telling[i + 1] ?? " "}`;
const joinedIn = (name: ProductName): ReadonlySet<string> => new Set(name.telling.map((_, i) => pairAt(name, i)));

/** `cx50` where the other says `CX` and no model number: any of that family. */
function isOfFamily(word: string, { telling }: ProductName): boolean {
  const [, letters = ""] = /^([a-z]{2,3})\d+[a-z]*$/.exec(word) ?? [];
  return letters !== "" && telling.includes(letters) && !telling.some(isModelNumber);
}

/** The letters themselves, on the side that says no number. */
const hasFamily = (word: string, own: ProductName, other: ProductName): boolean =>
  other.telling.some((one) => isOfFamily(one, own) && one.startsWith(word));

const isLeftOut = ({ telling }: ProductName, { without }: ProductName): boolean =>
  without.some((name) => name.every((word) => telling.includes(word)));

/** Whether one name says a kind of thing that the other does not. */
const kindsBeside = (own: ProductName, other: ProductName): boolean =>
  own.generic.some((word) => !FILLERS.has(word) && !other.generic.includes(word));

const FILLERS = new Set([
  "a",
  "all",
  "and",
  "for",
  "from",
  "in",
  "of",
  "on",
  "only",
  "or",
  "the",
  "with",
  "model",
  "models",
  "series",
  "family",
  "version",
  "versions",
  "product",
  "products",
  "device",
  "devices",
  "system",
  "systems",
  "unit",
  "units",
  "medical",
  "software",
]);

const inSpan = (word: string, { spans }: ProductName): boolean => {
  const [, letters, digits] = /^([a-z]+)(\d+)$/.exec(word) ?? [];
  return (
    digits !== undefined &&
    spans.some((span) => span.letters === letters && Number(digits) >= span.from && Number(digits) <= span.to)
  );
};

/** The two ends of a span, and the letters written alone before it. */
const inOwnSpan = (word: string, { spans }: ProductName): boolean =>
  spans.some(
    ({ letters, from, to }) =>
      word === letters || [from, to].some((end) => word === `${letters}${end}` || word === String(end)),
  );

function words(
  asked: string,
  said: string,
  shared: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
  speaker: string,
): string {
  const more = [
    ...(mine.length === 0 ? [] : [`yours also says ${mine.join(", ")}`]),
    ...(theirs.length === 0 ? [] : [`${speaker} also says ${theirs.join(", ")}`]),
  ];
  return `Product: "${said.trim()}" and "${asked.trim()}" share ${shared.join(", ")}${more.length === 0 ? "" : `; ${more.join("; ")}`}`;
}
