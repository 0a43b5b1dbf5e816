import type { Fault } from "../../lib/fault.ts";

/** One readable thing found by walking the inputs. `bytes` may be read once, before the next document is asked for. */
export interface InputDocument {
  /** For messages: the input's path, then the path inside an archive. */
  readonly path: string;
  /** Bytes, where known before reading. */
  readonly size: number | null;
  /** Throws a Fault when the content is refused: too large, packed too tightly, truncated, or its name leaves the archive. */
  bytes(): AsyncIterable<Uint8Array>;
}

/** A document that only says why it is refused, so that one bad entry does not end the walk. */
export function refusedDocument(path: string, fault: Fault): InputDocument {
  return {
    path,
    size: null,
    // biome-ignore lint/correctness/useYield: it refuses before its first byte
    async *bytes() {
      throw fault;
    },
  };
}
