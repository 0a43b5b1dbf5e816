import type { Affected, Interval, Scheme } from "../schema.ts";
import { Scheme as Schemes } from "../schema.ts";
import { GrowingU32 } from "./growing.ts";
import type { StringInterner } from "./string-table.ts";
import { NO_STRING } from "./string-table.ts";

/** What one entry says beyond its ranges, as bits. */
export const ENTRY = { everyVersion: 1, narrowed: 2, undecidable: 4 } as const;

const RANGE = { fromInclusive: 1, toInclusive: 2, exception: 4, exact: 8 } as const;

/** One affected item of one record under one key, as the builder gathers it. */
export interface PendingEntry {
  key: number;
  scheme: Scheme;
  record: number;
  affected: number;
  flags: number;
  cpe: number;
}

/** Millions of small things in a few arrays: entries in the order they came, and their ranges by bound text. */
export class PendingEntries {
  readonly #strings: StringInterner;
  readonly #entries = new GrowingU32();
  readonly #rangeEnds = new GrowingU32();
  readonly #ranges = new GrowingU32();

  constructor(strings: StringInterner) {
    this.#strings = strings;
  }

  get count(): number {
    return this.#rangeEnds.length;
  }

  get rangeCount(): number {
    return this.#ranges.length / 3;
  }

  add(key: number, record: number, index: number, affected: Affected): void {
    const flags =
      (affected.everyVersion ? ENTRY.everyVersion : 0) |
      (affected.platforms.length > 0 ? ENTRY.narrowed : 0) |
      (affected.undecidable.length > 0 ? ENTRY.undecidable : 0);
    const scheme = Schemes.options.indexOf(affected.scheme);
    for (const value of [key, scheme, record, index, flags, this.#strings.addOptional(affected.cpe)])
      this.#entries.push(value);
    for (const interval of affected.intervals) this.#addRange(interval, 0);
    for (const interval of affected.exceptions) this.#addRange(interval, RANGE.exception);
    for (const version of affected.versions) this.#addRange(exactly(version), RANGE.exact);
    this.#rangeEnds.push(this.#ranges.length / 3);
  }

  #addRange(interval: Interval, kind: number): void {
    this.#ranges.push(this.#strings.addOptional(interval.from));
    this.#ranges.push(this.#strings.addOptional(interval.to));
    this.#ranges.push(
      kind | (interval.fromInclusive ? RANGE.fromInclusive : 0) | (interval.toInclusive ? RANGE.toInclusive : 0),
    );
  }

  entry(number: number): PendingEntry {
    const at = (field: number) => this.#entries.at(number * 6 + field);
    const scheme = Schemes.options[at(1)] ?? "none";
    return { key: at(0), scheme, record: at(2), affected: at(3), flags: at(4), cpe: at(5) };
  }

  keyOf(number: number): number {
    return this.#entries.at(number * 6);
  }

  ranges(number: number): PendingRange[] {
    const start = number === 0 ? 0 : this.#rangeEnds.at(number - 1);
    const ranges: PendingRange[] = [];
    for (let i = start; i < this.#rangeEnds.at(number); i++) ranges.push(this.#range(i));
    return ranges;
  }

  #range(number: number): PendingRange {
    const [from, to, bits] = [
      this.#ranges.at(number * 3),
      this.#ranges.at(number * 3 + 1),
      this.#ranges.at(number * 3 + 2),
    ];
    return {
      from: from === NO_STRING ? null : this.#strings.text(from),
      fromInclusive: (bits & RANGE.fromInclusive) !== 0,
      to: to === NO_STRING ? null : this.#strings.text(to),
      toInclusive: (bits & RANGE.toInclusive) !== 0,
      fixed: null,
      exception: (bits & RANGE.exception) !== 0,
      exact: (bits & RANGE.exact) !== 0,
    };
  }
}

export type PendingRange = Interval & { exception: boolean; exact: boolean };

const exactly = (version: string): Interval => ({
  from: version,
  fromInclusive: true,
  to: version,
  toInclusive: true,
  fixed: null,
});
