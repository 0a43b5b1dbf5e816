import type { Feed } from "../feed.ts";
import { affected } from "../normalise/affected.ts";
import { clipDetails, clipQuoted, clipReferences, clipTitle, cwesIn, instant } from "../normalise/bounds.ts";
import { describeOsvRange, osvIntervals } from "../normalise/osv-ranges.ts";
import { type OsvAffected, OsvRecord } from "../normalise/osv-shape.ts";
import { isObject, textOf } from "../normalise/values.ts";
import type { Advisory, Affected, StatedSeverity } from "../schema.ts";
import { schemeOf } from "../versions/ecosystem.ts";

/** OSV records: JSON or YAML, one a document or one a line (ossf.github.io/osv-schema). */
export default {
  name: "osv",
  title: "OSV advisories",
  recognise(document) {
    const value = document.data();
    return isObject(value) && typeof value.id === "string" && "modified" in value && !("cveMetadata" in value);
  },
  *read(document) {
    yield { kind: "advisory", advisory: toAdvisory(OsvRecord.parse(document.data())) };
  },
} satisfies Feed;

function toAdvisory(record: OsvRecord): Advisory {
  const source = `osv:${/^[A-Za-z0-9]{1,32}(?=-)/.exec(record.id)?.[0] ?? "other"}`;
  const rating = record.database_specific?.severity;
  return {
    id: record.id,
    aliases: aliasesOf(record),
    source,
    title: clipTitle(record.summary || record.details),
    details: clipDetails(record.details || record.summary),
    publishedAt: instant(record.published),
    modifiedAt: instant(record.modified),
    withdrawnAt: instant(record.withdrawn),
    references: clipReferences((record.references ?? []).map((reference) => reference.url)),
    cwes: cwesIn(Array.isArray(record.database_specific?.cwe_ids) ? record.database_specific.cwe_ids.map(textOf) : []),
    severities: [
      ...severitiesOf(record.severity, source),
      ...(typeof rating === "string" && rating !== "" ? [{ kind: "rating" as const, source, value: rating }] : []),
    ],
    affected: (record.affected ?? []).flatMap((item) => toAffected(item, source)),
  };
}

/**
 * Names of the same vulnerability: `aliases`, and `upstream`, which a distribution's record fixes. Distribution records
 * older than `upstream` name their CVEs as `related`.
 */
function aliasesOf({ id, aliases, upstream, related, affected: items }: OsvRecord): string[] {
  const same = [...(aliases ?? []), ...(upstream ?? [])];
  const packaged = (items ?? []).some((item) =>
    ["deb", "rpm", "apk"].includes(schemeOf(item.package?.ecosystem ?? "")),
  );
  const cves = packaged && !same.some((name) => name.startsWith("CVE-")) ? (related ?? []) : [];
  return [...new Set([...same, ...cves.filter((name) => name.startsWith("CVE-"))])].filter((name) => name !== id);
}

function severitiesOf(stated: OsvAffected["severity"], source: string): StatedSeverity[] {
  return (stated ?? []).flatMap(({ type, score }): StatedSeverity[] => {
    if (typeof score !== "string" || score === "") return [];
    if (type === "CVSS_V2" || type === "CVSS_V3" || type === "CVSS_V4") return [{ kind: type, source, value: score }];
    return [{ kind: "rating", source, value: clipQuoted(score) }];
  });
}

function toAffected(item: OsvAffected, source: string): Affected[] {
  const ranges = item.ranges ?? [];
  const repo = ranges.find((range) => range.repo)?.repo;
  const identity = item.package ?? (repo ? { ecosystem: "GIT", name: repo } : null);
  if (identity === null) return [];
  const scheme = schemeOf(identity.ecosystem);
  const versions = item.versions ?? [];
  const ordered = ranges.filter((range) => range.type !== "GIT");
  const intervals = ordered.flatMap((range) => osvIntervals(range.events ?? [], scheme));
  const silent = ordered.length === 0 && versions.length === 0;
  const undecidable =
    ranges.length === 0 ? ["The record names no versions"] : ranges.map((range) => clipQuoted(describeOsvRange(range)));
  return [
    affected(
      { package: { ecosystem: identity.ecosystem, name: identity.name } },
      {
        scheme,
        intervals,
        versions,
        undecidable: silent ? undecidable.slice(0, 10) : [],
        severities: severitiesOf(item.severity, source),
      },
    ),
  ];
}
