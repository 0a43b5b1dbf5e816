import * as z from "zod";
import type { Source, SourceTools } from "../source.ts";
import { cursorOf, otherShape, textIn } from "../source-parts/answers.ts";

/** The SHA-256 of each year's file as it is kept. */
const Cursor = z.record(z.string(), z.string());
const FIRST_YEAR = 2002;

/** NVD's yearly files, JSON 2.0 (nvd.nist.gov/vuln/data-feeds): a small `.meta` beside each says whether it changed. */
export default {
  name: "nvd-feeds",
  title: "NVD (yearly files)",
  gives: "The same as NVD's API as one file a year: fewer questions, and easy to mirror",
  publisher: "NIST",
  terms: "Public domain",
  home: "https://nvd.nist.gov/vuln/data-feeds",
  everyHours: 24,
  firstBytes: 200_000_000,
  bases: { feeds: "https://nvd.nist.gov/feeds/json/cve/2.0" },
  choice: { of: "years, or `since:2015`", standard: [`since:${FIRST_YEAR}`] },
  formats: ["nvd"],
  async *read(tools, before) {
    const cursor = { ...(cursorOf(before, Cursor) ?? {}) };
    const years = yearsOf(tools);
    yield { type: "drop", where: (name) => !years.some((year) => name === fileOf(year)) };
    for (const [i, year] of years.entries()) {
      const url = tools.at("feeds", `nvdcve-2.0-${year}.meta`);
      const meta = await tools.ask(url, { maxBytes: 10_000 });
      // The file of a new year comes some time after the year began.
      if (meta.type === "missing" && Number(year) >= tools.now.getUTCFullYear() && years.length > 1) continue;
      const hex = sha256In(url, textIn(url, meta));
      if (cursor[year] !== hex || !tools.kept.has(fileOf(year))) {
        const digest = { algorithm: "sha256", hex, unpacked: true } as const;
        yield { type: "document", name: fileOf(year), url: tools.at("feeds", fileOf(year)), more: { digest } };
        cursor[year] = hex;
      }
      yield { type: "reached", cursor: { ...cursor }, done: i + 1, total: years.length };
    }
  },
} satisfies Source;

const fileOf = (year: string) => `nvdcve-2.0-${year}.json.gz`;

function yearsOf({ choice, now }: SourceTools): string[] {
  const last = now.getUTCFullYear();
  const years = choice.flatMap((text) => {
    const since = /^since:(\d{4})$/.exec(text)?.[1];
    if (since === undefined) return /^\d{4}$/.test(text) ? [Number(text)] : [];
    const from = Math.max(FIRST_YEAR, Number(since));
    return Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => from + i);
  });
  return [...new Set(years)].sort().map(String);
}

/** Lines `sha256:…` among others; the digest is of the unpacked file. */
function sha256In(url: string, text: string): string {
  const hex = /^sha256:([0-9a-f]{64})\s*$/im.exec(text)?.[1];
  if (hex === undefined) throw otherShape(url, "it states no sha256");
  return hex.toLowerCase();
}
