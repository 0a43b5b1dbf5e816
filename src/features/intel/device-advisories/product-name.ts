import { plainWords } from "./words.ts";

/** What a kind of device is called says little about which one it is. */
const GENERIC = new Set(
  `a all and analyzer build builds app as application base bedside cardiac cardiograph cardiographs care central client clinical clinician control
  controller defibrillator delivery dental device devices dialysis diagnostic diagnostics digital ecg edition electrocardiograph equipment
  extended family fetal for from generator handheld healthcare health hemodialysis hospital image images imaging implant in including infusion
  information insulin integrated interface large line management manager maternal medical mobile model models module monitor
  monitoring monitors mr mri network of on only operating or part number installed patient pct pet petct portable product products programmer pump pumps reader
  recorder remote resting scanner series server service signs software solution spect spectct station stations suite supplied syringe system
  systems technology the tool transmitter ultrasound unit units ventilator version versions viewer vital volumetric wearable web wifi
  windows wireless with wlan workstation workstations worn xray`.split(/\s+/),
);

export interface ProductName {
  /** Words that tell this product from others, versions in the name left out. */
  telling: string[];
  generic: string[];
  /** `MX400-550`: letters, and the first and last number. */
  spans: { letters: string; from: number; to: number }[];
  /** Versions the name itself holds: `IntelliSpace Portal 8.0.x`. */
  versions: string[];
  /** `EPIQ/Affiniti`: words of which any one may stand. */
  either: ReadonlySet<string>[];
  /** Telling words of each name that is said not to be meant: `LOGIQ, not including LOGIQ 100 Pro`. */
  without: string[][];
}

/** A product's name in words; those of the maker are left out unless nothing else is there. */
export function readProductName(whole: string, makers: ReadonlySet<string>): ProductName {
  const [text = "", ...out] = whole
    .replace(/\b(pet|spect)\s?[/-]\s?(ct)\b/gi, "$1$2")
    .split(/,?\s*\b(?:not including|excluding|except(?: for)?)\b/i);
  const versions = [...text.matchAll(/(?<![\w.])\d+(?:\.(?:\d+|x))+(?![\w-])/gi)].map(([version]) =>
    version.toLowerCase(),
  );
  const spans = [...text.matchAll(/\b([A-Za-z]+)(\d+)\s?[-–]\s?(?:\1)?(\d+)\b/g)].flatMap(
    ([, letters = "", from, to]) =>
      Number(from) < Number(to) ? [{ letters: letters.toLowerCase(), from: Number(from), to: Number(to) }] : [],
  );
  const rest = [...versions.map((version) => new RegExp(`(?<![\\w.])${version.replaceAll(".", "\\.")}`, "gi"))].reduce(
    (left, version) => left.replace(version, " "),
    text,
  );
  const words = [...new Set(plainWords(rest))];
  const tells = (word: string) => !GENERIC.has(word) && !makers.has(word);
  return {
    telling: words.filter(tells),
    generic: words.filter((word) => GENERIC.has(word)),
    spans,
    versions,
    either: [...text.matchAll(/[^\s,;()/]+(?:\/[^\s,;()/]+)+/g)].map(([group]) => new Set(plainWords(group))),
    without: out
      .flatMap((names) => names.split(/,|;|\band\b/i))
      .map((name) => plainWords(name).filter(tells))
      .filter((name) => name.length > 0),
  };
}

/** A model number, or a word with digits in it: `fm30`, `8015`. */
export const isModelNumber = (word: string): boolean => /\d/.test(word);

/** A model number that hardly two products of a maker share: `ex1150`. */
export const isDistinctModel = (word: string): boolean => /^(?=.*[a-z])(?=(?:.*\d){3})[a-z0-9]{5,}$/.test(word);

/** `csm` beside "connex spot monitor", "Central Station (CSCS)": says nothing new, and its absence nothing either. */
export function isAbbreviation(word: string, text: string): boolean {
  const [before = "", behind] = text.toLowerCase().split(`(${word})`);
  if (behind !== undefined && word.length <= 6 && isWithin(word, before)) return true;
  const words = plainWords(text);
  const initials = words
    .filter((one) => one !== word)
    .map((one) => one.charAt(0))
    .join("");
  return word.length >= 2 && word.length <= 5 && !isModelNumber(word) && initials.includes(word);
}

/** The letters stand in the text in their order. */
function isWithin(letters: string, text: string): boolean {
  let at = -1;
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
