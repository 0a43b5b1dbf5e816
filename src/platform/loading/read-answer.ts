import { Buffer } from "node:buffer";
import { Fault } from "../../lib/fault.ts";
import { type AskTools, again, askOnce, bodyOf, refuseAnswer } from "./ask.ts";

/** What a server said of one version of a document: sent back, it answers 304 when nothing changed (RFC 9110, 13). */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export const noValidators: Validators = { etag: null, lastModified: null };

export const validatorsOf = ({ headers }: Response): Validators => ({
  etag: headers.get("etag"),
  lastModified: headers.get("last-modified"),
});

export const conditions = ({ etag, lastModified }: Validators): Record<string, string> => ({
  ...(etag === null ? {} : { "if-none-match": etag }),
  ...(etag !== null || lastModified === null ? {} : { "if-modified-since": lastModified }),
});

export type ReadAnswer =
  | { type: "bytes"; bytes: Uint8Array; validators: Validators; link: string | null }
  | { type: "unchanged" }
  | { type: "missing" };

export interface ReadOptions {
  headers?: Readonly<Record<string, string>>;
  maxBytes: number;
  known?: Validators;
  /** Statuses that mean "not now" at this address. */
  busy?: readonly number[];
}

/** A small document in memory. `missing` for 404 and 410. Fault `too_large`, `unavailable`. */
export function readAnswer(
  url: string,
  { headers = {}, maxBytes, known = noValidators, busy = [] }: ReadOptions,
  tools: AskTools,
): Promise<ReadAnswer> {
  return again(url, tools, async () => {
    const answer = await askOnce(url, { ...headers, ...conditions(known) }, tools, busy);
    if (answer.status === 304) return { type: "unchanged" };
    if (answer.status === 404 || answer.status === 410) {
      await answer.body?.cancel();
      return { type: "missing" };
    }
    if (answer.status !== 200) return refuseAnswer(url, answer);
    const length = lengthOf(answer);
    if (length !== null && length > maxBytes) {
      await answer.body?.cancel();
      throw tooLarge(url, length, maxBytes);
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of bodyOf(answer, tools)) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(url, null, maxBytes);
      chunks.push(chunk);
    }
    return {
      type: "bytes",
      bytes: Buffer.concat(chunks, size),
      validators: validatorsOf(answer),
      link: answer.headers.get("link"),
    };
  });
}

/** Bytes of the body as it is sent; null when not said, or when the transport unpacks it. */
export function lengthOf({ headers }: Response): number | null {
  const text = headers.get("content-length");
  return text === null || headers.get("content-encoding") !== null || !/^\d{1,15}$/.test(text) ? null : Number(text);
}

export const tooLarge = (at: string, size: number | null, maxBytes: number): Fault =>
  new Fault(
    "too_large",
    `${size === null ? "More than" : `${size} bytes; at most`} ${maxBytes} bytes are taken from here`,
    {
      at,
      fix: "What was known before stays in use. If the feed truly grew, raise its limit",
    },
  );
