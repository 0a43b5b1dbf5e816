import type { Feed } from "../feed.ts";
import type { FeedItem } from "../read-document.ts";
import { type FeedInput, readFeeds } from "../read-feeds.ts";
import type { Source } from "../source.ts";
import type { SourceState } from "./schema.ts";

/** The documents of a kept one that its source gives: of an archive not the rest of the repository. */
export async function* filesOf(
  { files }: Pick<Source, "files">,
  name: string,
  inputs: AsyncIterable<FeedInput>,
): AsyncGenerator<FeedInput, void, undefined> {
  for await (const input of inputs) {
    const inside = input.path.slice(input.path.indexOf(name) + name.length).replace(/^\/[^/]*\//, "");
    if (files === undefined || inside === "" || files.test(inside)) yield input;
  }
}

/**
 * Everything kept of a source as items, oldest document first, so that the later word on a record counts. Needs no network.
 * Only the source's own formats are read: a document must not turn into something else later.
 */
export async function* readKept(
  source: Pick<Source, "files">,
  { documents }: Pick<SourceState, "documents">,
  feeds: readonly Feed[],
  inputs: (sha256: string, name: string) => AsyncIterable<FeedInput>,
): AsyncGenerator<FeedItem, void, undefined> {
  for (const { sha256, name } of [...documents].sort((a, b) => a.sequence - b.sequence))
    for await (const item of readFeeds(filesOf(source, name, inputs(sha256, name)), { feeds }))
      if (item.type !== "skipped") yield item;
}
