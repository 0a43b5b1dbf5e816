import { expect, test } from "vitest";
import { bucketOf, inTwelveMonths } from "./bucket.ts";
import type { SupportBucket, SupportLevel } from "./schema.ts";
import { summarise } from "./summary.ts";

const DAY = "2026-11-24";

test.each<[SupportLevel, string | null, SupportBucket]>([
  ["active", null, "longer"],
  ["active", "2027-11-25", "longer"],
  ["active", "2027-11-24", "soon"],
  ["security-only", "2026-11-24", "soon"],
  ["active", "2026-11-23", "ended"],
  ["limited", "2030-01-01", "limited"],
  ["limited", "2026-11-23", "ended"],
  ["limited", null, "limited"],
  ["ended", null, "ended"],
  ["ended", "2030-01-01", "ended"],
  ["unmaintained", null, "unmaintained"],
  ["unknown", null, "unknown"],
])("%s until %s is %s", (level, endsOn, bucket) => {
  expect(bucketOf({ level, endsOn }, DAY)).toBe(bucket);
});

test("a leap day has its anniversary on the last of February", () => {
  expect(inTwelveMonths("2028-02-29")).toBe("2029-02-28");
  expect(inTwelveMonths(DAY)).toBe("2027-11-24");
});

test("a release is summed up, and what ends next is named", () => {
  const groups = [
    { level: "active" as const, endsOn: "2027-06-01", count: 3, name: "b" },
    { level: "active" as const, endsOn: "2027-02-01", count: 2, name: "a" },
    { level: "ended" as const, endsOn: null, count: 1, name: "c" },
  ];
  expect(summarise(groups, DAY)).toEqual({
    counts: { ended: 1, unmaintained: 0, limited: 0, soon: 5, longer: 0, unknown: 0 },
    next: { on: "2027-02-01", name: "a" },
  });
});
