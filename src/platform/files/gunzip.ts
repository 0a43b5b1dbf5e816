import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Fault } from "../../lib/fault.ts";

const CHUNK_BYTES = 256 * 1024;

/** Unpacked bytes of a gzip stream, and how many packed ones were read so far. A cut or broken stream is a Fault `bad_input`. */
export function gunzip(path: string, packed: AsyncIterable<Uint8Array>) {
  let packedBytes = 0;
  async function* counted() {
    for await (const chunk of packed) {
      packedBytes += chunk.length;
      yield chunk;
    }
  }
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
    pipeline(Readable.from(counted(), { objectMode: true }), unpacked, () => {});
    try {
      yield* unpacked as AsyncIterable<Uint8Array>;
    } catch (cause) {
      if (cause instanceof Fault) throw cause;
      throw new Fault("bad_input", `The gzip stream breaks off or is damaged (${messageOf(cause)})`, {
        at: path,
        cause,
      });
    }
  }
  return { bytes: bytes(), packedBytes: () => packedBytes };
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
