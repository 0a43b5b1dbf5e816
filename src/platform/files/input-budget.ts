import { Fault } from "../../lib/fault.ts";
import type { InputLimits } from "./input-limits.ts";

/** What one input has cost so far. Once a limit of the whole input is passed, `spent` stays true and the walk of it ends. */
export class InputBudget {
  readonly limits: InputLimits;
  #entries = 0;
  #bytes = 0;
  #spent = false;

  constructor(limits: InputLimits) {
    this.limits = limits;
  }

  get spent(): boolean {
    return this.#spent;
  }

  /** Counts one more entry; a Fault `too_large` when there are too many. */
  countEntry(path: string): void {
    this.#entries += 1;
    if (this.#entries <= this.limits.maxEntries) return;
    this.#spent = true;
    throw new Fault("too_large", `There are more than ${this.limits.maxEntries} entries`, { at: path });
  }

  /** Refuses a size known before reading. */
  checkSize(path: string, size: number | null): void {
    if (size === null || size <= this.limits.maxEntryBytes) return;
    throw new Fault("too_large", `${size} bytes; at most ${this.limits.maxEntryBytes} are read`, { at: path });
  }

  /** Passes a document's bytes on, counting them. */
  async *meter(path: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    const { maxEntryBytes, maxTotalBytes } = this.limits;
    let entryBytes = 0;
    for await (const chunk of bytes) {
      entryBytes += chunk.length;
      this.#bytes += chunk.length;
      if (entryBytes > maxEntryBytes)
        throw new Fault("too_large", `More than ${maxEntryBytes} bytes unpacked`, { at: path });
      if (this.#bytes > maxTotalBytes) {
        this.#spent = true;
        throw new Fault("too_large", `The whole input unpacks to more than ${maxTotalBytes} bytes`, { at: path });
      }
      yield chunk;
    }
  }

  /** Passes unpacked bytes on while they stay in proportion to the packed ones they came from. */
  async *limitRatio(
    path: string,
    bytes: AsyncIterable<Uint8Array>,
    packedBytes: () => number,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const { maxRatio, ratioFreeBytes } = this.limits;
    let unpackedBytes = 0;
    for await (const chunk of bytes) {
      unpackedBytes += chunk.length;
      if (unpackedBytes > ratioFreeBytes && unpackedBytes > packedBytes() * maxRatio)
        throw new Fault("bad_input", `Packed more than ${maxRatio} to 1, as archive bombs are`, { at: path });
      yield chunk;
    }
  }
}
