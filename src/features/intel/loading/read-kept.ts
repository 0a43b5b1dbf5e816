import type { Feed } from "../feed.ts";
import type { FeedItem } from "../read-document.ts";
import { type FeedInput, readFeeds } from "../read-feeds.ts";
import type { SourceState } from "./schema.ts";

/**
 * Everything kept of a source as items, oldest document first, so that the later word on a record counts. Needs no network.
 * Only the source's own formats are read: a document must not turn into something else later.
 */
export async function* readKept(
  { documents }: Pick<SourceState, "documents">,
  feeds: readonly Feed[],
  inputs: (sha256: string, name: string) => AsyncIterable<FeedInput>,
): AsyncGenerator<FeedItem, void, undefined> {
  for (const { sha256, name } of [...documents].sort((a, b) => a.sequence - b.sequence))
    for await (const item of readFeeds(inputs(sha256, name), { feeds })) if (item.type !== "skipped") yield item;
}
