import type { Finding } from "../assess/schema.ts";
import { chooseSeverity } from "../assess/severity.ts";
import type { IntelLookup } from "../match/lookup.ts";
import type { Meeting, Met } from "./propose.ts";

/**
 * The findings of a device, as a whole, from advisories a person confirmed to be about it: one for each vulnerability. Where the words
 * about versions cannot decide, it is a finding too, and its range says so; where they exclude the version it is none.
 */
export function deviceFindings(
  lookup: IntelLookup,
  device: { name: string; version: string },
  meetings: readonly Meeting[],
): { findings: Finding[]; records: number[] } {
  const byVulnerability = new Map<number, Met[]>();
  for (const { records } of meetings)
    for (const met of records.filter(({ version }) => version.says !== "not-affected"))
      for (const number of lookup.vulnerabilitiesOf(met.record))
        byVulnerability.set(number, [...(byVulnerability.get(number) ?? []), met]);
  return {
    findings: [...byVulnerability].map(([number, met]) => findingOf(lookup, device, number, met)),
    records: [...new Set([...byVulnerability.values()].flat().map(({ record }) => record))],
  };
}

function findingOf(
  lookup: IntelLookup,
  { name, version }: { name: string; version: string },
  number: number,
  met: readonly Met[],
): Finding {
  const { ids, exploited, epss } = lookup.vulnerability(number);
  const best = met.find((one) => one.version.says === "affected") ?? met[0];
  if (best === undefined) throw new Error("a finding without a record");
  const documents = met.map(({ head }) => head.id.split("/")[0] ?? head.id);
  const [advisory = best.head.id, ...aliases] = ids;
  return {
    component: { name, version, purl: null, cpe: null },
    advisory,
    aliases: [...new Set([...aliases, ...documents])].filter((id) => id !== advisory),
    title: best.head.title,
    severity: chooseSeverity(met.flatMap(({ head, item }) => [...head.severities, ...item.severities])),
    exploited,
    epss,
    fixedIn: [...new Set(met.flatMap(({ item }) => item.intervals.flatMap(({ fixed }) => fixed ?? [])))],
    disputed: false,
    because: {
      rule: "device-name",
      range: `${best.alike.evidence}; ${best.version.evidence}`,
      source: best.head.source,
      record: best.head.id,
    },
  };
}
