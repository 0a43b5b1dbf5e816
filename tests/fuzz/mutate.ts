/** What JSON is made of, and what breaks its readers. */
export const JSON_TOKENS = [
  ...["{", "}", "[", "]", '"', ",", ":", "null", "-1", "1e999", "\\u0000", "\\ud800", "\n", "\u0000"],
  ...['"__proto__":{},', '"constructor":0,'],
] as const;

export interface Mutator {
  /** A whole number from 0 to below `n`. */
  upTo(n: number): number;
  /** The bytes with one to six places cut, doubled, replaced by tokens, or filled from another document. */
  mutate(bytes: Uint8Array, others: readonly Uint8Array[], tokens: readonly [string, ...string[]]): Uint8Array;
}

/** The same seed breaks the same documents the same way. */
export function mutatorFrom(seed: number): Mutator {
  const random = randomFrom(seed);
  const upTo = (n: number) => Math.floor(random() * n);
  const oneOf = <T>(items: readonly [T, ...T[]]): T => items[upTo(items.length)] ?? items[0];
  return {
    upTo,
    mutate(bytes, others, tokens) {
      let out: Uint8Array = bytes;
      for (let edits = 1 + upTo(6); edits > 0; edits--) {
        const at = upTo(out.length + 1);
        const end = Math.min(out.length, at + upTo(oneOf([1, 8, 200, out.length + 1])));
        const cut = out.subarray(at, end);
        const other = others[upTo(others.length)] ?? out;
        const from = upTo(other.length);
        const insert = oneOf<() => Uint8Array>([
          () => new Uint8Array(0),
          () => Buffer.from(oneOf(tokens)),
          () => Buffer.from(oneOf(tokens).repeat(1 + upTo(400))),
          () => Uint8Array.of(upTo(256)),
          () => Buffer.concat([cut, cut]),
          () => other.subarray(from, from + upTo(300)),
        ])();
        out = Buffer.concat([out.subarray(0, at), insert, out.subarray(end)]);
      }
      return out;
    },
  };
}

/** Mulberry32. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
