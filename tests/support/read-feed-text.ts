import { checkFeed, feedFolder } from "../../src/features/intel/feed.ts";
import type { FeedItem } from "../../src/features/intel/read-document.ts";
import { readFeeds } from "../../src/features/intel/read-feeds.ts";
import type { Advisory, Affected } from "../../src/features/intel/schema.ts";
import { covers } from "../../src/features/intel/versions/range.ts";
import { loadPlugIns } from "../../src/platform/files/load-plug-ins.ts";

export const feeds = await loadPlugIns(feedFolder, checkFeed);

/** What the feeds make of one document, given as text, bytes or a value to write as JSON. */
export async function readFeedText(content: unknown, path = "document"): Promise<FeedItem[]> {
  const text =
    typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content, null, 1);
  async function* documents() {
    yield {
      path,
      async *bytes() {
        if (text.length > 0) yield Buffer.from(text);
      },
    };
  }
  const items: FeedItem[] = [];
  for await (const item of readFeeds(documents(), { feeds })) items.push(item);
  return items;
}

/** The advisories of a document that must be read without a problem. */
export async function advisoriesIn(content: unknown): Promise<Advisory[]> {
  const items = await readFeedText(content);
  const odd = items.find((item) => item.type !== "record");
  if (odd !== undefined) throw new Error(JSON.stringify(odd));
  return items.flatMap((item) =>
    item.type === "record" && item.record.kind === "advisory" ? [item.record.advisory] : [],
  );
}

/** The one affected item of the one advisory of a document. */
export async function affectedIn(content: unknown): Promise<Affected> {
  const [advisory, ...more] = await advisoriesIn(content);
  const [item, ...others] = advisory?.affected ?? [];
  if (item === undefined || more.length + others.length > 0) throw new Error("not exactly one affected item");
  return item;
}

/** Whether the item, read the way the matcher reads it, holds for the version. */
export const holdsFor = (item: Affected, version: string): boolean =>
  !item.exceptions.some((one) => covers(item.scheme, one, version)) &&
  (item.everyVersion ||
    item.versions.includes(version) ||
    item.intervals.some((one) => covers(item.scheme, one, version)));
