import type { Epss, Exploited } from "../schema.ts";
import type { AliasGroups } from "./alias-groups.ts";
import { GrowingU32 } from "./growing.ts";
import { NO_STRING, type StringInterner } from "./string-table.ts";

/** Which vulnerabilities each record speaks of, their ids, and what KEV and EPSS say of them. */
export function encodeVulnerabilities(
  groups: AliasGroups,
  exploited: ReadonlyMap<string, Exploited>,
  epss: ReadonlyMap<string, Epss>,
  strings: StringInterner,
  isReplaced: (record: number) => boolean,
) {
  const recordsOf: number[][] = groups.ids.map(() => []);
  groups.groupsOf.forEach((numbers, record) => {
    if (!isReplaced(record)) for (const number of numbers) recordsOf[number]?.push(record);
  });
  const groupRecords = new GrowingU32();
  const groupRecordEnds = new GrowingU32();
  for (const records of recordsOf) {
    for (const record of records) groupRecords.push(record);
    groupRecordEnds.push(groupRecords.length);
  }
  const recordGroups = new GrowingU32();
  const recordGroupEnds = new GrowingU32();
  for (const numbers of groups.groupsOf) {
    for (const number of numbers) recordGroups.push(number);
    recordGroupEnds.push(recordGroups.length);
  }
  const ids = new GrowingU32();
  const idEnds = new GrowingU32();
  const kev = new GrowingU32();
  const scores: number[] = [];
  groups.ids.forEach((names, number) => {
    for (const name of names) ids.push(strings.add(name));
    idEnds.push(ids.length);
    const known = names.map((name) => exploited.get(name)).find((entry) => entry !== undefined);
    if (known !== undefined)
      for (const value of [
        number,
        strings.add(known.since),
        known.dueOn === null ? NO_STRING : strings.add(known.dueOn),
        known.ransomware ? 1 : 0,
      ])
        kev.push(value);
    const scored = names.map((name) => epss.get(name)).find((entry) => entry !== undefined);
    if (scored !== undefined) scores.push(number, scored.score, scored.percentile);
  });
  return {
    "records.vulnerabilities": recordGroups.done(),
    "records.vulnerabilityEnds": recordGroupEnds.done(),
    "vulnerabilities.ids": ids.done(),
    "vulnerabilities.idEnds": idEnds.done(),
    "vulnerabilities.records": groupRecords.done(),
    "vulnerabilities.recordEnds": groupRecordEnds.done(),
    "vulnerabilities.exploited": kev.done(),
    "vulnerabilities.epss": Float64Array.from(scores),
  };
}
