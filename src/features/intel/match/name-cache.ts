import { Buffer } from "node:buffer";

const WAYS = 4;
const SETS = 16_384;

/**
 * What was worked out for a name, found by a text that holds the name with a version somewhere in it: no string is cut, joined
 * or hashed for a name already known. A fixed number of places, four for names that fall together, of which the longest held
 * gives way: whatever names come, it takes bounded memory and time, and forgetting only costs working out again.
 */
export class NameCache<T extends { text: string }> {
  readonly #hashes = new Uint32Array(SETS * WAYS);
  readonly #values: (T | null)[] = new Array<T | null>(SETS * WAYS).fill(null);
  readonly #next = new Uint8Array(SETS);

  /** The value of the text without what stands from `cut` to `to`; `make` must give the same for the same name. */
  get(text: string, cut: number, to: number, make: (name: string) => T): T {
    const hash = hashOf(text, cut, to);
    const first = (hash & (SETS - 1)) * WAYS;
    for (let place = first; place < first + WAYS; place++) {
      if (this.#hashes[place] !== hash) continue;
      const value = this.#values[place];
      if (value !== null && value !== undefined && isCutOf(value.text, text, cut, to)) return value;
    }
    return this.#put(hash, make(copied(text.slice(0, cut) + text.slice(to))));
  }

  *values(): Iterable<T> {
    for (const value of this.#values) if (value !== null) yield value;
  }

  #put(hash: number, value: T): T {
    const set = hash & (SETS - 1);
    const way = this.#next[set] ?? 0;
    this.#next[set] = (way + 1) % WAYS;
    this.#hashes[set * WAYS + way] = hash;
    this.#values[set * WAYS + way] = value;
    return value;
  }
}

/** FNV-1a over every other sign twice, so that one step need not wait for the other. Only spreads names; the text decides. */
function hashOf(text: string, cut: number, to: number): number {
  let even = 0x811c9dc5;
  let odd = 0x01000193;
  let i = 0;
  for (; i + 1 < cut; i += 2) {
    even = Math.imul(even ^ text.charCodeAt(i), 0x01000193);
    odd = Math.imul(odd ^ text.charCodeAt(i + 1), 0x01000193);
  }
  if (i < cut) even = Math.imul(even ^ text.charCodeAt(i), 0x01000193);
  for (let k = to; k < text.length; k++) odd = Math.imul(odd ^ text.charCodeAt(k), 0x01000193);
  const mixed = Math.imul(even ^ (odd >>> 15) ^ (odd << 7), 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

function isCutOf(name: string, text: string, cut: number, to: number): boolean {
  if (name.length !== cut + text.length - to) return false;
  for (let i = 0; i < cut; i++) if (name.charCodeAt(i) !== text.charCodeAt(i)) return false;
  for (let i = to; i < text.length; i++) if (name.charCodeAt(cut + i - to) !== text.charCodeAt(i)) return false;
  return true;
}

const SCRATCH = Buffer.allocUnsafeSlow(2048);

/** A string of its own: a cut one keeps the string it was cut from in memory, and every look at it goes there first. */
function copied(text: string): string {
  if (2 * text.length > SCRATCH.length) return Buffer.from(text, "utf16le").toString("utf16le");
  const encoding = isLatin(text) ? "latin1" : "utf16le";
  return SCRATCH.toString(encoding, 0, SCRATCH.write(text, encoding));
}

function isLatin(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return false;
  return true;
}
