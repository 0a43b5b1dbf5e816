import * as z from "zod";
import type { Source, SourceTools, Step } from "../source.ts";
import { cursorOf, jsonIn, textFrom } from "../source-parts/answers.ts";

const PAGE = 2_000;
const PAGE_BYTES = 200_000_000;
const DAY_MS = 86_400_000;
/** NVD refuses a window of change dates longer than 120 days (nvd.nist.gov/developers/vulnerabilities). */
const WINDOW_MS = 120 * DAY_MS;
/** NVD asks for six seconds between questions; with a key, fifty in thirty seconds are allowed. */
const PAUSE_MS = 6_000;
const PAUSE_WITH_KEY_MS = 700;
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
const Page = z.object({ totalResults: z.number().int(), resultsPerPage: z.number().int(), format: z.string() });

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
async function* readAll(tools: SourceTools, round: string, from: number): AsyncGenerator<Step, void, undefined> {
  for (let startIndex = from, total = Number.POSITIVE_INFINITY; startIndex < total; startIndex += PAGE) {
    if (startIndex > from) await pause(tools);
    const { text, url, page } = await readPage(tools, { startIndex });
    total = page.totalResults;
    if (total > 0) yield document(`${round}/all-${String(startIndex).padStart(7, "0")}.json`, url, text);
    yield {
      type: "reached",
      cursor: { round, startIndex: startIndex + PAGE },
      done: Math.min(startIndex + PAGE, total),
      total,
    };
  }
  yield { type: "drop", where: (name) => !name.startsWith(`${round}/`) };
  yield { type: "reached", cursor: { round, upTo: round, page: 0 } };
}

async function* readChanges(
  tools: SourceTools,
  { round, upTo, page: firstPage }: { round: string; upTo: string; page: number },
): AsyncGenerator<Step, void, undefined> {
  const endMs = tools.now.getTime();
  let page = firstPage;
  let asked = false;
  for (let fromMs = Date.parse(upTo) - OVERLAP_MS; fromMs < endMs; ) {
    const toMs = Math.min(fromMs + WINDOW_MS, endMs);
    for (let startIndex = 0, total = 1; startIndex < total; startIndex += PAGE) {
      if (asked) await pause(tools);
      asked = true;
      const range = { lastModStartDate: new Date(fromMs).toISOString(), lastModEndDate: new Date(toMs).toISOString() };
      const found = await readPage(tools, { ...range, startIndex });
      total = found.page.totalResults;
      if (total > 0) yield document(`${round}/changed-${String(page++).padStart(5, "0")}.json`, found.url, found.text);
    }
    yield { type: "reached", cursor: { round, upTo: new Date(toMs).toISOString(), page } };
    fromMs = toMs;
  }
}

const document = (name: string, url: string, text: string): Step => ({
  type: "bytes",
  name,
  url,
  bytes: new TextEncoder().encode(text),
});

const pause = (tools: SourceTools) => tools.pause(tools.key === null ? PAUSE_MS : PAUSE_WITH_KEY_MS);

async function readPage(tools: SourceTools, asks: Record<string, string | number>) {
  const query = Object.entries({ ...asks, resultsPerPage: PAGE }).map(
    ([key, value]) => `${key}=${encodeURIComponent(value)}`,
  );
  const url = tools.at("api", `?${query.join("&")}`);
  const text = await textFrom(tools, url, {
    maxBytes: PAGE_BYTES,
    headers: tools.key === null ? {} : { apiKey: tools.key },
  });
  return { url, text, page: jsonIn(url, text, Page) };
}
