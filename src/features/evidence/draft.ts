import { Fault } from "../../lib/fault.ts";
import { storable } from "../../lib/storable.ts";
import { EVIDENCE_LIMITS } from "./limits.ts";
import type {
  EvidenceFacts,
  EvidenceKind,
  EvidenceSubject,
  EvidenceTool,
  SeverityCounts,
  TestFinding,
} from "./schema.ts";

/** What a parser knows about a finding; what it leaves out is empty. */
export interface FoundByTest {
  rule: string;
  title: string;
  severity: TestFinding["severity"];
  said?: string;
  place?: string;
  /** Texts in which CWE and CVE names are looked for, each its own. */
  weaknesses?: readonly string[];
  description?: string;
  note?: string | null;
}

/** Collects what a parser finds, shortened and bounded, and becomes the facts. */
export class Draft {
  readonly name: string;
  kind: EvidenceKind;
  format: string;
  tool: EvidenceTool | null = null;
  tests: { run: number; passed: number; failed: number; skipped: number } | null = null;
  readonly #facts: { name: string; value: string }[] = [];
  readonly #findings: TestFinding[] = [];
  readonly #problems: { at: string; reason: string }[] = [];
  readonly #subjects = new Map<string, EvidenceSubject>();
  #from: number | null = null;
  #until: number | null = null;

  constructor(name: string, kind: EvidenceKind, format: string) {
    this.name = name;
    this.kind = kind;
    this.format = short(format, 100);
  }

  toolIs(name: string | null, version: string | null, settings: string | null): void {
    if (name === null || name.trim() === "") return;
    const kept = this.tool;
    this.tool = {
      name: short(name, 200),
      version: kept?.version ?? (version ? short(version, 100) : null),
      settings: kept?.settings ?? (settings ? short(settings, 2_000) : null),
    };
  }

  subject(kind: EvidenceSubject["kind"], name: string | null, sha256: string | null = null): void {
    if (name === null || name.trim() === "" || this.#subjects.size >= EVIDENCE_LIMITS.maxSubjects) return;
    const hash = sha256 !== null && /^[0-9a-fA-F]{64}$/.test(sha256) ? sha256.toLowerCase() : null;
    const kept = short(name, 500);
    if (!this.#subjects.has(`${kind} ${kept}`))
      this.#subjects.set(`${kind} ${kept}`, { kind, name: kept, sha256: hash });
  }

  fact(name: string, value: string | number): void {
    if (this.#facts.length < 50) this.#facts.push({ name: short(name, 100), value: short(String(value), 500) });
  }

  /** An instant at which the work was going on; the first and the last are kept. `at` names it when its time zone is not stated. */
  performed(text: string | null | undefined, at: string): void {
    if (text === null || text === undefined || text.trim() === "") return;
    const time = instantIn(text.trim());
    if (time === null) {
      this.problem(at, `“${short(text, 60)}” is no time that is known here.`);
      return;
    }
    if (!time.zoned) this.problem(at, "The time names no time zone; it was read as UTC.");
    this.#from = Math.min(this.#from ?? time.ms, time.ms);
    this.#until = Math.max(this.#until ?? time.ms, time.ms);
  }

  /** Fault `too_large` beyond the most findings a file may have. */
  finding(found: FoundByTest): void {
    if (this.#findings.length >= EVIDENCE_LIMITS.maxFindings)
      throw new Fault("too_large", `The file has more than ${EVIDENCE_LIMITS.maxFindings} findings.`, {
        at: this.name,
        fix: "Split it by target, or let the tool report fewer",
      });
    const weaknesses = found.weaknesses ?? [];
    this.#findings.push({
      rule: short(found.rule, 200),
      title: short(found.title, 300) || "(no title)",
      severity: found.severity,
      said: short(found.said ?? "", 60),
      place: short(found.place ?? "", 500),
      cwes: namesIn(weaknesses, /\bCWE[-:\s]?(\d{1,5})\b/gi, (digits) => `CWE-${Number(digits)}`),
      cves: namesIn(weaknesses, /\bCVE-(\d{4}-\d{4,})\b/gi, (rest) => `CVE-${rest}`),
      description: short(plainText(found.description ?? ""), 1_000),
      note: found.note ? short(found.note, 500) : null,
    });
  }

  problem(at: string, reason: string): void {
    if (this.#problems.length >= EVIDENCE_LIMITS.maxProblems) return;
    const same = this.#problems.some((one) => one.reason === reason);
    if (!same) this.#problems.push({ at: short(`${this.name}:${at}`, 300), reason: short(reason, 300) });
  }

  finish(): EvidenceFacts {
    return {
      kind: this.kind,
      format: this.format,
      tool: this.tool,
      performedFrom: isoOf(this.#from),
      performedUntil: isoOf(this.#until),
      subjects: [...this.#subjects.values()],
      tests: this.tests,
      bySeverity: countBySeverity(this.#findings),
      facts: this.#facts,
      problems: this.#problems,
      findings: this.#findings,
    };
  }
}

export function countBySeverity(findings: readonly Pick<TestFinding, "severity">[]): SeverityCounts {
  const counts: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0, none: 0, unknown: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

const isoOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** One line of at most `most` characters, without what steers a terminal or hides text. */
export function short(text: string, most: number): string {
  const line = storable(text)
    .slice(0, most * 4 + 100)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\s]+/g, " ")
    .trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`.toWellFormed();
}

/** The words of a text that may be HTML; nothing of its mark-up is kept. */
function plainText(text: string): string {
  return text
    .slice(0, 20_000)
    .replaceAll(/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/gi, " ")
    .replaceAll(/<\/?[a-z!][^<>]{0,500}>/gi, " ");
}

function namesIn(texts: readonly string[], pattern: RegExp, name: (part: string) => string): string[] {
  const found = new Set<string>();
  for (const text of texts)
    for (const [, part = ""] of text.slice(0, 10_000).matchAll(pattern)) if (found.size < 50) found.add(name(part));
  return [...found];
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** ISO 8601, seconds since 1970, `Tue, 23 Sep 2026 10:00:00`, or C's `Thu Jul 16 10:00:00 2026`. */
export function instantIn(text: string): { ms: number; zoned: boolean } | null {
  const iso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?)?\s?(Z|[+-]\d\d:?\d\d)?$/.exec(
    text.replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, "$1T"),
  );
  if (iso !== null) {
    const zoned = iso[4] !== undefined;
    const plain = iso[0].replace(/\s/, "");
    return sane(Date.parse(zoned || iso[1] === undefined ? plain : `${plain}Z`), zoned);
  }
  if (/^\d{9,11}$/.test(text)) return sane(Number(text) * 1_000, true);
  const words =
    /^(?:[A-Za-z]{3},? )?(?:(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d:\d\d:\d\d)|([A-Za-z]{3}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4}))( GMT| UTC| \+0000)?$/.exec(
      text,
    );
  if (words === null) return null;
  const [, day1, month1, year1, time1, month2, day2, time2, year2, zone] = words;
  const month = MONTHS.indexOf((month1 ?? month2 ?? "").toLowerCase()) + 1;
  if (month === 0) return null;
  const two = (n: string | number) => String(n).padStart(2, "0");
  return sane(
    Date.parse(`${year1 ?? year2}-${two(month)}-${two(day1 ?? day2 ?? "")}T${time1 ?? time2}Z`),
    zone !== undefined,
  );
}

const sane = (ms: number, zoned: boolean) =>
  Number.isFinite(ms) && ms >= Date.UTC(1990) && ms < Date.UTC(2200) ? { ms, zoned } : null;
