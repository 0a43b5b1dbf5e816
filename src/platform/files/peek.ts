/** The first `count` bytes (fewer at the end) and a stream that still has them. Closing `rest` closes the source. */
export async function peek(
  bytes: AsyncIterable<Uint8Array>,
  count: number,
): Promise<{ head: Buffer; rest: AsyncGenerator<Uint8Array, void, undefined> }> {
  const source = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < count) {
    const next = await source.next();
    if (next.done) break;
    chunks.push(next.value);
    length += next.value.length;
  }
  async function* rest() {
    try {
      yield* chunks.splice(0);
      for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
    } finally {
      await source.return?.();
    }
  }
  return { head: Buffer.concat(chunks).subarray(0, count), rest: rest() };
}

/** Bytes that tell the containers apart: tar's magic ends at 262. */
export const MAGIC_BYTES = 512;

export type Container = "zip" | "gzip" | "tar" | "plain";

/** What the first bytes say the content is packed as. */
export function containerOf(head: Buffer): Container {
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) return "zip";
  if (head.subarray(257, 262).toString("latin1") === "ustar") return "tar";
  return "plain";
}
