import { Buffer } from "node:buffer";
import type { RandomAccess } from "../../../lib/random-access.ts";
import type { AdvisoryHead, AdvisoryText, Entry, IntelLookup, RecordState, Vulnerability } from "../match/lookup.ts";
import { Recent } from "../match/recent.ts";
import { Scheme, type SupportRecord } from "../schema.ts";
import { type SupportLookup, supportLookup } from "../support/lookup.ts";
import { compareVersions, isOrdered } from "../versions/order.ts";
import { BlockReader, damaged } from "./blocks.ts";
import { type Container, open } from "./container.ts";
import { RANGE_KIND } from "./encode-series.ts";
import { ENTRY } from "./entries.ts";
import { nameKey } from "./key.ts";
import { findKey, hasKey, type KeyStart } from "./key-table.ts";
import { LAST_PLACE, placeOf } from "./ranks.ts";
import { RECORD, RECORD_HASH_BYTES, RECORD_HASHES } from "./records.ts";
import { AROUND_WORDS, KEY_WORDS, SAID_SECTION } from "./said.ts";
import { About } from "./schema.ts";
import { NO_STRING, StringTable } from "./string-table.ts";
import { unpackSupport } from "./support-section.ts";
import { readTables, type Tables } from "./tables.ts";
import { unpackWorded, type Worded } from "./worded.ts";

/** No place on any line: the version is not known, or its order cannot read it. */
const NOWHERE = -1;

/** An intelligence file opened for matching. It keeps tables in memory and reads record texts from the file when asked. */
export class RankIndex implements IntelLookup {
  readonly about: About;
  readonly ecosystems: ReadonlySet<string>;
  readonly #tables: Tables;
  readonly #strings: StringTable;
  readonly #heads: BlockReader;
  readonly #texts: BlockReader;
  /** The releases of a device ask for the same few hundred. */
  readonly #recentHeads = new Recent<AdvisoryHead>(500);
  readonly #name: string;
  readonly #readSupport: () => SupportRecord[];
  readonly #readHashes: () => Buffer | null;
  readonly #readSaid: () => Uint32Array | null;
  readonly #readWorded: () => ReadonlyMap<string, Worded> | null;
  #support: SupportLookup | undefined;
  #worded: ReadonlyMap<string, Worded> | null | undefined;

  /**
   * Throws `Fault` when the file is foreign, of another format version, truncated or changed. `file` stays in use. `container`: what
   * of it is in memory already.
   */
  constructor(file: RandomAccess, container: Container = open(file)) {
    this.#name = file.name;
    this.about = About.parse(container.about);
    this.ecosystems = new Set(this.about.ecosystems);
    this.#tables = readTables(container, file.name);
    this.#strings = new StringTable(container.u8("strings.bytes"), container.u32("strings.ends"));
    const blocks = (name: string) =>
      new BlockReader(
        file,
        container.f64(`${name}.offsets`),
        container.u32(`${name}.sizes`),
        container.u32(`${name}.places`),
      );
    this.#heads = blocks("heads");
    this.#readHashes = () => (container.has(RECORD_HASHES) ? Buffer.from(container.u8(RECORD_HASHES).buffer) : null);
    this.#readSaid = () => (container.has(SAID_SECTION) ? container.u32(SAID_SECTION) : null);
    this.#readWorded = () => unpackWorded(container, file.name);
    this.#readSupport = () => unpackSupport(container, file.name);
    this.#texts = blocks("texts");
  }

  get feeds() {
    return this.about.feeds;
  }

  /** Read from the file when first asked for: many assessments of one index share it. */
  get support(): SupportLookup {
    this.#support ??= supportLookup(this.#readSupport());
    return this.#support;
  }

  /** What is said in words of each maker's products, read from the file when first asked for; null for files built before it was kept. */
  get worded(): ReadonlyMap<string, Worded> | null {
    if (this.#worded === undefined) this.#worded = this.#readWorded();
    return this.#worded;
  }

  /** All that is said of support, as one text. */
  supportText(): string {
    return JSON.stringify(this.#readSupport());
  }

  find(key: string): number {
    return findKey(this.#tables.keySlots, this.#tables.keyString, this.#strings, key);
  }

  has(start: KeyStart, text: string, from: number, to: number): boolean {
    return hasKey(this.#tables.keySlots, this.#tables.keyString, this.#strings, start, text, from, to);
  }

  count(key: number): number {
    const { seriesEntryEnds } = this.#tables;
    return (
      startOf(seriesEntryEnds, endOf(this.#tables.keySeriesEnds, key)) -
      startOf(seriesEntryEnds, this.#firstSeries(key))
    );
  }

  #firstSeries(key: number): number {
    return startOf(this.#tables.keySeriesEnds, key);
  }

  collect(key: number, version: string | null, into: number[]): boolean {
    let decided = true;
    for (let series = this.#firstSeries(key); series < endOf(this.#tables.keySeriesEnds, key); series++)
      decided = this.#collectSeries(series, version, into) && decided;
    return decided;
  }

  #collectSeries(series: number, version: string | null, into: number[]): boolean {
    const { seriesScheme, seriesEntryEnds } = this.#tables;
    const scheme = Scheme.options[seriesScheme[series] ?? 0] ?? "none";
    const ordered = version !== null && isOrdered(scheme, version);
    const place = version === null ? NOWHERE : this.#place(series, scheme, version, ordered);
    let decided = true;
    for (let entry = startOf(seriesEntryEnds, series); entry < endOf(seriesEntryEnds, series); entry++) {
      const held = ordered ? this.#holds(entry, place) : this.#holdsUnordered(entry, place);
      if (held === true) into.push(entry);
      decided = decided && held !== undefined;
    }
    return decided;
  }

  #place(series: number, scheme: Scheme, version: string, ordered: boolean): number {
    const { seriesBoundEnds, boundString } = this.#tables;
    const start = startOf(seriesBoundEnds, series);
    const boundAt = (index: number) => this.#strings.text(boundString[start + index] ?? 0);
    const place = placeOf(version, endOf(seriesBoundEnds, series) - start, boundAt, (a, b) =>
      compareVersions(scheme, a, b),
    );
    return ordered || (place % 2 === 1 && boundAt((place - 1) / 2) === version) ? place : NOWHERE;
  }

  #holds(entry: number, place: number): boolean {
    const { entryFlags, entryRangeEnds, rangeFirst, rangeLast, rangeKind } = this.#tables;
    let held = ((entryFlags[entry] ?? 0) & ENTRY.everyVersion) !== 0;
    for (let range = startOf(entryRangeEnds, entry); range < endOf(entryRangeEnds, entry); range++) {
      if (place < (rangeFirst[range] ?? 0) || place > (rangeLast[range] ?? 0)) continue;
      if (((rangeKind[range] ?? 0) & RANGE_KIND.exception) !== 0) return false;
      held = true;
    }
    return held;
  }

  /** Without an order: what holds for every version, and texts that are equal. Undefined where a range would have to decide. */
  #holdsUnordered(entry: number, place: number): boolean | undefined {
    const { entryFlags, entryRangeEnds, rangeFirst, rangeLast, rangeKind } = this.#tables;
    let held = ((entryFlags[entry] ?? 0) & ENTRY.everyVersion) !== 0;
    let open = false;
    let mayBeExcepted = false;
    for (let range = startOf(entryRangeEnds, entry); range < endOf(entryRangeEnds, entry); range++) {
      const [first, last, kind] = [rangeFirst[range] ?? 0, rangeLast[range] ?? 0, rangeKind[range] ?? 0];
      const here = place !== NOWHERE && place === first;
      if ((kind & RANGE_KIND.exception) !== 0) {
        if (here) return false;
        mayBeExcepted = true;
      } else if (here || (first === 0 && last === LAST_PLACE)) held = true;
      else if ((kind & RANGE_KIND.exact) === 0) open = true;
    }
    if (held) return mayBeExcepted ? undefined : true;
    return open ? undefined : false;
  }

  entry(entry: number): Entry {
    const { entryRecord, entryAffected, entryCpe, entryFlags } = this.#tables;
    return {
      record: entryRecord[entry] ?? 0,
      affected: entryAffected[entry] ?? 0,
      cpe: this.#strings.optional(entryCpe[entry] ?? NO_STRING),
      narrowed: ((entryFlags[entry] ?? 0) & ENTRY.narrowed) !== 0,
    };
  }

  cpeOf(entry: number): number | null {
    const text = this.#tables.entryCpe[entry] ?? NO_STRING;
    return text === NO_STRING ? null : text;
  }

  cpeText(cpe: number): string {
    return this.#strings.text(cpe);
  }

  isNarrowed(entry: number): boolean {
    return ((this.#tables.entryFlags[entry] ?? 0) & ENTRY.narrowed) !== 0;
  }

  state(record: number): RecordState {
    const seconds = this.#tables.recordPublished[record] ?? 0;
    return {
      source: this.#strings.text(this.#tables.recordSource[record] ?? 0),
      publishedAt: seconds === 0 ? null : new Date(seconds * 1000),
      withdrawn: ((this.#tables.recordFlags[record] ?? 0) & RECORD.withdrawn) !== 0,
    };
  }

  /** The same object while it is asked for often: whoever gets it leaves it as it is. */
  head(record: number): AdvisoryHead {
    return this.#recentHeads.get(String(record), () => this.#json(this.#heads, record) as AdvisoryHead);
  }

  text(record: number): AdvisoryText {
    return this.#json(this.#texts, record) as AdvisoryText;
  }

  /** The blocks carry checksums, so what parses is what the builder wrote. */
  #json(blocks: BlockReader, record: number): unknown {
    const bytes = blocks.text(record);
    try {
      return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8"));
    } catch (cause) {
      throw damaged(this.#name, `record ${record} cannot be read`, cause);
    }
  }

  vulnerabilitiesOf(record: number): readonly number[] {
    const { recordVulnerabilities, recordVulnerabilityEnds } = this.#tables;
    return [
      ...recordVulnerabilities.subarray(
        startOf(recordVulnerabilityEnds, record),
        endOf(recordVulnerabilityEnds, record),
      ),
    ];
  }

  vulnerability(number: number): Vulnerability {
    const { vulnerabilityIds, vulnerabilityIdEnds, exploited, epss } = this.#tables;
    const ids = vulnerabilityIds.subarray(startOf(vulnerabilityIdEnds, number), endOf(vulnerabilityIdEnds, number));
    const kev = rowOf(exploited, 4, number);
    const score = rowOf(epss, 3, number);
    return {
      ids: [...ids].map((id) => this.#strings.text(id)),
      exploited:
        kev === null
          ? null
          : {
              since: this.#strings.text(exploited[kev + 1] ?? 0),
              dueOn: this.#strings.optional(exploited[kev + 2] ?? NO_STRING),
              ransomware: exploited[kev + 3] === 1,
            },
      epss: score === null ? null : { score: epss[score + 1] ?? 0, percentile: epss[score + 2] ?? 0 },
    };
  }

  recordsOf(vulnerability: number): readonly number[] {
    const { vulnerabilityRecords, vulnerabilityRecordEnds } = this.#tables;
    return [
      ...vulnerabilityRecords.subarray(
        startOf(vulnerabilityRecordEnds, vulnerability),
        endOf(vulnerabilityRecordEnds, vulnerability),
      ),
    ];
  }

  get keyCount(): number {
    return this.#tables.keyString.length;
  }

  /** The key's entries: the first, and the one after the last. */
  entriesOf(key: number): [from: number, to: number] {
    const { seriesEntryEnds, keySeriesEnds } = this.#tables;
    return [startOf(seriesEntryEnds, this.#firstSeries(key)), startOf(seriesEntryEnds, endOf(keySeriesEnds, key))];
  }

  /** What tells one record's content from another's, by its number; null for files built before hashes were kept. */
  recordHashes(): ((record: number) => Uint8Array) | null {
    const hashes = this.#readHashes();
    if (hashes === null) return null;
    return (record) => hashes.subarray(record * RECORD_HASH_BYTES, (record + 1) * RECORD_HASH_BYTES);
  }

  /** What is said under each key (`saidOf`), read from the file; null for files built before it was kept. */
  said(): Uint32Array | null {
    const said = this.#readSaid();
    if (said !== null && said.length !== AROUND_WORDS + KEY_WORDS * this.keyCount)
      throw damaged(this.#name, "its tables do not fit together");
    return said;
  }

  keyText(key: number): string {
    return this.#strings.text(this.#tables.keyString[key] ?? 0);
  }

  sameProduct(key: number): readonly number[] {
    return targetsOf(this.#tables.sameFrom, this.#tables.sameTo, key);
  }

  leadingTo(key: number): readonly number[] {
    const { sameFrom, sameTo } = this.#tables;
    const keys: number[] = [];
    for (let i = sameTo.indexOf(key); i !== -1; i = sameTo.indexOf(key, i + 1)) keys.push(sameFrom[i] ?? 0);
    return keys;
  }

  /** By key: all that lead to it as the same product. */
  allLeadingTo(): Map<number, number[]> {
    const { sameFrom, sameTo } = this.#tables;
    const leading = new Map<number, number[]>();
    for (const [i, key] of sameTo.entries()) {
      const known = leading.get(key);
      if (known === undefined) leading.set(key, [sameFrom[i] ?? 0]);
      else known.push(sameFrom[i] ?? 0);
    }
    return leading;
  }

  named(name: string): readonly string[] {
    const key = this.find(nameKey(name));
    return key === -1 ? [] : this.meantBy(key);
  }

  /** The keys that a bare name's key could mean; none for any other. */
  meantBy(key: number): readonly string[] {
    return targetsOf(this.#tables.nameFrom, this.#tables.nameTo, key).map((target) => this.keyText(target));
  }
}

const endOf = (ends: Uint32Array, index: number) => ends[index] ?? 0;
const startOf = (ends: Uint32Array, index: number) => (index === 0 ? 0 : (ends[index - 1] ?? 0));

/** Where the row that begins with `key` starts in a table of rows in order of their first number. */
function rowOf(table: Uint32Array | Float64Array, width: number, key: number): number | null {
  const row = firstAtLeast(table, width, key);
  return table[row] === key ? row : null;
}

function targetsOf(from: Uint32Array, to: Uint32Array, key: number): number[] {
  const targets: number[] = [];
  for (let i = firstAtLeast(from, 1, key); from[i] === key; i++) targets.push(to[i] ?? 0);
  return targets;
}

function firstAtLeast(table: Uint32Array | Float64Array, width: number, key: number): number {
  let low = 0;
  let high = Math.floor(table.length / width);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((table[middle * width] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low * width;
}
