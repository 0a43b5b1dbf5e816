import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { crc32, inflateRawSync } from "node:zlib";
import { type Entry, RandomAccessReader } from "yauzl";

const BLOCK_BYTES = 256 * 1024;
const KEPT_BLOCKS = 4;
/** Entries up to this size are read and unpacked in one step, which is several times faster than a stream for each. */
const SMALL_BYTES = 1024 * 1024;
const STORED = 0;
const DEFLATED = 8;

/** Reads a zip file through a few kept blocks: its directory and its small entries are read in runs, not one call each. */
export class ZipReader extends RandomAccessReader {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #blocks = new Map<number, Promise<Buffer>>();

  constructor(file: FileHandle, path: string) {
    super();
    this.#file = file;
    this.#path = path;
  }

  static async open(path: string): Promise<{ reader: ZipReader; size: number }> {
    const file = await open(path, "r");
    return { reader: new ZipReader(file, path), size: (await file.stat()).size };
  }

  /** The unpacked bytes of a small entry; null when it must be streamed. Throws when size or checksum is not what the directory says. */
  async smallEntry(entry: Entry, start: number): Promise<Buffer | null> {
    const { compressedSize, uncompressedSize, compressionMethod } = entry;
    if (Math.max(compressedSize, uncompressedSize) > SMALL_BYTES) return null;
    if (compressionMethod !== STORED && compressionMethod !== DEFLATED) return null;
    const packed = await this.#bytes(start, compressedSize);
    const bytes =
      compressionMethod === STORED ? packed : inflateRawSync(packed, { maxOutputLength: uncompressedSize || 1 });
    if (bytes.length !== uncompressedSize) throw new Error("an entry has another size than the directory says");
    if (crc32(bytes) !== entry.crc32) throw new Error("an entry's checksum is wrong");
    return bytes;
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#bytes(position, length).then(
      (bytes) => callback(null, bytes.copy(target, offset)),
      (error) => callback(error),
    );
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.#path, { start, end: end - 1 });
  }

  override close(callback: (error: Error | null) => void): void {
    this.#file.close().then(() => callback(null), callback);
  }

  async #bytes(start: number, length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let at = start; at < start + length; ) {
      const number = Math.floor(at / BLOCK_BYTES);
      const from = at - number * BLOCK_BYTES;
      const part = (await this.#block(number)).subarray(from, from + start + length - at);
      if (part.length === 0) break;
      parts.push(part);
      at += part.length;
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }

  #block(number: number): Promise<Buffer> {
    const known = this.#blocks.get(number);
    this.#blocks.delete(number);
    const block = known ?? this.#readBlock(number);
    this.#blocks.set(number, block);
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= KEPT_BLOCKS) break;
      this.#blocks.delete(oldest);
    }
    return block;
  }

  async #readBlock(number: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(BLOCK_BYTES);
    const { bytesRead } = await this.#file.read(bytes, 0, BLOCK_BYTES, number * BLOCK_BYTES);
    return bytes.subarray(0, bytesRead);
  }
}
