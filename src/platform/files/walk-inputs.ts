import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Fault } from "../../lib/fault.ts";
import { type Fetch, fetchInput, isUrl } from "./fetch-input.ts";
import { InputBudget } from "./input-budget.ts";
import { type InputDocument, refusedDocument } from "./input-document.ts";
import type { InputLimits } from "./input-limits.ts";
import { type InputSource, openInput } from "./open-input.ts";
import { readFolder } from "./read-folder.ts";

const CHUNK_BYTES = 256 * 1024;

/** Bytes read from disk so far of the file being read; `totalBytes` is its size there (packed, if it is packed). */
export interface InputProgress {
  path: string;
  readBytes: number;
  totalBytes: number;
}

export interface WalkOptions {
  limits: InputLimits;
  /** Needed for http and https addresses; without it they are refused. */
  fetch?: Fetch;
  onProgress?: (progress: InputProgress) => void;
}

/**
 * Every document in files, folders, zip, tar, tar.gz, gz and http(s) addresses, one at a time, told apart by content.
 * What is refused comes as a document whose `bytes` throws the Fault; a path that does not exist throws it at once.
 */
export async function* walkInputs(
  paths: readonly string[],
  options: WalkOptions,
): AsyncGenerator<InputDocument, void, undefined> {
  for (const path of paths) {
    const budget = new InputBudget(options.limits);
    try {
      yield* walkInput(path, budget, options);
    } catch (fault) {
      if (!(fault instanceof Fault) || fault.code === "not_found") throw fault;
      yield refusedDocument(path, fault);
    }
  }
}

async function* walkInput(path: string, budget: InputBudget, options: WalkOptions) {
  if (isUrl(path)) {
    if (options.fetch === undefined) throw new Fault("bad_input", "Addresses are not fetched here", { at: path });
    return yield* fetchInput(path, options.fetch, budget, (source) => openInput(source, budget));
  }
  const stats = await stat(path).catch((cause) => {
    throw new Fault("not_found", "There is no such file or folder", { at: path, cause });
  });
  if (!stats.isDirectory()) return yield* openInput(fileSource(path, stats.size, options), budget);
  for await (const entry of readFolder(path, budget)) {
    if ("refused" in entry) yield entry.refused;
    else yield* openInput(fileSource(entry.file, entry.size, options), budget);
    if (budget.spent) return;
  }
}

function fileSource(path: string, size: number, { onProgress }: WalkOptions): InputSource {
  async function* bytes() {
    let readBytes = 0;
    try {
      for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
        readBytes += chunk.length;
        onProgress?.({ path, readBytes, totalBytes: size });
        yield chunk as Uint8Array;
      }
    } catch (cause) {
      throw new Fault("bad_input", `The file cannot be read (${(cause as NodeJS.ErrnoException).code})`, {
        at: path,
        cause,
      });
    }
  }
  return { path, size, bytes, withFile: (read) => read(path) };
}
