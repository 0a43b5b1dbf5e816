import { describe, expect, test } from "vitest";
import { noSupportRecord } from "../normalise/support.ts";
import type { SupportCycle, SupportRecord } from "../schema.ts";
import { endingsOf, sumEndings } from "./ends.ts";
import { supportLookup } from "./lookup.ts";
import type { Support, SupportRule } from "./schema.ts";

const cycle = (
  name: string,
  securityUntil: SupportCycle["securityUntil"],
  extendedUntil: SupportCycle["extendedUntil"],
) => ({
  ...{ cycle: name, codename: null, releasedOn: null, activeUntil: null, latest: null },
  securityUntil,
  extendedUntil,
});
const record = (title: string, said: Partial<SupportRecord>): SupportRecord => ({
  ...{ ...noSupportRecord, record: title, source: "s", title },
  ...said,
});
const list = (since: string | null) =>
  ({ statement: { level: since === null ? "limited" : "ended", since, said: "x", versions: null } }) as const;
const records = supportLookup([
  record("OpenSSL", {
    extendedName: "Premium support",
    cycles: [cycle("1.1.1", "2023-09-11", "2028-09-11"), cycle("3.0", "2026-09-07", null), cycle("4", "open", "open")],
  }),
  record("Debian", { cpes: ["debian:debian_linux"], cycles: [cycle("12", "2026-07-11", "2028-06-30")] }),
  record("Tool", { cycles: [cycle("1", "ended", "2026-01-01")] }),
  record("chromium", list("2025-03-31")),
  record("golang", list(null)),
]);
const support = (named: string | null, rule: SupportRule, name: string | null, endsOn: string | null): Support => ({
  ...{ level: "ended", endsOn, cycle: name, latest: null },
  because: { rule, source: named === null ? null : "s", record: named, said: "How it is said" },
});
const LTS = [
  ["Debian 12", "2026-07-11"],
  ["Debian 12 (extended support)", "2028-06-30"],
];

describe("what ends, as a calendar names it", () => {
  test.each<[what: string, Support, ends: string[][]]>([
    [
      "a product's cycle, with the day before its extended support and that of it",
      support("OpenSSL", "cpe", "1.1.1", "2028-09-11"),
      [
        ["OpenSSL 1.1.1", "2023-09-11"],
        ["OpenSSL 1.1.1 (Premium support)", "2028-09-11"],
      ],
    ],
    [
      "a cycle without extended support",
      support("OpenSSL", "package", "3.0", "2026-09-07"),
      [["OpenSSL 3.0", "2026-09-07"]],
    ],
    ["no end announced", support("OpenSSL", "package", "4", null), []],
    ["ended on a day not stated", support("Tool", "cpe", "1", null), [["Tool 1 (extended support)", "2026-01-01"]]],
    ["a distribution's package", support("Debian", "distribution", "Debian 12", "2028-06-30"), LTS],
    ["the distribution itself", support("Debian", "distribution", "12", "2028-06-30"), LTS],
    [
      "a package the distribution lets go before its release",
      support("chromium", "debian-list", "Debian 12", "2025-03-31"),
      [["chromium in Debian 12", "2025-03-31"]],
    ],
    [
      "a package with limited support until its release ends",
      support("golang", "debian-list", "Debian 12", "2028-06-30"),
      LTS,
    ],
    ["of no known release", support("chromium", "debian-list", null, "2025-03-31"), [["chromium", "2025-03-31"]]],
    ["no record", support(null, "none", null, null), []],
  ])("%s", (_, answer, ends) => {
    expect(endingsOf(answer, records).map(({ name, endsOn }) => [name, endsOn])).toEqual(ends);
  });

  test("both ends of a cycle are said with each", () => {
    const [security, longer] = endingsOf(support("OpenSSL", "cpe", "1.1.1", null), records);
    expect(security?.said).toBe(
      "OpenSSL 1.1.1: support until 2023-09-11; Premium support until 2028-09-11, for those who have it",
    );
    expect(longer?.said).toBe(security?.said);
  });

  test("one for each product with its cycle and day", () => {
    const ending = (name: string, endsOn: string, said = "") => ({ name, endsOn, said });
    expect(
      sumEndings([
        ending("A 1", "2026-01-01", "first"),
        ending("A 1", "2026-01-01", "second"),
        ending("A 1", "2027-01-01"),
        ending("A 12026", "-01-01"),
      ]).map(({ name, endsOn, said, components }) => [name, endsOn, said, components]),
    ).toEqual([
      ["A 1", "2026-01-01", "first", 2],
      ["A 1", "2027-01-01", "", 1],
      ["A 12026", "-01-01", "", 1],
    ]);
  });
});
