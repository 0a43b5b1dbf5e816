import type { Scheme } from "../schema.ts";
import { Scheme as Schemes } from "../schema.ts";
import type { Bridge } from "./bridge.ts";
import { encodeSeries, type Ordering } from "./encode-series.ts";
import type { PendingEntries } from "./entries.ts";
import { GrowingU32 } from "./growing.ts";
import { nameKey, namesIn } from "./key.ts";
import { buildSlots } from "./key-table.ts";
import { StringInterner } from "./string-table.ts";

/** The searchable half of the file: keys, per key its series (one per version order), per series bounds, entries and ranges. */
export function encodeKeys(
  pending: PendingEntries,
  pendingKeys: StringInterner,
  strings: StringInterner,
  bridge: Bridge,
  isReplaced: (record: number) => boolean,
  orderingOf: (scheme: Scheme) => Ordering,
) {
  const tables = new KeyTables(strings);
  for (const group of groupByKey(pending, pendingKeys.size)) {
    const entries = group.map((number) => ({ number, ...pending.entry(number) })).filter((e) => !isReplaced(e.record));
    const first = entries[0];
    if (first === undefined) continue;
    tables.openKey(pendingKeys.text(first.key));
    for (const scheme of new Set(entries.map((entry) => entry.scheme))) {
      const members = entries.filter((entry) => entry.scheme === scheme);
      const { bounds, ranges } = encodeSeries(
        members.map((entry) => pending.ranges(entry.number)),
        orderingOf(scheme),
      );
      tables.addSeries(scheme, bounds);
      for (const [i, entry] of members.entries()) tables.addEntry(entry, ranges[i] ?? []);
    }
    tables.closeKey();
  }
  return tables.done(bridge);
}

/** Entry numbers by key, in the order they came (a counting sort). */
function* groupByKey(pending: PendingEntries, keyCount: number): Iterable<number[]> {
  const ends = new Uint32Array(keyCount + 1);
  for (let i = 0; i < pending.count; i++) ends[pending.keyOf(i) + 1] = (ends[pending.keyOf(i) + 1] ?? 0) + 1;
  for (let key = 0; key < keyCount; key++) ends[key + 1] = (ends[key + 1] ?? 0) + (ends[key] ?? 0);
  const next = ends.slice();
  const sorted = new Uint32Array(pending.count);
  for (let i = 0; i < pending.count; i++) {
    const key = pending.keyOf(i);
    const at = next[key] ?? 0;
    sorted[at] = i;
    next[key] = at + 1;
  }
  for (let key = 0; key < keyCount; key++) yield [...sorted.subarray(ends[key] ?? 0, ends[key + 1] ?? 0)];
}

class KeyTables {
  readonly #strings: StringInterner;
  readonly #keys = new StringInterner();
  readonly #keyString = new GrowingU32();
  readonly #keySeriesEnds = new GrowingU32();
  readonly #seriesScheme = new GrowingU32();
  readonly #seriesBoundEnds = new GrowingU32();
  readonly #seriesEntryEnds = new GrowingU32();
  readonly #bounds = new GrowingU32();
  readonly #entryRecord = new GrowingU32();
  readonly #entryAffected = new GrowingU32();
  readonly #entryFlags = new GrowingU32();
  readonly #entryCpe = new GrowingU32();
  readonly #entryRangeEnds = new GrowingU32();
  readonly #rangeFirst = new GrowingU32();
  readonly #rangeLast = new GrowingU32();
  readonly #rangeKind = new GrowingU32();

  constructor(strings: StringInterner) {
    this.#strings = strings;
  }

  openKey(text: string): void {
    this.#keys.add(text);
    this.#keyString.push(this.#strings.add(text));
  }

  addSeries(scheme: Scheme, bounds: readonly string[]): void {
    this.#closeSeries();
    this.#seriesScheme.push(Schemes.options.indexOf(scheme));
    for (const bound of bounds) this.#bounds.push(this.#strings.add(bound));
    this.#seriesBoundEnds.push(this.#bounds.length);
  }

  addEntry(
    entry: { record: number; affected: number; flags: number; cpe: number },
    ranges: readonly { first: number; last: number; kind: number }[],
  ): void {
    this.#entryRecord.push(entry.record);
    this.#entryAffected.push(entry.affected);
    this.#entryFlags.push(entry.flags);
    this.#entryCpe.push(entry.cpe);
    for (const { first, last, kind } of ranges) {
      this.#rangeFirst.push(first);
      this.#rangeLast.push(last);
      this.#rangeKind.push(kind);
    }
    this.#entryRangeEnds.push(this.#rangeFirst.length);
  }

  closeKey(): void {
    this.#closeSeries();
    this.#keySeriesEnds.push(this.#seriesScheme.length);
  }

  /** A series ends where the next begins. */
  #closeSeries(): void {
    if (this.#seriesEntryEnds.length < this.#seriesScheme.length) this.#seriesEntryEnds.push(this.#entryRecord.length);
  }

  /** A key that has no entries of its own: a bare name, or an identity known only as the same product as another. */
  #plainKey(text: string): number {
    const known = this.#keys.size;
    const number = this.#keys.add(text);
    if (number === known) {
      this.#keyString.push(this.#strings.add(text));
      this.#keySeriesEnds.push(this.#seriesScheme.length);
    }
    return number;
  }

  done(bridge: Bridge) {
    const owned = this.#keys.size;
    const names: [number, number][] = [];
    for (let key = 0; key < owned; key++)
      for (const name of namesIn(this.#keys.text(key))) names.push([this.#plainKey(nameKey(name)), key]);
    const known = new Set(Array.from({ length: owned }, (_, key) => this.#keys.text(key)));
    const same = bridge.pairs(known).map(([from, to]): [number, number] => [this.#plainKey(from), this.#plainKey(to)]);
    const [nameTable, sameTable] = [sortPairs(names), sortPairs(same)];
    const texts = Array.from({ length: this.#keys.size }, (_, key) => this.#keys.text(key));
    return {
      "keys.slots": buildSlots(texts),
      "keys.string": this.#keyString.done(),
      "keys.seriesEnds": this.#keySeriesEnds.done(),
      "series.scheme": this.#seriesScheme.done(),
      "series.boundEnds": this.#seriesBoundEnds.done(),
      "series.entryEnds": this.#seriesEntryEnds.done(),
      "bounds.string": this.#bounds.done(),
      "entries.record": this.#entryRecord.done(),
      "entries.affected": this.#entryAffected.done(),
      "entries.flags": Uint8Array.from(this.#entryFlags.done()),
      "entries.cpe": this.#entryCpe.done(),
      "entries.rangeEnds": this.#entryRangeEnds.done(),
      "ranges.first": this.#rangeFirst.done(),
      "ranges.last": this.#rangeLast.done(),
      "ranges.kind": Uint8Array.from(this.#rangeKind.done()),
      "names.from": nameTable.from,
      "names.to": nameTable.to,
      "same.from": sameTable.from,
      "same.to": sameTable.to,
    };
  }
}

function sortPairs(pairs: [number, number][]): { from: Uint32Array<ArrayBuffer>; to: Uint32Array<ArrayBuffer> } {
  const sorted = pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return { from: Uint32Array.from(sorted, ([from]) => from), to: Uint32Array.from(sorted, ([, to]) => to) };
}
