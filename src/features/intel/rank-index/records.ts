import { Buffer } from "node:buffer";
import { hash } from "node:crypto";
import type { ByteSink } from "../../../lib/random-access.ts";
import type { AdvisoryHead, AdvisoryText } from "../match/lookup.ts";
import type { Advisory } from "../schema.ts";
import { BlockWriter } from "./blocks.ts";
import { GrowingBytes, GrowingU32 } from "./growing.ts";
import type { StringInterner } from "./string-table.ts";

/** Of a record's SHA-256, what the file keeps to tell whether another file says the same. */
export const RECORD_HASH_BYTES = 16;
export const RECORD_HASHES = "records.hashes";

export const RECORD = { withdrawn: 1, replaced: 2 } as const;

/** The records as they come: their texts go to disk at once, only what matching asks of every record stays. */
export class RecordWriter {
  readonly #strings: StringInterner;
  readonly #heads: BlockWriter;
  readonly #texts: BlockWriter;
  readonly #sources = new GrowingU32();
  readonly #published = new GrowingU32();
  readonly #hashes = new GrowingBytes();
  #flags: number[] = [];
  readonly #modified: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly names: { id: string; aliases: string[] }[] = [];
  replaced = 0;

  constructor(sink: ByteSink, strings: StringInterner) {
    this.#strings = strings;
    this.#heads = new BlockWriter(sink);
    this.#texts = new BlockWriter(sink);
  }

  /** The record's number. Of two versions of one record from one source the newer stays; null when this is the older. */
  add(advisory: Advisory): number | null {
    const { details, references, cwes, ...head } = advisory;
    const key = `${advisory.source}\0${advisory.id}`;
    const modified = advisory.modifiedAt ?? advisory.publishedAt ?? "";
    const known = this.#numbers.get(key);
    if (known !== undefined) {
      this.replaced++;
      if (modified < (this.#modified[known] ?? "")) return null;
      this.#flags[known] = (this.#flags[known] ?? 0) | RECORD.replaced;
    }
    const number = this.names.length;
    this.#numbers.set(key, number);
    this.names.push({ id: advisory.id, aliases: advisory.aliases });
    this.#modified.push(modified);
    const [headBytes, textBytes] = [
      encode(head satisfies AdvisoryHead),
      encode({ details, references, cwes } satisfies AdvisoryText),
    ];
    this.#heads.add(headBytes);
    this.#texts.add(textBytes);
    this.#hashes.push(hash("sha256", Buffer.concat([headBytes, textBytes]), "buffer").subarray(0, RECORD_HASH_BYTES));
    this.#sources.push(this.#strings.add(advisory.source));
    this.#published.push(secondsOf(advisory.publishedAt));
    this.#flags.push(advisory.withdrawnAt === null ? 0 : RECORD.withdrawn);
    return number;
  }

  isReplaced(number: number): boolean {
    return ((this.#flags[number] ?? 0) & RECORD.replaced) !== 0;
  }

  done() {
    const heads = this.#heads.done();
    const texts = this.#texts.done();
    return {
      "records.source": this.#sources.done(),
      "records.published": this.#published.done(),
      "records.flags": Uint8Array.from(this.#flags),
      [RECORD_HASHES]: this.#hashes.done(),
      "heads.offsets": heads.offsets,
      "heads.sizes": heads.sizes,
      "heads.places": heads.places,
      "texts.offsets": texts.offsets,
      "texts.sizes": texts.sizes,
      "texts.places": texts.places,
    };
  }
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value), "utf8");

/** Seconds since 1970; 0 when the source gives no date. */
function secondsOf(date: string | null): number {
  const ms = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(ms) || ms < 0 ? 0 : Math.min(Math.floor(ms / 1000), 0xffffffff);
}
