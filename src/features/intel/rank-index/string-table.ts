import { Buffer } from "node:buffer";
import { GrowingBytes, GrowingU32 } from "./growing.ts";

/** No string: a missing bound, a missing fixed version. */
export const NO_STRING = 0xffffffff;

/** Gives every distinct string one number. */
export class StringInterner {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];

  add(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.length;
    this.#numbers.set(text, number);
    this.#texts.push(text);
    return number;
  }

  addOptional(text: string | null): number {
    return text === null ? NO_STRING : this.add(text);
  }

  text(number: number): string {
    return this.#texts[number] ?? "";
  }

  get size(): number {
    return this.#texts.length;
  }

  encode(): { bytes: Uint8Array<ArrayBuffer>; ends: Uint32Array<ArrayBuffer> } {
    const bytes = new GrowingBytes();
    const ends = new GrowingU32();
    for (const text of this.#texts) {
      bytes.push(Buffer.from(text, "utf8"));
      ends.push(bytes.length);
    }
    return { bytes: bytes.done(), ends: ends.done() };
  }
}

/** The same numbers read back; a text is decoded when first asked for. */
export class StringTable {
  readonly #bytes: Buffer;
  readonly #ends: Uint32Array;
  readonly #decoded: (string | undefined)[];

  constructor(bytes: Uint8Array<ArrayBuffer>, ends: Uint32Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#ends = ends;
    this.#decoded = new Array(ends.length);
  }

  get size(): number {
    return this.#ends.length;
  }

  text(number: number): string {
    const known = this.#decoded[number];
    if (known !== undefined) return known;
    const start = number === 0 ? 0 : (this.#ends[number - 1] ?? 0);
    const text = this.#bytes.toString("utf8", start, this.#ends[number] ?? start);
    this.#decoded[number] = text;
    return text;
  }

  optional(number: number): string | null {
    return number === NO_STRING ? null : this.text(number);
  }

  /** Whether the string with this number is `text`, without decoding it when both are ASCII. */
  equals(number: number, text: string): boolean {
    const start = number === 0 ? 0 : (this.#ends[number - 1] ?? 0);
    const end = this.#ends[number] ?? start;
    // No text has fewer bytes than signs; one that has more is not ASCII. Mostly this spares going to the bytes.
    if (end - start !== text.length && (end - start < text.length || isAscii(text))) return false;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) return this.text(number) === text;
      if (this.#bytes[start + i] !== code) return false;
    }
    return end - start === text.length;
  }

  /** The same for a start and a piece of a text, both ASCII. */
  equalsJoined(number: number, start: string, text: string, from: number, to: number): boolean {
    const at = number === 0 ? 0 : (this.#ends[number - 1] ?? 0);
    if ((this.#ends[number] ?? at) - at !== start.length + to - from) return false;
    for (let i = 0; i < start.length; i++) if (this.#bytes[at + i] !== start.charCodeAt(i)) return false;
    const piece = at + start.length - from;
    for (let i = from; i < to; i++) if (this.#bytes[piece + i] !== text.charCodeAt(i)) return false;
    return true;
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
