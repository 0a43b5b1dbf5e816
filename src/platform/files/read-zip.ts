import type { Readable } from "node:stream";
import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, type ZipFile } from "yauzl";
import { Fault } from "../../lib/fault.ts";
import { printableName, refuseEntryName } from "./entry-name.ts";
import type { InputBudget } from "./input-budget.ts";
import { type InputDocument, refusedDocument } from "./input-document.ts";
import { ZipReader } from "./zip-reader.ts";

/** The files of a zip, read from the file at `file` and named under `path`. Sizes in its directory are held against the data. */
export async function* readZip(
  path: string,
  file: string,
  budget: InputBudget,
): AsyncGenerator<InputDocument, void, undefined> {
  const { reader, size } = await ZipReader.open(file);
  let archive: ZipFile | undefined;
  try {
    // decodeStrings off: the library would end the whole archive at one bad name.
    archive = await fromRandomAccessReaderPromise(reader, size, {
      decodeStrings: false,
      validateEntrySizes: true,
      autoClose: false,
    });
    for await (const entry of archive.eachEntry()) {
      const name = entryName(entry);
      const at = `${path}/${printableName(name)}`;
      const fault = refuseEntryName(name, at);
      if (fault !== undefined) yield refusedDocument(at, fault);
      else if (!name.endsWith("/")) {
        budget.countEntry(at);
        yield zipDocument(at, archive, reader, entry, budget);
      }
      if (budget.spent) return;
    }
  } catch (cause) {
    yield refusedDocument(path, faultOf(cause, path));
  } finally {
    if (archive === undefined) await new Promise((resolve) => reader.close(resolve));
    else archive.close();
  }
}

const entryName = (entry: Entry): string =>
  getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);

function zipDocument(
  path: string,
  archive: ZipFile,
  reader: ZipReader,
  entry: Entry,
  budget: InputBudget,
): InputDocument {
  async function* bytes() {
    budget.checkSize(path, entry.uncompressedSize);
    let unpacked: Readable | undefined;
    try {
      if (entry.isEncrypted()) throw new Fault("bad_input", "The entry is encrypted", { at: path });
      const { fileDataStart } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
      const small = await reader.smallEntry(entry, fileDataStart);
      if (small !== null) return yield* budget.meter(path, single(small));
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

async function* single(bytes: Buffer) {
  if (bytes.length > 0) yield bytes;
}

const faultOf = (cause: unknown, at: string): Fault =>
  cause instanceof Fault
    ? cause
    : new Fault("bad_input", `The zip archive is damaged (${(cause as Error).message})`, { at, cause });
