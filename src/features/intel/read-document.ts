import * as z from "zod";
import { Fault } from "../../lib/fault.ts";
import type { Feed } from "./feed.ts";
import { elementOf, type ReadableDocument } from "./feed-document.ts";
import { whyOther } from "./normalise/other-documents.ts";
import type { FeedRecord } from "./schema.ts";

/** What reading feeds tells, in order: a record, a document that is no feed, or a part that could not be used. */
export type FeedItem =
  | { type: "record"; feed: string; path: string; record: FeedRecord }
  | { type: "skipped"; path: string; reason: string }
  /** `broken`: the bytes of the path end here. */
  | { type: "problem"; path: string; at: string; reason: string; broken?: true };

/** One document into items. A list of records (as APIs answer) is read element by element. */
export function* readDocument(
  document: ReadableDocument,
  feeds: readonly Feed[],
): Generator<FeedItem, void, undefined> {
  const feed = feeds.find((candidate) => candidate.recognise(document));
  if (feed !== undefined) return yield* readWith(feed, document);
  const { path } = document;
  const fault = document.fault();
  const value = document.data();
  if (fault !== null) yield { type: "problem", path, at: fault.at ?? path, reason: fault.message };
  else if (Array.isArray(value) && value.length > 0 && feeds.some((f) => f.recognise(elementOf(document, 0, value[0]))))
    for (const [i, element] of value.entries()) yield* readDocument(elementOf(document, i, element), feeds);
  else yield { type: "skipped", path, reason: whyOther(value) ?? whyNoFeed(document.text(), value) };
}

function* readWith(feed: Feed, document: ReadableDocument): Generator<FeedItem, void, undefined> {
  const { path } = document;
  const problems: FeedItem[] = [];
  const report = (at: string, reason: string) => problems.push({ type: "problem", path, at, reason });
  try {
    for (const record of feed.read(document, report)) yield { type: "record", feed: feed.name, path, record };
  } catch (error) {
    const { at, reason } = explain(error);
    report(at ?? path, reason);
  }
  yield* problems;
}

function explain(error: unknown): { at?: string | undefined; reason: string } {
  if (error instanceof Fault) return { at: error.at, reason: error.message };
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    return {
      at: `/${issue?.path.map(String).join("/") ?? ""}`,
      reason: issue?.message ?? "not the shape of this format",
    };
  }
  // One odd record must not end the build of an index; the wording tells a bug from a bad record.
  return { reason: `The reader failed: ${error instanceof Error ? error.message : String(error)}` };
}

function whyNoFeed(text: string, value: unknown): string {
  if (value === undefined) return `Text that is no feed Cordon reads; it begins with ${quote(text.trimStart())}`;
  if (Array.isArray(value)) return "A list whose elements are no feed Cordon reads";
  if (typeof value !== "object" || value === null) return "A single value, no feed";
  return `Data that is no feed Cordon reads; its keys are ${quote(Object.keys(value).slice(0, 8).join(", "))}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters could steer a terminal
const quote = (text: string): string => `"${text.slice(0, 60).replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ")}"`;
