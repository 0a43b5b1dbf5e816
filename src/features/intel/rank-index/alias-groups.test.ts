import { describe, expect, test } from "vitest";
import { groupAliases } from "./alias-groups.ts";

const namesPerRecord = (records: { id: string; aliases: string[] }[]) => {
  const { groupsOf, ids } = groupAliases(records);
  return groupsOf.map((groups) => groups.map((group) => ids[group]));
};

describe("records that speak of one vulnerability", () => {
  test("a GHSA, a PYSEC and a CVE that name each other are one, the CVE first", () => {
    const one = ["CVE-2024-0001", "GHSA-aaaa", "PYSEC-2024-1"];
    expect(
      namesPerRecord([
        { id: "GHSA-aaaa", aliases: ["CVE-2024-0001"] },
        { id: "PYSEC-2024-1", aliases: ["GHSA-aaaa"] },
        { id: "CVE-2024-0001", aliases: [] },
      ]),
    ).toEqual([[one], [one], [one]]);
  });

  test("a record that names two CVEs is about both and makes them no one", () => {
    expect(
      namesPerRecord([
        { id: "DSA-1", aliases: ["CVE-2024-0001", "CVE-2024-0002"] },
        { id: "CVE-2024-0001", aliases: [] },
      ]),
    ).toEqual([[["CVE-2024-0001"], ["CVE-2024-0002"]], [["CVE-2024-0001"]]]);
  });

  test("nor do two records that meet in such a record", () => {
    expect(
      namesPerRecord([
        { id: "GHSA-both", aliases: ["CVE-2024-0001", "CVE-2024-0002"] },
        { id: "PYSEC-1", aliases: ["CVE-2024-0001", "GHSA-both"] },
        { id: "PYSEC-2", aliases: ["CVE-2024-0002", "GHSA-both"] },
      ]).slice(1),
    ).toEqual([[["CVE-2024-0001", "PYSEC-1"]], [["CVE-2024-0002", "PYSEC-2"]]]);
  });

  test("a chain of aliases that would join two CVEs is cut and counted", () => {
    const { ids, refused } = groupAliases([
      { id: "A-1", aliases: ["CVE-2024-0001", "B-1"] },
      { id: "B-1", aliases: ["CVE-2024-0002"] },
    ]);
    expect(refused).toBe(1);
    expect(ids.every((names) => names.filter((name) => name.startsWith("CVE-")).length <= 1)).toBe(true);
  });
});
