import * as z from "zod";
import { Fault } from "../../../lib/fault.ts";
import type { Source, SourceTools, Step } from "../source.ts";
import { cursorOf, jsonIn, otherShape, textIn } from "../source-parts/answers.ts";

const PAGE = 2_000;
const PAGE_BYTES = 200_000_000;
const DAY_MS = 86_400_000;
/** NVD refuses a window of change dates longer than 120 days (nvd.nist.gov/developers/vulnerabilities). */
const WINDOW_MS = 120 * DAY_MS;
/** NVD asks for six seconds between questions; with a key, fifty in thirty seconds are allowed. */
const PAUSE_MS = 6_000;
const PAUSE_WITH_KEY_MS = 700;
/** Whoever asks too fast is refused for a while (nvd.nist.gov/developers/start-here). */
const TOO_FAST = [403];
/** Records change while pages are read: each visit looks back a little, what comes twice counts once. */
const OVERLAP_MS = 15 * 60_000;
/** After so many pages of changes everything is read anew, so that what is kept stays bounded. */
const MOST_PAGES = 600;

const instant = z.iso.datetime();
/** Reading everything, from which page on; or everything read up to an instant. `round` names the pages of one reading. */
const Cursor = z.union([
  z.object({ round: instant, startIndex: z.number().int() }),
  z.object({ round: instant, upTo: instant, page: z.number().int() }),
]);
const Page = z.object({
  totalResults: z.number().int().nonnegative(),
  format: z.string(),
  timestamp: z.string().default(""),
  vulnerabilities: z.array(z.unknown()),
});

export default {
  name: "nvd",
  title: "NVD (API 2.0)",
  gives: "Every CVE with the product names (CPE), scores and weaknesses that NIST's analysts gave it",
  publisher: "NIST",
  terms: "Public domain",
  home: "https://nvd.nist.gov/developers/vulnerabilities",
  everyHours: 2,
  firstBytes: 1_500_000_000,
  bases: { api: "https://services.nvd.nist.gov/rest/json/cves/2.0" },
  keyHelps: "With a key the first reading takes about three minutes instead of twenty",
  formats: ["nvd"],
  async *read(tools, before) {
    const cursor = cursorOf(before, Cursor);
    const started = tools.now.toISOString();
    if (cursor === null || ("page" in cursor && cursor.page > MOST_PAGES)) yield* readAll(tools, started, 0);
    else if ("startIndex" in cursor) yield* readAll(tools, cursor.round, cursor.startIndex);
    else yield* readChanges(tools, cursor);
  },
} satisfies Source;

/** Everything, page by page; a stop goes on at the page. What was kept of an earlier reading leaves only when this one is whole. */
async function* readAll(tools: SourceTools, started: string, from: number): AsyncGenerator<Step, void, undefined> {
  let round = started;
  for (let startIndex = from, total = Number.POSITIVE_INFINITY; startIndex < total; ) {
    if (startIndex > from) await pause(tools);
    const { text, url, page, next } = await readPage(tools, startIndex, {});
    total = page.totalResults;
    if (startIndex === 0) round = earlier(round, page.timestamp);
    if (next > startIndex) yield document(`${round}/all-${String(startIndex).padStart(7, "0")}.json`, url, text);
    startIndex = next;
    yield { type: "reached", cursor: { round, startIndex }, done: Math.min(startIndex, total), total };
  }
  const whole = round;
  yield { type: "drop", where: (name) => !name.startsWith(`${whole}/`) };
  yield { type: "reached", cursor: { round, upTo: round, page: 0 } };
}

async function* readChanges(
  tools: SourceTools,
  { round, upTo, page: firstPage }: { round: string; upTo: string; page: number },
): AsyncGenerator<Step, void, undefined> {
  // A clock that was set back does not stop the reading: NVD's own time decides how far it got.
  const endMs = Math.max(tools.now.getTime(), Date.parse(upTo) + 1_000);
  let page = firstPage;
  let asked = false;
  for (let fromMs = Date.parse(upTo) - OVERLAP_MS; fromMs < endMs; ) {
    const toMs = Math.min(fromMs + WINDOW_MS, endMs);
    const range = { lastModStartDate: new Date(fromMs).toISOString(), lastModEndDate: new Date(toMs).toISOString() };
    let reached = range.lastModEndDate;
    for (let startIndex = 0, total = 1; startIndex < total; ) {
      if (asked) await pause(tools);
      asked = true;
      const found = await readPage(tools, startIndex, range);
      total = found.page.totalResults;
      reached = earlier(reached, found.page.timestamp);
      if (found.next > startIndex)
        yield document(`${round}/changed-${String(page++).padStart(5, "0")}.json`, found.url, found.text);
      startIndex = found.next;
    }
    yield { type: "reached", cursor: { round, upTo: reached, page } };
    fromMs = toMs;
  }
}

/**
 * The earlier of our time and NVD's (`timestamp` of an answer, UTC): with a clock that is fast, what changes until then would never be
 * asked for. A time that cannot be read does not count.
 */
function earlier(ours: string, timestamp: string): string {
  const ms = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(timestamp) ? timestamp : `${timestamp}Z`);
  return Number.isNaN(ms) || ms >= Date.parse(ours) ? ours : new Date(ms).toISOString();
}

const document = (name: string, url: string, text: string): Step => ({
  type: "bytes",
  name,
  url,
  bytes: new TextEncoder().encode(text),
});

const pause = (tools: SourceTools) => tools.pause(tools.key === null ? PAUSE_MS : PAUSE_WITH_KEY_MS);

/** A page, and where the next one begins: fewer records may come than were asked for. */
async function readPage(tools: SourceTools, startIndex: number, range: Record<string, string>) {
  const query = Object.entries({ ...range, startIndex, resultsPerPage: PAGE }).map(
    ([key, value]) => `${key}=${encodeURIComponent(value)}`,
  );
  const url = tools.at("api", `?${query.join("&")}`);
  const headers: Record<string, string> = tools.key === null ? {} : { apiKey: tools.key };
  const answer = await tools.ask(url, { maxBytes: PAGE_BYTES, headers, busy: TOO_FAST });
  if (answer.type === "missing" && tools.key !== null)
    throw new Fault("unavailable", "NVD answered 404, as it does to a key it does not know", {
      at: url,
      fix: "Check the API key, or ask NVD for a new one; what was known before stays in use",
    });
  const text = textIn(url, answer);
  const page = jsonIn(url, text, Page);
  const next = startIndex + page.vulnerabilities.length;
  if (next === startIndex && startIndex < page.totalResults)
    throw otherShape(url, `the page at ${startIndex} of ${page.totalResults} records is empty`);
  return { url, text, page, next };
}
