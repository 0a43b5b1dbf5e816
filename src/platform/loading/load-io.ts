import { createHash } from "node:crypto";
import { createReadStream, readFileSync, rmSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "../../lib/fault.ts";
import { gunzip } from "../files/gunzip.ts";
import type { InputDocument } from "../files/input-document.ts";
import { feedLimits } from "../files/input-limits.ts";
import { walkInputs } from "../files/walk-inputs.ts";
import type { AskTools } from "./ask.ts";
import { download } from "./download.ts";
import { innerZipOf } from "./inner-zip.ts";
import type { KeptFiles } from "./kept-files.ts";
import { whyNotSigned } from "./open-pgp.ts";
import { type ReadOptions, readAnswer, type Validators } from "./read-answer.ts";

/** One document to bring. */
export interface BringOptions {
  headers?: Readonly<Record<string, string>>;
  maxBytes: number;
  known: Validators;
  innerZip?: true;
  digest?: { algorithm: "sha256" | "sha512"; hex: string; unpacked?: true };
  onBytes: (done: number, total: number | null) => void;
}

/** The world for a source, over one store and one way to fetch. */
export function loadIo(files: KeptFiles, tools: AskTools) {
  const { signal, now = () => new Date() } = tools;
  return {
    now,
    signal,
    whyNotSigned,
    ask: (url: string, options: Required<ReadOptions>) => readAnswer(url, options, tools),
    async bring(url: string, options: BringOptions) {
      const part = await files.partFor(url);
      const got = await download(url, part, options, tools);
      if (got.type !== "file") return got.type;
      if (options.digest !== undefined) await checkDigest(url, part, options.digest);
      const held =
        options.innerZip === true
          ? await files.hold(await innerZipOf(url, part, options.maxBytes))
          : await files.adopt(part);
      rmSync(part, { force: true });
      return { ...held, validators: got.validators };
    },
    hold: (bytes: Uint8Array) => files.hold(bytes),
    has: (sha256: string) => files.has(sha256),
    inputs: (sha256: string, name: string) => keptInputs(files, sha256, name),
    async text(sha256: string, maxBytes: number) {
      const path = files.pathOf(sha256);
      if (statSync(path).size > maxBytes) throw new Fault("too_large", `More than ${maxBytes} bytes`, { at: path });
      return readFileSync(path, "utf8");
    },
    pause: (ms: number) =>
      tools.pause === undefined
        ? sleep(ms, undefined, { signal }).then(() => {})
        : tools.pause(ms, signal).then(() => {}),
  };
}

/** The documents in kept bytes, under the name the source gave them. */
export async function* keptInputs(files: KeptFiles, sha256: string, name: string): AsyncGenerator<InputDocument> {
  const path = files.pathOf(sha256);
  for await (const document of walkInputs([path], { limits: feedLimits }))
    yield { ...document, path: name + document.path.slice(path.length) };
}

async function checkDigest(
  at: string,
  path: string,
  { algorithm, hex, unpacked }: NonNullable<BringOptions["digest"]>,
): Promise<void> {
  const hash = createHash(algorithm);
  const bytes = createReadStream(path);
  const { bytes: content } = unpacked ? gunzip(at, bytes) : { bytes };
  for await (const chunk of content) hash.update(chunk as Uint8Array);
  if (hash.digest("hex") === hex.toLowerCase()) return;
  rmSync(path, { force: true });
  throw new Fault("tampered", `The document does not have the ${algorithm.toUpperCase()} its publisher states`, {
    at,
    fix: "It was changed on the way or is being replaced right now; it is tried again at the next run",
  });
}
