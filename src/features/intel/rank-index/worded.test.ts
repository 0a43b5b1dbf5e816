import { expect, test } from "vitest";
import { advisory, affectedItem, indexOf, interval } from "./sample-intel.ts";

const about = (id: string, vendor: string, name: string, to: string, cve = `CVE-${id}`) =>
  advisory(id, [affectedItem({ product: { vendor, name }, intervals: [interval("0", to)] })], {
    source: "csaf:CISA",
    aliases: [cve],
  });
const saidOf = (...records: Parameters<typeof indexOf>[0]) => {
  const { worded } = indexOf(records);
  return (maker: string) => worded?.get(maker)?.said;
};
const philips = about("A-1", "Phillips", "MX40", "2.0");
const ge = about("A-2", "General Electric (GE)", "Carestation", "3.0");
const before = saidOf(philips, ge);

test("records that name products in words stand under their maker's usual name", () => {
  const { worded } = indexOf([philips, ge, about("A-3", "Philips Healthcare", "MX50", "1.0")]);
  expect(worded?.get("philips")?.records).toEqual([0, 2]);
  expect(worded?.get("no such maker")).toBeUndefined();
});

test.each<[what: string, after: ReturnType<typeof saidOf>, philipsSame: boolean]>([
  [
    "another maker's record changes",
    saidOf(philips, about("A-2", "General Electric (GE)", "Carestation", "4.0")),
    true,
  ],
  ["another maker's record comes before it", saidOf(ge, philips), true],
  ["its own record changes", saidOf(about("A-1", "Phillips", "MX40", "2.1"), ge), false],
  ["a record of it comes", saidOf(philips, ge, about("A-3", "Philips", "MX50", "1.0")), false],
  [
    "its vulnerability is exploited",
    saidOf(philips, ge, {
      kind: "exploited",
      exploited: { cve: "CVE-A-1", since: "2026-01-02", dueOn: null, ransomware: false, source: "kev" },
    }),
    false,
  ],
])("when %s, what is said of a maker changes or not: %#", (_, after, same) => {
  expect(after("philips") === before("philips")).toBe(same);
});
