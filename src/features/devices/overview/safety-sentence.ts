import type { Counts, DeviceFunction, Phase, SentenceLink, SentencePart } from "../schema.ts";
import { FUNCTION_DOES, HARMS } from "../schema.ts";

/** All the sentence may speak of: facts that are in the security file now, about one release. */
export interface SafetyFacts {
  functions: readonly DeviceFunction[];
  phase: Phase;
  endOfSupportOn: string | null;
  /** Null: no SBOM. */
  sbom: { components: number; incomplete: number; uploadedOn: string } | null;
  /** Null: never compared with advisories. */
  counts: Counts | null;
  comparedOn: string | null;
  /** How many vulnerabilities were known then. Null: not kept. */
  comparedWith: number | null;
  today: string;
}

/** Findings, SBOM, and comparisons older than this are named as old. */
const OLD_DAYS = 90;
const SUPPORT_WARNING_DAYS = 180;

/** The sentence of a release: what is open and what it could do to a patient, what is not known, and what runs out. Only facts given. */
export function safetySentence(facts: SafetyFacts): SentencePart[] {
  const clauses = [findings(facts), suspects(facts), gaps(facts), staleness(facts), support(facts)].filter(
    (c) => c.length > 0,
  );
  return capitalised([...clauses.flatMap((clause, i) => (i === 0 ? clause : [plain("; "), ...clause])), plain(".")]);
}

function findings(facts: SafetyFacts): SentencePart[] {
  const { sbom, counts } = facts;
  if (sbom === null)
    return [
      part("no SBOM yet", "warn", { tab: "parts", search: {} }),
      plain(": nobody can say what this release is made of"),
    ];
  const parts = part(`${number(sbom.components)} ${plural(sbom.components, "part")}`, "plain", {
    tab: "parts",
    search: {},
  });
  if (counts === null) return [parts, plain(" known, "), part("none compared with advisories yet", "warn", null)];
  if (counts.open === 0)
    return [
      part("no open finding", "good", { tab: "findings", search: {} }),
      plain(" among "),
      parts,
      ...comparedOn(facts),
    ];
  return [...open(counts), ...reach(facts)];
}

function open(counts: Counts): SentencePart[] {
  const named = [
    counts.exploited > 0 &&
      part(`${number(counts.exploited)} exploited ${plural(counts.exploited, "vulnerability")}`, "bad", {
        tab: "findings",
        search: { exploited: "true" },
      }),
    counts.critical > 0 &&
      part(
        `${number(counts.critical)} critical ${plural(counts.critical, "finding")}`,
        counts.exploited > 0 ? "warn" : "bad",
        {
          tab: "findings",
          search: { rating: "critical" },
        },
      ),
  ].filter((p) => p !== false);
  const all = part(`${number(counts.open)} open ${plural(counts.open, "finding")}`, "warn", {
    tab: "findings",
    search: {},
  });
  if (named.length === 0) return [all, plain(", none exploited or critical,")];
  return [...join(named), plain(" among "), all];
}

function reach(facts: SafetyFacts): SentencePart[] {
  const worst = [...facts.functions].sort((a, b) => HARMS.indexOf(a.harm) - HARMS.indexOf(b.harm))[0];
  if (worst === undefined)
    return [plain(" in a device whose "), part("functions are not stated", "warn", { tab: "overview", search: {} })];
  const tone = HARMS.indexOf(worst.harm) <= 2 ? "bad" : "plain";
  return [plain(" in a device that "), part(FUNCTION_DOES[worst.kind], tone, { tab: "overview", search: {} })];
}

const suspects = ({ counts }: SafetyFacts): SentencePart[] =>
  counts === null || counts.suspect === 0
    ? []
    : [
        part(`${number(counts.suspect)} ${plural(counts.suspect, "decision")}`, "warn", {
          tab: "findings",
          search: { suspect: "true" },
        }),
        plain(` ${counts.suspect === 1 ? "was" : "were"} made for another version of the part`),
      ];

const gaps = ({ sbom }: SafetyFacts): SentencePart[] =>
  sbom === null || sbom.incomplete === 0
    ? []
    : [
        part(`${number(sbom.incomplete)} of ${sbom.components} ${plural(sbom.components, "part")}`, "warn", {
          tab: "parts",
          search: { missing: "any" },
        }),
        plain(` ${sbom.incomplete === 1 ? "lacks" : "lack"} a minimum element of an SBOM`),
      ];

function staleness({ counts, comparedOn, today }: SafetyFacts): SentencePart[] {
  if (counts === null || comparedOn === null) return [];
  const age = daysBetween(comparedOn, today);
  return age <= OLD_DAYS ? [] : [part(`last compared ${age} days ago`, "warn", { tab: "findings", search: {} })];
}

function support({ endOfSupportOn, phase, today }: SafetyFacts): SentencePart[] {
  if (phase === "decommissioned") return [plain("the release is decommissioned")];
  if (phase === "end-of-support") return [part("support has ended", "bad", { tab: "overview", search: {} })];
  if (endOfSupportOn === null) return [];
  const days = daysBetween(today, endOfSupportOn);
  const link: SentenceLink = { tab: "overview", search: {} };
  if (days < 0) return [part(`support ended ${-days} ${plural(-days, "day")} ago`, "bad", link)];
  return days > SUPPORT_WARNING_DAYS ? [] : [part(`support ends in ${days} ${plural(days, "day")}`, "warn", link)];
}

const comparedOn = ({ comparedOn: on, comparedWith: known }: SafetyFacts): SentencePart[] =>
  on === null
    ? []
    : [
        plain(
          known === null
            ? `, compared on ${dateText(on)}`
            : `, compared with ${known.toLocaleString("en-US")} known ${plural(known, "vulnerability")} on ${dateText(on)}`,
        ),
      ];

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "23 Nov 2026", whatever the server's locale. */
function dateText(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const number = (n: number): string => WORDS[n] ?? String(n);
const plural = (n: number, noun: string): string =>
  n === 1 ? noun : noun.endsWith("y") && noun !== "day" ? `${noun.slice(0, -1)}ies` : `${noun}s`;
const plain = (text: string): SentencePart => ({ text, tone: "plain", link: null });
const part = (text: string, tone: SentencePart["tone"], link: SentenceLink | null): SentencePart => ({
  text,
  tone,
  link,
});
const join = (parts: SentencePart[]): SentencePart[] => parts.flatMap((p, i) => (i === 0 ? [p] : [plain(" and "), p]));

function capitalised([first, ...rest]: SentencePart[]): SentencePart[] {
  return first === undefined
    ? rest
    : [{ ...first, text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest];
}

/** Whole days from one date to a later one (negative when it is earlier). */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
