import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import * as z from "zod";
import { isWordedSource, vendorsIn } from "../device-advisories/vendors.ts";
import type { Advisory } from "../schema.ts";
import { damaged } from "./blocks.ts";
import type { Container } from "./container.ts";
import type { RankIndex } from "./open-index.ts";
import { vulnerabilityHashes } from "./said.ts";

export const WORDED_SECTION = "makers.worded";
const MAX_BYTES = 256 * 1024 * 1024;

/** What records that name products in words say of one maker's: the records, and a hash that changes when what they say does. */
export interface Worded {
  said: string;
  records: readonly number[];
}
const List = z.array(z.tuple([z.string(), z.string(), z.array(z.number().int().nonnegative())]));

/** Collects which makers records name in words, as the records come. */
export class MakersNamed {
  readonly #records = new Map<string, number[]>();
  readonly #makers = new Map<string, string[]>();

  add(record: number, { source, affected }: Advisory): void {
    if (!isWordedSource(source)) return;
    for (const { product } of affected) {
      if (product === null) continue;
      const makers = this.#makers.get(product.vendor) ?? vendorsIn(product.vendor);
      this.#makers.set(product.vendor, makers);
      for (const maker of makers) {
        const known = this.#records.get(maker);
        if (known === undefined) this.#records.set(maker, [record]);
        else if (known.at(-1) !== record) known.push(record);
      }
    }
  }

  /** By maker in the alphabet's order; null for an index that does not keep what tells one record's content from another's. */
  pack(index: RankIndex, isReplaced: (record: number) => boolean): Uint8Array<ArrayBuffer> | null {
    const hashOf = index.recordHashes();
    if (hashOf === null) return null;
    const vulnerability = vulnerabilityHashes(index, hashOf);
    const list: z.infer<typeof List> = [];
    for (const [maker, all] of [...this.#records].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const records = all.filter((record) => !isReplaced(record));
      const sha = createHash("sha256");
      for (const record of records) {
        sha.update(hashOf(record));
        for (const number of index.vulnerabilitiesOf(record)) sha.update(vulnerability(number));
      }
      list.push([maker, sha.digest("hex"), records]);
    }
    return new Uint8Array(zstdCompressSync(JSON.stringify(list)));
  }
}

/** By maker; null for a file that was built before it was kept. Fault `bad_input` when the section is not what was written. */
export function unpackWorded(container: Container, name: string): ReadonlyMap<string, Worded> | null {
  if (!container.has(WORDED_SECTION)) return null;
  try {
    const raw = zstdDecompressSync(container.u8(WORDED_SECTION), { maxOutputLength: MAX_BYTES });
    const list = List.parse(JSON.parse(Buffer.from(raw).toString("utf8")));
    return new Map(list.map(([maker, said, records]) => [maker, { said, records }]));
  } catch (cause) {
    throw damaged(name, `the section ${WORDED_SECTION} cannot be read`, cause);
  }
}
