import { pipeline, Readable } from "node:stream";
import { extract } from "tar-stream";
import { Fault } from "../../lib/fault.ts";
import { printableName, refuseEntryName } from "./entry-name.ts";
import type { InputBudget } from "./input-budget.ts";
import { type InputDocument, refusedDocument } from "./input-document.ts";

/** The files of a tar stream, in order. Links and devices are refused; what breaks off ends with a refused document for the archive itself. */
export async function* readTar(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  budget: InputBudget,
): AsyncGenerator<InputDocument, void, undefined> {
  const archive = extract();
  const { passed, endsBlank } = watchEnd(bytes);
  pipeline(Readable.from(passed, { objectMode: true }), archive, () => {});
  try {
    for await (const entry of archive) {
      const { name, type, size = null } = entry.header;
      const at = `${path}/${printableName(name).replace(/^\.\//, "")}`;
      const fault = refuseEntryName(name, at);
      if (fault !== undefined) yield refusedDocument(at, fault);
      else if (type === "symlink" || type === "link")
        yield refusedDocument(at, new Fault("bad_input", "Links inside archives are not followed", { at }));
      else if (type === "file" || type === "contiguous-file") {
        budget.countEntry(at);
        yield tarDocument(at, size, entry as AsyncIterable<Uint8Array>, budget);
      }
      if (budget.spent) return;
      entry.resume();
    }
    if (!endsBlank()) throw new Error("the blank block at its end is missing");
  } catch (cause) {
    yield refusedDocument(path, faultOf(cause, path));
  } finally {
    archive.destroy();
  }
}

const BLOCK_BYTES = 512;

/** An archive that was cut between two files looks whole but for the blank block that ends every archive (POSIX, pax). */
function watchEnd(bytes: AsyncIterable<Uint8Array>) {
  let blank = 0;
  async function* passed() {
    for await (const chunk of bytes) {
      const last = chunk.findLastIndex((byte) => byte !== 0);
      blank = last < 0 ? blank + chunk.length : chunk.length - 1 - last;
      yield chunk;
    }
  }
  return { passed: passed(), endsBlank: () => blank >= BLOCK_BYTES };
}

function tarDocument(
  path: string,
  size: number | null,
  entry: AsyncIterable<Uint8Array>,
  budget: InputBudget,
): InputDocument {
  async function* bytes() {
    budget.checkSize(path, size);
    try {
      yield* budget.meter(path, leftOpen(entry));
    } catch (cause) {
      throw faultOf(cause, path);
    }
  }
  return { path, size, bytes };
}

/** An entry whose reading is given up must still be run through to the next one: closing it would lose the place in the archive. */
async function* leftOpen(entry: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks = entry[Symbol.asyncIterator]();
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}

const faultOf = (cause: unknown, at: string): Fault =>
  cause instanceof Fault
    ? cause
    : new Fault("bad_input", `The tar archive breaks off or is damaged (${(cause as Error).message})`, { at, cause });
