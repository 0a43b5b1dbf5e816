import { type ByteSink, MemoryFile } from "../../../lib/random-access.ts";
import type { Advisory, Epss, Exploited, FeedRecord, SupportRecord } from "../schema.ts";
import { compareVersions, isOrdered } from "../versions/order.ts";
import { groupAliases } from "./alias-groups.ts";
import { Bridge } from "./bridge.ts";
import { begin, contentOf, finish, type Sections, unwritten } from "./container.ts";
import { encodeKeys } from "./encode-keys.ts";
import { PendingEntries } from "./entries.ts";
import { FeedAges } from "./feed-ages.ts";
import { keyOfAffected } from "./keys-of.ts";
import { RankIndex } from "./open-index.ts";
import { RecordWriter } from "./records.ts";
import { SAID_SECTION, saidOf } from "./said.ts";
import type { About } from "./schema.ts";
import { StringInterner } from "./string-table.ts";
import { packSupport, SUPPORT_SECTION } from "./support-section.ts";
import { encodeVulnerabilities } from "./vulnerabilities.ts";
import { MakersNamed, WORDED_SECTION } from "./worded.ts";

const orderingOf = (scheme: Parameters<typeof compareVersions>[0]) => ({
  compare: (a: string, b: string) => compareVersions(scheme, a, b),
  reads: (version: string) => isOrdered(scheme, version),
});

/**
 * Turns feed records into an intelligence file (docs/intel-file.md). Records are written as they come; identities, ranges and
 * aliases are kept until `finish`. The same records in the same order give the same bytes.
 */
export class IndexBuilder {
  readonly #sink: ByteSink;
  readonly #now: Date;
  readonly #strings = new StringInterner();
  readonly #records: RecordWriter;
  readonly #entries = new PendingEntries(this.#strings);
  readonly #keys = new StringInterner();
  readonly #exploited = new Map<string, Exploited>();
  readonly #epss = new Map<string, Epss>();
  readonly #bridge = new Bridge();
  readonly #support: SupportRecord[] = [];
  readonly #ecosystems = new Set<string>();
  readonly #ages: FeedAges;
  readonly #makers = new MakersNamed();

  constructor(sink: ByteSink, now: Date) {
    this.#sink = sink;
    this.#now = now;
    begin(sink);
    this.#records = new RecordWriter(sink, this.#strings);
    this.#ages = new FeedAges(now);
  }

  add(record: FeedRecord): void {
    if (record.kind === "advisory") this.#addAdvisory(record.advisory);
    else if (record.kind === "exploited") {
      this.#exploited.set(record.exploited.cve, record.exploited);
      this.#ages.add(record.exploited.source, record.exploited.since);
    } else if (record.kind === "epss") {
      this.#epss.set(record.epss.cve, record.epss);
      this.#ages.add(record.epss.source, null);
    } else if (record.kind === "same-product") {
      this.#bridge.add(record.sameProduct);
      this.#ages.add(record.sameProduct.source, null);
    } else if (record.kind === "support") {
      this.#support.push(record.support);
      this.#ages.add(record.support.source, record.support.statedOn);
    } else this.#ages.add(record.source, record.at, 0);
  }

  #addAdvisory(advisory: Advisory): void {
    this.#ages.add(advisory.source, advisory.modifiedAt ?? advisory.publishedAt);
    const record = this.#records.add(advisory);
    if (record === null || advisory.withdrawnAt !== null) return;
    this.#makers.add(record, advisory);
    advisory.affected.forEach((affected, index) => {
      const key = keyOfAffected(affected);
      if (affected.package !== null) this.#ecosystems.add(affected.package.ecosystem);
      if (key !== null) this.#entries.add(this.#keys.add(key), record, index, affected);
    });
  }

  /** Writes the tables and the header; the file is whole after this. Returns what it holds. */
  finish(): About {
    const groups = groupAliases(this.#records.names);
    const isReplaced = (record: number) => this.#records.isReplaced(record);
    const vulnerabilities = encodeVulnerabilities(groups, this.#exploited, this.#epss, this.#strings, isReplaced);
    const keys = encodeKeys(this.#entries, this.#keys, this.#strings, this.#bridge, isReplaced, orderingOf);
    const records = this.#records.done();
    const strings = this.#strings.encode();
    const support = packSupport(this.#support);
    const sections: Sections = {
      ...records,
      ...vulnerabilities,
      ...keys,
      "strings.bytes": strings.bytes,
      "strings.ends": strings.ends,
      [SUPPORT_SECTION]: support.bytes,
    };
    const about: About = {
      builtAt: this.#now.toISOString(),
      content: contentOf(sections),
      feeds: this.#ages.list(),
      ecosystems: [...this.#ecosystems].sort(),
      counts: {
        records: this.#records.names.length,
        vulnerabilities: groups.ids.length,
        keys: keys["keys.string"].length,
        entries: keys["entries.record"].length,
        ranges: keys["ranges.first"].length,
        exploited: this.#exploited.size,
        epss: this.#epss.size,
        sameProduct: keys["same.from"].length,
        refusedAliases: groups.refused,
        replacedRecords: this.#records.replaced,
        support: support.count,
      },
    };
    const index = new RankIndex(new MemoryFile(this.#sink.name), unwritten(sections, about));
    const said = saidOf(index);
    const worded = this.#makers.pack(index, isReplaced);
    const follow = {
      ...(said === null ? {} : { [SAID_SECTION]: said }),
      ...(worded === null ? {} : { [WORDED_SECTION]: worded }),
    };
    finish(this.#sink, { ...sections, ...follow }, about);
    return about;
  }
}
