import { Fault } from "../../lib/fault.ts";
import { gunzip } from "./gunzip.ts";
import type { InputBudget } from "./input-budget.ts";
import { type InputDocument, refusedDocument } from "./input-document.ts";
import { containerOf, MAGIC_BYTES, peek } from "./peek.ts";
import { readTar } from "./read-tar.ts";
import { readZip } from "./read-zip.ts";

/** One input: its bytes in order, and, for a zip, a file that can be read at random. */
export interface InputSource {
  path: string;
  size: number | null;
  bytes(): AsyncIterable<Uint8Array>;
  /** Runs `read` with the path of a file that holds the bytes. */
  withFile(read: (file: string) => AsyncIterable<InputDocument>): AsyncIterable<InputDocument>;
}

/** An input as one document, or the documents packed in it. Containers are told by content; a gzip inside an archive is unpacked, an archive is not. */
export async function* openInput(
  source: InputSource,
  budget: InputBudget,
): AsyncGenerator<InputDocument, void, undefined> {
  const { path, size } = source;
  try {
    const { head, rest } = await peek(source.bytes(), MAGIC_BYTES);
    const container = containerOf(head);
    if (container === "zip") {
      await rest.return();
      for await (const entry of source.withFile((file) => readZip(path, file, budget)))
        yield unpackEntry(entry, budget);
    } else if (container === "gzip") yield* openGzip(path, rest, budget);
    else if (container === "tar") yield* openTar(path, rest, budget);
    else yield* openPlain(path, size, rest, budget);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    yield refusedDocument(path, fault);
  }
}

async function* openTar(path: string, bytes: AsyncIterable<Uint8Array>, budget: InputBudget) {
  for await (const entry of readTar(path, bytes, budget)) yield unpackEntry(entry, budget);
}

async function* openPlain(path: string, size: number | null, bytes: AsyncGenerator<Uint8Array>, budget: InputBudget) {
  try {
    budget.countEntry(path);
    budget.checkSize(path, size);
    yield { path, size, bytes: () => budget.meter(path, bytes) };
  } finally {
    await bytes.return(undefined);
  }
}

async function* openGzip(path: string, packed: AsyncIterable<Uint8Array>, budget: InputBudget) {
  const { head, rest } = await peek(gunzipWithin(path, packed, budget), MAGIC_BYTES);
  const container = containerOf(head);
  if (container === "tar") yield* openTar(path, rest, budget);
  else if (container === "plain") yield* openPlain(path, null, rest, budget);
  else {
    await rest.return();
    yield refusedDocument(path, packedTwice(path));
  }
}

function unpackEntry(entry: InputDocument, budget: InputBudget): InputDocument {
  const { path } = entry;
  async function* bytes() {
    const { head, rest } = await peek(entry.bytes(), MAGIC_BYTES);
    const container = containerOf(head);
    if (container === "plain") return yield* rest;
    if (container !== "gzip") {
      await rest.return();
      throw packedTwice(path);
    }
    const unpacked = await peek(budget.meter(path, gunzipWithin(path, rest, budget)), MAGIC_BYTES);
    if (containerOf(unpacked.head) === "plain") return yield* unpacked.rest;
    await unpacked.rest.return();
    throw packedTwice(path);
  }
  return { path, size: entry.size, bytes };
}

function gunzipWithin(path: string, packed: AsyncIterable<Uint8Array>, budget: InputBudget) {
  const { bytes, packedBytes } = gunzip(path, packed);
  return budget.limitRatio(path, bytes, packedBytes);
}

const packedTwice = (at: string): Fault =>
  new Fault("bad_input", "An archive inside an archive is not opened", { at, fix: "Unpack the outer one first" });
