import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Fault } from "../../lib/fault.ts";
import type { InputBudget } from "./input-budget.ts";
import type { InputDocument } from "./input-document.ts";
import type { InputSource } from "./open-input.ts";

/** Headers to send with a request, and what ends it early. */
export interface FetchOptions {
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

export type Fetch = (url: string, options?: FetchOptions) => Promise<Response>;

export const isUrl = (path: string): boolean => /^https?:\/\//i.test(path);

/** What an address serves, spooled to a temporary file (a cut transfer is then told before anything is read). */
export async function* fetchInput(
  url: string,
  fetch: Fetch,
  budget: InputBudget,
  read: (source: InputSource) => AsyncIterable<InputDocument>,
): AsyncGenerator<InputDocument, void, undefined> {
  const folder = await mkdtemp(join(tmpdir(), "cordon-input-"));
  const file = join(folder, "body");
  try {
    await pipeline(
      budget.meter(url, await request(url, fetch, budget)),
      createWriteStream(file, { mode: 0o600 }),
    ).catch((cause) => {
      throw cause instanceof Fault ? cause : new Fault("unavailable", "The transfer broke off", { at: url, cause });
    });
    yield* read({ path: url, size: null, bytes: () => createReadStream(file), withFile: (use) => use(file) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const MEANINGS: Readonly<Record<number, string>> = {
  401: " (it wants a sign-in)",
  429: " (too many requests)",
  503: " (busy)",
};

async function request(url: string, fetch: Fetch, budget: InputBudget): Promise<AsyncIterable<Uint8Array>> {
  const response = await fetch(url).catch((cause) => {
    if (cause instanceof Fault) throw cause;
    throw new Fault("unavailable", "The address cannot be reached", { at: url, cause });
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Fault("unavailable", `The address answered ${response.status}${MEANINGS[response.status] ?? ""}`, {
      at: url,
    });
  }
  const length = response.headers.get("content-length");
  budget.checkSize(url, length === null ? null : Number(length));
  return Readable.fromWeb(response.body as import("node:stream/web").ReadableStream<Uint8Array>);
}
