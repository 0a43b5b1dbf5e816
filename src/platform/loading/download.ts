import { once } from "node:events";
import { createWriteStream, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { finished } from "node:stream/promises";
import * as z from "zod";
import { Fault } from "../../lib/fault.ts";
import { Again, type AskTools, again, askOnce, bodyOf, refuseAnswer } from "./ask.ts";
import { conditions, lengthOf, noValidators, tooLarge, type Validators, validatorsOf } from "./read-answer.ts";

export type Downloaded =
  | { type: "file"; path: string; size: number; validators: Validators }
  | { type: "unchanged" }
  | { type: "missing" };

export interface DownloadOptions {
  headers?: Readonly<Record<string, string>>;
  maxBytes: number;
  known?: Validators;
  onBytes?: (done: number, total: number | null) => void;
}

/** What of a document is on disk already, and which version of it. */
const Part = z.object({ url: z.string(), etag: z.string().nullable(), lastModified: z.string().nullable() });
type Part = z.infer<typeof Part>;

/**
 * A document into the file `path`. A transfer that broke off, now or in an earlier run, goes on where it was when the server allows
 * it and the document is still the same (Range with If-Range, RFC 9110, 14); else it begins anew.
 */
export function download(url: string, path: string, options: DownloadOptions, tools: AskTools): Promise<Downloaded> {
  const { headers = {}, known = noValidators } = options;
  return again(url, tools, async () => {
    const part = readPart(url, path);
    const begun = part === null ? 0 : statSync(path).size;
    const validator = part === null ? null : strong(part);
    const resuming = validator !== null && begun > 0;
    const answer = await askOnce(
      url,
      {
        ...headers,
        "accept-encoding": "identity",
        ...(resuming ? { range: `bytes=${begun}-`, "if-range": validator } : conditions(known)),
      },
      tools,
    );
    if (answer.status === 304) return { type: "unchanged" };
    if (answer.status === 404 || answer.status === 410) {
      await answer.body?.cancel();
      return { type: "missing" };
    }
    if (resuming && answer.status === 416) {
      await answer.body?.cancel();
      dropPart(path);
      throw new Again("The server has another version now", null);
    }
    const goesOn = resuming && answer.status === 206 && startsAt(answer) === begun;
    if (answer.status !== 200 && !goesOn) {
      if (answer.status === 206) dropPart(path);
      return refuseAnswer(url, answer);
    }
    const validators = goesOn && part !== null ? part : validatorsOf(answer);
    const size = await store(url, path, answer, { from: goesOn ? begun : 0, validators }, options, tools);
    rmSync(sideOf(path), { force: true });
    return { type: "file", path, size, validators: { etag: validators.etag, lastModified: validators.lastModified } };
  });
}

async function store(
  url: string,
  path: string,
  answer: Response,
  { from, validators }: { from: number; validators: Validators },
  { maxBytes, onBytes }: DownloadOptions,
  tools: AskTools,
): Promise<number> {
  const length = lengthOf(answer);
  const total = length === null ? null : from + length;
  if (total !== null && total > maxBytes) {
    await answer.body?.cancel();
    dropPart(path);
    throw tooLarge(url, total, maxBytes);
  }
  const side: Part = { url, etag: validators.etag, lastModified: validators.lastModified };
  writeFileSync(sideOf(path), JSON.stringify(side), { mode: 0o600 });
  const file = createWriteStream(path, { flags: from === 0 ? "w" : "a", mode: 0o600 });
  const written = finished(file).catch((cause: unknown) => cause);
  let size = from;
  try {
    for await (const chunk of bodyOf(answer, tools)) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(url, null, maxBytes);
      if (!file.write(chunk)) await Promise.race([once(file, "drain"), written]);
      if (file.errored !== null) break;
      onBytes?.(size, total);
    }
  } catch (error) {
    file.end();
    await written;
    if (error instanceof Fault) dropPart(path);
    throw error;
  }
  file.end();
  const cause = await written;
  if (cause !== undefined) {
    dropPart(path);
    throw new Fault("unavailable", "The download cannot be written to disk", { at: path, fix: "Make room", cause });
  }
  if (total !== null && size !== total) throw new Again("The transfer broke off", null);
  return size;
}

const sideOf = (path: string) => `${path}.part.json`;

/** A weak validator must not be used to join bytes of two transfers (RFC 9110, 13.1.5). */
const strong = ({ etag, lastModified }: Part): string | null =>
  etag !== null && !etag.startsWith("W/") ? etag : etag === null ? lastModified : null;

function readPart(url: string, path: string): Part | null {
  if (!existsSync(path) || !existsSync(sideOf(path))) return null;
  try {
    const part = Part.parse(JSON.parse(readFileSync(sideOf(path), "utf8")));
    return part.url === url ? part : null;
  } catch {
    return null;
  }
}

function dropPart(path: string): void {
  rmSync(path, { force: true });
  rmSync(sideOf(path), { force: true });
}

const startsAt = ({ headers }: Response): number =>
  Number(/^bytes (\d+)-/.exec(headers.get("content-range") ?? "")?.[1] ?? Number.NaN);
