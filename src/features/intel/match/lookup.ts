import type { KeyStart } from "../rank-index/key-table.ts";
import type { Advisory, FeedAge } from "../schema.ts";
import type { SupportLookup } from "../support/lookup.ts";

/** What a source says, without the long texts. */
export type AdvisoryHead = Omit<Advisory, "details" | "references" | "cwes">;
export type AdvisoryText = Pick<Advisory, "details" | "references" | "cwes">;

/** One affected item of one record, found under one key. */
export interface Entry {
  record: number;
  /** Its place in the record's `affected`. */
  affected: number;
  /** The CPE 2.3 name as the source wrote it, where the key is one. */
  cpe: string | null;
  /** It holds only where one of the item's `platforms` is present. */
  narrowed: boolean;
}

export interface RecordState {
  source: string;
  publishedAt: Date | null;
  withdrawn: boolean;
}

/** What is one and the same under several ids. */
export interface Vulnerability {
  /** A CVE first, where there is one. */
  ids: readonly string[];
  exploited: { since: string; dueOn: string | null; ransomware: boolean } | null;
  epss: { score: number; percentile: number } | null;
}

/** All that matching asks of the intelligence. Keys, entries, records and vulnerabilities are numbers, valid for one lookup. */
export interface IntelLookup {
  readonly feeds: readonly FeedAge[];
  /** OSV ecosystem names, with release where records have one, that at least one record speaks of. */
  readonly ecosystems: ReadonlySet<string>;
  /** -1 when no record speaks of this key. */
  find(key: string): number;
  /** Whether a record speaks of the key of this start and of what stands in the text from `from` to `to`, all ASCII. */
  has(start: KeyStart, text: string, from: number, to: number): boolean;
  /**
   * Adds the entries of the key that hold the version. False when an entry could not be decided, because the version is
   * not known (null) or its order cannot read it.
   */
  collect(key: number, version: string | null, into: number[]): boolean;
  /** How many entries the key has. */
  count(key: number): number;
  entry(entry: number): Entry;
  /** The entry's CPE name by a number that equal texts share, null where it has none: `cpeText` reads it. */
  cpeOf(entry: number): number | null;
  cpeText(cpe: number): string;
  /** Whether the entry holds only beside one of its platforms. */
  isNarrowed(entry: number): boolean;
  state(record: number): RecordState;
  head(record: number): AdvisoryHead;
  text(record: number): AdvisoryText;
  /** One, or several when the record speaks of several CVEs. */
  vulnerabilitiesOf(record: number): readonly number[];
  vulnerability(vulnerability: number): Vulnerability;
  /** Records that speak of it, those of several CVEs included. */
  recordsOf(vulnerability: number): readonly number[];
  /** What feeds say of how long products are supported. */
  readonly support: SupportLookup;
  keyText(key: number): string;
  /** Keys of the same product under another identity (purl ↔ CPE). */
  sameProduct(key: number): readonly number[];
  /** Keys whose `sameProduct` this key is. */
  leadingTo(key: number): readonly number[];
  /** Keys that end in this product name: what a component with a name only could mean. */
  named(name: string): readonly string[];
}
