import { damaged } from "./blocks.ts";
import type { Container } from "./container.ts";

/** Every table of the file as typed arrays. `…Ends[i]` is where row i's part of the next table ends. */
export function readTables(container: Container, name: string) {
  const u32 = container.u32;
  const tables = {
    keySlots: u32("keys.slots"),
    keyString: u32("keys.string"),
    keySeriesEnds: u32("keys.seriesEnds"),
    seriesScheme: u32("series.scheme"),
    seriesBoundEnds: u32("series.boundEnds"),
    seriesEntryEnds: u32("series.entryEnds"),
    boundString: u32("bounds.string"),
    entryRecord: u32("entries.record"),
    entryAffected: u32("entries.affected"),
    entryFlags: container.u8("entries.flags"),
    entryCpe: u32("entries.cpe"),
    entryRangeEnds: u32("entries.rangeEnds"),
    rangeFirst: u32("ranges.first"),
    rangeLast: u32("ranges.last"),
    rangeKind: container.u8("ranges.kind"),
    nameFrom: u32("names.from"),
    nameTo: u32("names.to"),
    sameFrom: u32("same.from"),
    sameTo: u32("same.to"),
    recordSource: u32("records.source"),
    recordPublished: u32("records.published"),
    recordFlags: container.u8("records.flags"),
    recordVulnerabilities: u32("records.vulnerabilities"),
    recordVulnerabilityEnds: u32("records.vulnerabilityEnds"),
    vulnerabilityIds: u32("vulnerabilities.ids"),
    vulnerabilityIdEnds: u32("vulnerabilities.idEnds"),
    vulnerabilityRecords: u32("vulnerabilities.records"),
    vulnerabilityRecordEnds: u32("vulnerabilities.recordEnds"),
    exploited: u32("vulnerabilities.exploited"),
    epss: container.f64("vulnerabilities.epss"),
  };
  const follow: [Uint32Array, ArrayLike<number>][] = [
    [tables.keySeriesEnds, tables.seriesScheme],
    [tables.seriesBoundEnds, tables.boundString],
    [tables.seriesEntryEnds, tables.entryRecord],
    [tables.entryRangeEnds, tables.rangeFirst],
    [tables.recordVulnerabilityEnds, tables.recordVulnerabilities],
    [tables.vulnerabilityIdEnds, tables.vulnerabilityIds],
    [tables.vulnerabilityRecordEnds, tables.vulnerabilityRecords],
  ];
  for (const [ends, rows] of follow)
    if (!endsWithin(ends, rows.length)) throw damaged(name, "its tables do not fit together");
  if ((tables.keySlots.length & (tables.keySlots.length - 1)) !== 0 || tables.keySlots.length === 0)
    throw damaged(name, "its key table has an impossible size");
  return tables;
}

export type Tables = ReturnType<typeof readTables>;

function endsWithin(ends: Uint32Array, count: number): boolean {
  let before = 0;
  // By number: an iterator makes an object for each of a million rows.
  for (let i = 0; i < ends.length; i++) {
    const end = ends[i] ?? 0;
    if (end < before || end > count) return false;
    before = end;
  }
  return true;
}
