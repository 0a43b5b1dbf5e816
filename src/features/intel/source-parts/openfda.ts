import { Buffer } from "node:buffer";
import * as z from "zod";
import { Fault } from "../../../lib/fault.ts";
import type { SourceTools } from "../source.ts";
import { jsonIn, otherShape, textIn } from "./answers.ts";

/** The most records the API gives in one answer, and the farthest `skip` goes (open.fda.gov/apis/paging). */
const PAGE = 1_000;
const FARTHEST_SKIP = 25_000;
const MOST_PAGES = 30;
const ANSWER_BYTES = 48_000_000;
/** 240 questions a minute; 1,000 a day without a key (open.fda.gov/apis/authentication). Two sources share them. */
const PAUSE_MS = 260;
const MOST_ASKED = { withoutKey: 450, withKey: 20_000 };

/** What both openFDA sources say of themselves. */
export const openFda = {
  publisher: "FDA",
  terms: "CC0-1.0",
  everyHours: 24,
  bases: { device: "https://api.fda.gov/device" },
  keyHelps: "Without a key 1,000 questions a day are answered; with one 120,000",
} as const;

export const FdaPage = z.object({
  meta: z.object({ last_updated: z.string().optional(), results: z.object({ total: z.number().int().nonnegative() }) }),
  results: z.array(z.unknown()).max(PAGE),
});

/** One field with any of the names, as openFDA writes it: `field:"a" field:"b"`. Names are plain words. */
export const anyOf = (field: string, names: readonly string[]): string =>
  names.map((name) => `${field}:"${name}"`).join(" ");

/** Questions to openFDA, counted and spaced as its limits ask. "No matches found" (404) is an empty answer. */
export class FdaQuestions {
  readonly #tools: SourceTools;
  #asked = 0;
  #answered = 0;

  constructor(tools: SourceTools) {
    this.#tools = tools;
  }

  async ask(endpoint: string, query: Readonly<Record<string, string | number>>) {
    const { key } = this.#tools;
    const url = this.#tools.at("device", `${endpoint}.json?${written(query)}`);
    if (this.#asked >= (key === null ? MOST_ASKED.withoutKey : MOST_ASKED.withKey))
      throw new Fault(
        "unavailable",
        `${this.#asked} questions were asked; the rest waits, so as to stay inside the FDA's limits`,
        {
          at: url,
          fix:
            key === null
              ? "It goes on at the next run. With an API key more are answered"
              : "It goes on at the next run",
        },
      );
    if (this.#asked > 0) await this.#tools.pause(PAUSE_MS);
    this.#asked += 1;
    const headers = key === null ? {} : { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` };
    const answer = await this.#tools.ask(url, { headers, maxBytes: ANSWER_BYTES });
    if (answer.type === "missing") return null;
    this.#answered += 1;
    return { url, text: textIn(url, answer), link: answer.type === "bytes" ? answer.link : null };
  }

  /** All pages of a search, by the Link header (`search_after`), or by `skip` where there is none. */
  async *pages(endpoint: string, search: string): AsyncGenerator<{ url: string; text: string }, void, undefined> {
    let more: Record<string, string | number> = {};
    for (let page = 1, got = 0; ; page++) {
      const answer = await this.ask(endpoint, { search, limit: PAGE, ...more });
      if (answer === null) return;
      const { results, meta } = jsonIn(answer.url, answer.text, FdaPage);
      got += results.length;
      yield answer;
      if (results.length === 0 || got >= meta.results.total) return;
      const after = nextIn(answer.link);
      if (page === MOST_PAGES || (after === null && got > FARTHEST_SKIP))
        throw new Fault("too_large", `More than ${got} records answer one question`, { at: answer.url });
      more = after === null ? { skip: got } : { search_after: after };
    }
  }

  /** Fault when nothing was found for anybody and the address itself is gone: 404 says both. */
  async refuseMoved(endpoint: string): Promise<void> {
    if (this.#asked === 0 || this.#answered > 0) return;
    const answer = await this.ask(endpoint, { limit: 1 });
    if (answer === null)
      throw otherShape(this.#tools.at("device", `${endpoint}.json`), "there is nothing at the address any more");
    jsonIn(answer.url, answer.text, FdaPage);
  }
}

const written = (query: Readonly<Record<string, string | number>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%20", "+")}`)
    .join("&");

/** Only where to go on is taken from the header; the address stays ours. */
function nextIn(link: string | null): string | null {
  const [, url] = /<([^>]{1,4000})>\s*;\s*rel="?next"?/.exec(link ?? "") ?? [];
  return url === undefined || !URL.canParse(url) ? null : new URL(url).searchParams.get("search_after");
}

export const noDevices = (): Fault =>
  new Fault("bad_input", "No device with a manufacturer is known to ask the FDA about", {
    fix: 'Add a device, or name one: cordon intel fetch openfda-recalls --device "Maker|Product|Model"',
  });
