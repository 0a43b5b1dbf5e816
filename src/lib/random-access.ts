/** A file as the pure core sees it: bytes at a place. `readAt` returns fewer bytes than asked only at the file's end. */
export interface RandomAccess {
  readonly name: string;
  readonly size: number;
  readAt(offset: number, length: number): Uint8Array<ArrayBuffer>;
}

/** Where bytes go, in order; `writeAt` goes back over bytes already written. */
export interface ByteSink {
  readonly name: string;
  readonly size: number;
  append(bytes: Uint8Array): void;
  writeAt(offset: number, bytes: Uint8Array): void;
}

/** Bytes in memory behind both interfaces. */
export class MemoryFile implements RandomAccess, ByteSink {
  readonly name: string;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(4096);
  #size = 0;

  constructor(name: string, bytes?: Uint8Array) {
    this.name = name;
    if (bytes !== undefined) this.append(bytes);
  }

  get size(): number {
    return this.#size;
  }

  readAt(offset: number, length: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(Math.min(offset, this.#size), Math.min(offset + length, this.#size));
  }

  append(bytes: Uint8Array): void {
    this.writeAt(this.#size, bytes);
  }

  writeAt(offset: number, bytes: Uint8Array): void {
    const end = offset + bytes.length;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, offset);
    this.#size = Math.max(this.#size, end);
  }
}
