import { describe, expect, test } from "vitest";
import type { Interval, Scheme } from "../schema.ts";
import { covers, describeInterval } from "./range.ts";

const interval = (from: string | null, to: string | null, rest: Partial<Interval> = {}): Interval => ({
  from,
  to,
  fromInclusive: true,
  toInclusive: false,
  fixed: null,
  ...rest,
});

describe("covers", () => {
  test.each<[string, Scheme, Interval, string, boolean]>([
    ["before the fix", "semver", interval("3.0.0", "3.0.10"), "3.0.9", true],
    ["the fix itself", "semver", interval("3.0.0", "3.0.10"), "3.0.10", false],
    ["before the first bad one", "semver", interval("3.0.0", "3.0.10"), "2.9.9", false],
    ["introduced at zero: every older one", "semver", interval("0", "1.0.0"), "0.0.0-alpha", true],
    ["last affected", "semver", interval(null, "1.4", { toInclusive: true }), "1.4.0", true],
    ["behind an excluded start", "semver", interval("1.4", null, { fromInclusive: false }), "1.4", false],
    ["an older stream's fix", "linux", interval("5.10", "5.10.110"), "5.10.101", true],
    ["a newer stream against the older one's fix", "linux", interval("5.10", "5.10.110"), "5.15.3", false],
    ["a whole stream closed by a star", "linux", interval("5.10", "5.10.*", { toInclusive: true }), "5.10.250", true],
    ["the distribution's fix", "deb", interval(null, "1.1.1n-0+deb11u5"), "1.1.1n-0+deb11u4", true],
    [
      "a commit hash has no place in numbers",
      "generic",
      interval(null, "2.0"),
      "9fceb02d0ae598e95dc970b74767f19372d61af8",
      false,
    ],
    [
      "every version holds a commit hash too",
      "generic",
      interval(null, null),
      "9fceb02d0ae598e95dc970b74767f19372d61af8",
      true,
    ],
  ])("%s", (_, scheme, range, version, wanted) => {
    expect(covers(scheme, range, version)).toBe(wanted);
  });
});

describe("describeInterval, for people", () => {
  test.each<[Interval, string]>([
    [interval("1.0", "2.3", { fixed: "2.3" }), ">= 1.0, < 2.3 (fixed in 2.3)"],
    [interval("0", "2.3", { fixed: "2.3" }), "< 2.3 (fixed in 2.3)"],
    [interval("1.0", null, { fromInclusive: false }), "> 1.0"],
    [interval(null, "2.3", { toInclusive: true }), "<= 2.3"],
    [interval("1.4", "1.4", { toInclusive: true }), "= 1.4"],
    [interval(null, null), "every version"],
  ])("%#: %s", (range, wanted) => {
    expect(describeInterval(range)).toBe(wanted);
  });
});
