import type { Readable } from "node:stream";
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from "yauzl";
import { Fault } from "../../lib/fault.ts";
import { printableName, refuseEntryName } from "./entry-name.ts";
import type { InputBudget } from "./input-budget.ts";
import { type InputDocument, refusedDocument } from "./input-document.ts";

/** The files of a zip, read from the file at `file` and named under `path`. Sizes in its directory are held against the data. */
export async function* readZip(
  path: string,
  file: string,
  budget: InputBudget,
): AsyncGenerator<InputDocument, void, undefined> {
  let archive: ZipFile | undefined;
  try {
    // decodeStrings off: the library would end the whole archive at one bad name.
    archive = await openPromise(file, { decodeStrings: false, validateEntrySizes: true, autoClose: false });
    for await (const entry of archive.eachEntry()) {
      const name = entryName(entry);
      const at = `${path}/${printableName(name)}`;
      const fault = refuseEntryName(name, at);
      if (fault !== undefined) yield refusedDocument(at, fault);
      else if (!name.endsWith("/")) {
        budget.countEntry(at);
        yield zipDocument(at, archive, entry, budget);
      }
      if (budget.spent) return;
    }
  } catch (cause) {
    yield refusedDocument(path, faultOf(cause, path));
  } finally {
    archive?.close();
  }
}

const entryName = (entry: Entry): string =>
  getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);

function zipDocument(path: string, archive: ZipFile, entry: Entry, budget: InputBudget): InputDocument {
  async function* bytes() {
    budget.checkSize(path, entry.uncompressedSize);
    let unpacked: Readable | undefined;
    try {
      if (entry.isEncrypted()) throw new Fault("bad_input", "The entry is encrypted", { at: path });
      unpacked = await archive.openReadStreamPromise(entry);
      yield* budget.meter(
        path,
        budget.limitRatio(path, unpacked, () => entry.compressedSize),
      );
    } catch (cause) {
      throw faultOf(cause, path);
    } finally {
      unpacked?.destroy();
    }
  }
  return { path, size: entry.uncompressedSize, bytes };
}

const faultOf = (cause: unknown, at: string): Fault =>
  cause instanceof Fault
    ? cause
    : new Fault("bad_input", `The zip archive is damaged (${(cause as Error).message})`, { at, cause });
