import type { Need } from "../design/schema.ts";
import { type MitigationState, ThreatCategory } from "../threats/schema.ts";

const OTHER_WORDS: Readonly<Record<string, ThreatCategory>> = {
  dos: "denial-of-service",
  "information-leak": "information-disclosure",
  "data-disclosure": "information-disclosure",
  disclosure: "information-disclosure",
  confidentiality: "information-disclosure",
  integrity: "tampering",
  availability: "denial-of-service",
  "elevation-of-privileges": "elevation-of-privilege",
  "privilege-escalation": "elevation-of-privilege",
};

/** The category behind a word of STRIDE, CIA or ours; null for words of other methods. */
export function categoryOf(word: string): ThreatCategory | null {
  const plain = word.toLowerCase().replace(/[^a-z]+/g, "-");
  return ThreatCategory.safeParse(plain).data ?? OTHER_WORDS[plain] ?? null;
}

/** "information-disclosure" → "Information disclosure". */
export const wordOf = (category: ThreatCategory): string => {
  const words = category.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const PERCENT: readonly (readonly [Need, number])[] = [
  ["none", 0],
  ["low", 25],
  ["medium", 50],
  ["high", 100],
];

export const percentOf = (need: Need): number => PERCENT.find(([one]) => one === need)?.[1] ?? 0;

/** 0 none, up to 33 low, up to 66 medium, above high. */
export const needOf = (percent: number): Need =>
  percent <= 0 ? "none" : percent <= 33 ? "low" : percent <= 66 ? "medium" : "high";

export const isDone = (state: MitigationState): boolean => state === "implemented" || state === "verified";
