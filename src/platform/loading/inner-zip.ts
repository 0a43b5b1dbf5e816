import type { Readable } from "node:stream";
import { fromRandomAccessReaderPromise } from "yauzl";
import { Fault } from "../../lib/fault.ts";
import { ZipReader } from "../files/zip-reader.ts";

/** The one zip inside a zip, as a stream, unpacked to at most `maxBytes`. Fault `bad_input` when there is not exactly that. */
export async function innerZipOf(at: string, path: string, maxBytes: number): Promise<AsyncIterable<Uint8Array>> {
  const { reader, size } = await ZipReader.open(path);
  const archive = await fromRandomAccessReaderPromise(reader, size, { autoClose: false }).catch((cause) => {
    reader.close(() => {});
    throw new Fault("bad_input", "The zip archive is damaged", { at, cause });
  });
  async function* bytes() {
    try {
      let found = false;
      for await (const entry of archive.eachEntry()) {
        if (!entry.fileName.endsWith(".zip")) continue;
        if (found) break;
        found = true;
        if (entry.uncompressedSize > maxBytes)
          throw new Fault("too_large", `The inner archive has ${entry.uncompressedSize} bytes; at most ${maxBytes}`, {
            at,
          });
        const stream: Readable = await archive.openReadStreamPromise(entry);
        for await (const chunk of stream) yield chunk as Uint8Array;
      }
      if (!found) throw new Fault("bad_input", "The archive holds no inner archive", { at });
    } finally {
      archive.close();
    }
  }
  return bytes();
}
