import { MemoryFile } from "../../../lib/random-access.ts";
import type { Advisory, Affected, FeedRecord, Interval } from "../schema.ts";
import { IndexBuilder } from "./build-index.ts";
import { RankIndex } from "./open-index.ts";

/** Short ways to write intelligence down, for tests here and in other rooms. */
const NOW = new Date("2026-01-02T00:00:00Z");

export const interval = (from: string | null, to: string | null, more: Partial<Interval> = {}): Interval => ({
  from,
  fromInclusive: true,
  to,
  toInclusive: false,
  fixed: to,
  ...more,
});

export const affectedItem = (said: Partial<Affected>): Affected => ({
  package: null,
  cpe: null,
  product: null,
  scheme: "generic",
  intervals: [],
  exceptions: [],
  versions: [],
  everyVersion: false,
  undecidable: [],
  severities: [],
  platforms: [],
  ...said,
});

export const advisory = (id: string, affected: Affected[], said: Partial<Advisory> = {}): FeedRecord => ({
  kind: "advisory",
  advisory: {
    id,
    aliases: [],
    source: "test",
    title: `About ${id}`,
    details: "",
    publishedAt: "2025-06-01T00:00:00Z",
    modifiedAt: null,
    withdrawnAt: null,
    references: [],
    cwes: [],
    severities: [],
    affected,
    ...said,
  },
});

/** Builds the records into an index in memory and opens it. */
export function indexOf(records: readonly FeedRecord[], now: Date = NOW): RankIndex {
  const file = new MemoryFile("sample.db");
  const builder = new IndexBuilder(file, now);
  for (const record of records) builder.add(record);
  builder.finish();
  return new RankIndex(file);
}
