/** What a record keeps of long texts and lists: enough to explain a finding, small enough for an index of a million records. */
const MAX_DETAILS = 4096;
const MAX_TITLE = 256;
const MAX_REFERENCES = 20;
const MAX_URL = 2048;
const MAX_QUOTED = 200;

const clip = (text: string, length: number): string => {
  const trimmed = text.trim();
  return trimmed.length <= length
    ? trimmed
    : `${trimmed
        .slice(0, length - 1)
        .trimEnd()
        .toWellFormed()}…`;
};

export const clipDetails = (text: string | null | undefined): string => clip(text ?? "", MAX_DETAILS);
export const clipTitle = (text: string | null | undefined): string => clip(firstLine(text ?? ""), MAX_TITLE);
/** A range or version text as a source wrote it, short enough to quote. */
export const clipQuoted = (text: string): string => clip(text, MAX_QUOTED);

const firstLine = (text: string): string => text.trimStart().split("\n", 1)[0] ?? "";

/** Distinct http(s) addresses, the first twenty. */
export function clipReferences(urls: Iterable<string | null | undefined>): string[] {
  const kept = new Set<string>();
  for (const url of urls) {
    if (kept.size === MAX_REFERENCES) break;
    if (typeof url === "string" && url.length <= MAX_URL && /^https?:\/\/\S+$/i.test(url)) kept.add(url);
  }
  return [...kept];
}

/** An ISO 8601 instant in UTC; null when the text is no date, or one of the zero dates that stand for "unknown". */
export function instant(text: string | null | undefined): string | null {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}/.test(text)) return null;
  const zoned = /[Tt ].*([Zz]|[+-]\d{2}:?\d{2})$/.test(text) || text.length === 10;
  const ms = Date.parse(zoned ? text : `${text}Z`);
  return Number.isNaN(ms) || ms < Date.UTC(1980) ? null : new Date(ms).toISOString();
}

/** The CWE numbers named in a text, as `CWE-79`. */
export const cwesIn = (texts: Iterable<string | null | undefined>): string[] => [
  ...new Set([...texts].flatMap((text) => text?.match(/\bCWE-\d{1,5}\b/g) ?? [])),
];
