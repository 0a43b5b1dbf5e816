import { crc32, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { Fault } from "../../../lib/fault.ts";
import type { ByteSink, RandomAccess } from "../../../lib/random-access.ts";
import { GrowingU32 } from "./growing.ts";

const BLOCK_BYTES = 32 * 1024;
const CACHED_BLOCKS = 64;
/** Of zlib's output. With room for all and one byte more, it takes one piece of memory and is done. */
const SMALLEST_CHUNK = 64;
/** Each of two halves; a text costs its bytes and about this much around it. */
const RECENT_BYTES = 8 * 1024 * 1024;
const BYTES_OF_A_PLACE = 200;

/** Texts packed into compressed blocks; each text is found by block, start and length. */
export class BlockWriter {
  readonly #sink: ByteSink;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  readonly #offsets: number[] = [];
  readonly #sizes = new GrowingU32();
  readonly #places = new GrowingU32();

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  add(bytes: Uint8Array): void {
    this.#places.push(this.#offsets.length);
    this.#places.push(this.#pendingBytes);
    this.#places.push(bytes.length);
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= BLOCK_BYTES) this.#flush();
  }

  #flush(): void {
    const raw = new Uint8Array(this.#pendingBytes);
    let at = 0;
    for (const part of this.#pending) {
      raw.set(part, at);
      at += part.length;
    }
    const packed = zstdCompressSync(raw);
    this.#offsets.push(this.#sink.size);
    this.#sizes.push(packed.length);
    this.#sizes.push(raw.length);
    this.#sizes.push(crc32(packed));
    this.#sink.append(packed);
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  /** `sizes`: packed length, raw length and CRC-32 per block; `places`: block, start and length per text. */
  done(): { offsets: Float64Array<ArrayBuffer>; sizes: Uint32Array<ArrayBuffer>; places: Uint32Array<ArrayBuffer> } {
    if (this.#pendingBytes > 0 || this.#pending.length > 0) this.#flush();
    return { offsets: Float64Array.from(this.#offsets), sizes: this.#sizes.done(), places: this.#places.done() };
  }
}

/**
 * Texts asked for of late. The releases of a portfolio ask for the same few among all texts of a file, spread over all its blocks:
 * keeping blocks for them would take many times the memory. Two halves; what was not asked for since the last change goes.
 */
class RecentTexts {
  #young = new Map<number, Uint8Array>();
  #old = new Map<number, Uint8Array>();
  #bytes = 0;

  get(number: number): Uint8Array | undefined {
    const young = this.#young.get(number);
    if (young !== undefined) return young;
    const old = this.#old.get(number);
    if (old !== undefined) this.add(number, old);
    return old;
  }

  add(number: number, text: Uint8Array): void {
    const bytes = text.length + BYTES_OF_A_PLACE;
    if (this.#bytes + bytes > RECENT_BYTES) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#bytes = 0;
    }
    this.#young.set(number, text);
    this.#bytes += bytes;
  }
}

/** Reads texts back; a block is fetched, checked and unpacked when a text of it is asked for. */
export class BlockReader {
  readonly #file: RandomAccess;
  readonly #offsets: Float64Array;
  readonly #sizes: Uint32Array;
  readonly #places: Uint32Array;
  readonly #cache = new Map<number, Uint8Array>();
  readonly #recent = new RecentTexts();

  constructor(file: RandomAccess, offsets: Float64Array, sizes: Uint32Array, places: Uint32Array) {
    this.#file = file;
    this.#offsets = offsets;
    this.#sizes = sizes;
    this.#places = places;
  }

  /** Throws `Fault` when the block on disk is not what was written. */
  text(number: number): Uint8Array {
    const known = this.#recent.get(number);
    if (known !== undefined) return known;
    const [block = -1, start = 0, length = 0] = this.#places.subarray(number * 3, number * 3 + 3);
    const raw = this.#block(block);
    if (start + length > raw.length) throw damaged(this.#file.name, `text ${number} ends beyond its block`);
    const text = raw.slice(start, start + length);
    this.#recent.add(number, text);
    return text;
  }

  #block(number: number): Uint8Array {
    const cached = this.#cache.get(number);
    if (cached !== undefined) return cached;
    const raw = this.#read(number);
    const oldest = this.#cache.size >= CACHED_BLOCKS ? this.#cache.keys().next().value : undefined;
    if (oldest !== undefined) this.#cache.delete(oldest);
    this.#cache.set(number, raw);
    return raw;
  }

  #read(number: number): Uint8Array {
    const offset = this.#offsets[number];
    const [packedLength = 0, rawLength = 0, checksum = 0] = this.#sizes.subarray(number * 3, number * 3 + 3);
    if (offset === undefined) throw damaged(this.#file.name, `there is no block ${number}`);
    const packed = this.#file.readAt(offset, packedLength);
    if (packed.length !== packedLength || crc32(packed) !== checksum)
      throw damaged(this.#file.name, `block ${number} at byte ${offset} does not match its checksum`);
    const chunkSize = Math.max(rawLength, SMALLEST_CHUNK) + 1;
    const raw = zstdDecompressSync(packed, { maxOutputLength: Math.max(rawLength, 1), chunkSize });
    if (raw.length !== rawLength) throw damaged(this.#file.name, `block ${number} unpacks to another length`);
    // Not as the Buffer it is: `slice` of a Buffer copies nothing, and a text kept would keep its whole block.
    return new Uint8Array(raw.buffer, raw.byteOffset, raw.length);
  }
}

export const damaged = (name: string, reason: string, cause?: unknown): Fault =>
  new Fault("bad_input", `The intelligence file is damaged: ${reason}`, {
    at: name,
    fix: "Build it again with `cordon intel build`",
    cause,
  });
