import { isAbbreviation, isModelNumber, type ProductName, readProductName } from "./product-name.ts";

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
  const shared = mine.telling.filter((word) => theirs.telling.includes(word) || inSpan(word, theirs));
  if (shared.length === 0) return null;
  const onlyMine = mine.telling.filter((word) => !shared.includes(word) && !isAbbreviation(word, asked));
  const onlyTheirs = theirs.telling.filter(
    (word) => !shared.includes(word) && !isAbbreviation(word, said) && !inOwnSpan(word, theirs),
  );
  if (onlyMine.length > 0 && onlyTheirs.length > 0) return null;
  if (shared.length === 1 && !isModelNumber(shared[0] ?? "") && saysOtherwise(mine, onlyMine, theirs, onlyTheirs))
    return null;
  const longWord = shared.some((word) => word.length >= 4);
  const model = shared.some(isModelNumber);
  if (shared.length === 1 && !longWord && !model && onlyMine.length + onlyTheirs.length > 0) return null;
  const lone = shared.length === 1 && !model && (kindsBeside(mine, theirs) || kindsBeside(theirs, mine));
  const whole = onlyMine.length + onlyTheirs.length === 0 && !lone;
  // One side alone names a model number: the other may be any of the family.
  const familyOnly = !model && [...onlyMine, ...onlyTheirs].some(isModelNumber);
  const strong = whole || (!familyOnly && (shared.length >= 2 || model));
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
    (onlyMine.length > 0 && (kindsBeside(theirs, mine) || theirs.spans.length > 0)) ||
    (onlyTheirs.length > 0 && (kindsBeside(mine, theirs) || mine.spans.length > 0))
  );
}

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
  spans.some(({ letters, from, to }) => word === letters || word === `${letters}${from}` || word === String(to));

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
