import { Fault } from "../../lib/fault.ts";
import { decodeText } from "../../lib/text.ts";
import type { Feed } from "./feed.ts";
import { documentOf } from "./feed-document.ts";
import { type FeedItem, readDocument } from "./read-document.ts";
import { openText, splitLines } from "./text-stream.ts";

/** A document to read; `platform/files/walk-inputs.ts` yields these. */
export interface FeedInput {
  readonly path: string;
  bytes(): AsyncIterable<Uint8Array>;
}

export interface ReadOptions {
  feeds: readonly Feed[];
  /** Largest document held in memory at once; newline-delimited JSON has no such limit. */
  maxDocumentBytes?: number;
  /** Longest line of newline-delimited JSON. */
  maxLineBytes?: number;
}

const MB = 1024 * 1024;

/**
 * Documents into normalised records. A format is known by content; newline-delimited JSON streams and may mix formats.
 * One bad record is a `problem` and the next is read; what no feed knows is `skipped` with the reason. Only bugs throw.
 */
export async function* readFeeds(
  inputs: AsyncIterable<FeedInput>,
  { feeds, maxDocumentBytes = 256 * MB, maxLineBytes = 32 * MB }: ReadOptions,
): AsyncGenerator<FeedItem, void, undefined> {
  for await (const { path, bytes } of inputs) {
    try {
      const text = await openText(bytes(), { path, maxDocumentBytes, maxLineBytes });
      if (text.form === "lines") yield* readLines(path, splitLines(text.bytes, maxLineBytes), feeds);
      else if (text.form === "whole") yield* readDocument(documentOf(path, decodeText(text.bytes, path)), feeds);
      else
        yield { type: "skipped", path, reason: text.form === "empty" ? "The file is empty" : "Binary data, no feed" };
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      yield { type: "problem", path, at: fault.at ?? path, reason: fault.message, broken: true };
    }
  }
}

/** Each line is a document. A file of one line keeps its own name. */
async function* readLines(path: string, lines: AsyncIterable<Uint8Array | "too long">, feeds: readonly Feed[]) {
  let number = 0;
  let first: Uint8Array | "too long" | undefined;
  for await (const line of lines) {
    number += 1;
    if (number === 1) first = line;
    else {
      if (first !== undefined) yield* readLine(`${path}:1`, first, feeds);
      first = undefined;
      yield* readLine(`${path}:${number}`, line, feeds);
    }
  }
  if (first !== undefined) yield* readLine(path, first, feeds);
}

function* readLine(path: string, line: Uint8Array | "too long", feeds: readonly Feed[]): Generator<FeedItem> {
  if (line === "too long") yield { type: "problem", path, at: path, reason: "The line is longer than the limit" };
  else if (line.some((byte) => byte > 0x20)) {
    try {
      yield* readDocument(documentOf(path, decodeText(line, path)), feeds);
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      yield { type: "problem", path, at: fault.at ?? path, reason: fault.message };
    }
  }
}
