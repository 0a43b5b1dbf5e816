import { describe, expect, test } from "vitest";
import type { Assessment, PartSupport } from "../../features/intel/assess/schema.ts";
import { supportSentence, supportSummary } from "./support.ts";

const part = (name: string, level: PartSupport["level"], endsOn: string | null, more: Partial<PartSupport> = {}) => ({
  component: { name, version: "1.0", purl: null, cpe: null },
  level,
  endsOn,
  cycle: "1",
  latest: "1.9",
  because: { rule: "cpe" as const, source: "endoflife.date", record: name, said: `${name} 1` },
  ...more,
});
const debian = (name: string) =>
  part(name, "ended", "2026-08-31", {
    cycle: "Debian 11",
    latest: null,
    because: { rule: "distribution", source: "endoflife.date", record: "debian", said: "Packages of Debian 11" },
  });
const summary = (support: PartSupport[], asOf = "2026-11-01T23:59:59.999Z") =>
  supportSummary({ support, asOf } as Assessment);
const lines = (support: PartSupport[], asOf?: string) =>
  summary(support, asOf)?.groups.map(({ what, state }) => `${what}: ${state}`);

describe("the support block", () => {
  test("what has ended comes first, then what ends within twelve months; the rest is counted", () => {
    const parts = [
      part("later", "active", "2027-11-02"),
      part("soon", "active", "2027-11-01"),
      part("sooner", "security-only", "2026-12-31"),
      part("open", "active", null),
      part("paid", "limited", null),
      part("abandoned", "unmaintained", null),
      part("gone", "ended", "2020-01-01"),
      part("riddle", "unknown", null),
    ];
    expect(lines(parts)).toEqual([
      "gone 1.0: ended on 2020-01-01",
      "abandoned 1.0: unmaintained",
      "paid 1.0: limited: extended support only, no end announced",
      "sooner 1.0: ends on 2026-12-31",
      "soon 1.0: ends on 2027-11-01",
    ]);
    expect(summary(parts)).toMatchObject({ longer: 2, unknown: 1 });
  });

  test("the packages of a distribution's release are one line", () => {
    expect(lines([debian("bash"), debian("curl")])).toEqual(["Debian 11: 2 parts: ended on 2026-08-31"]);
  });

  test("twelve months from a leap day end with February", () => {
    const ends = (day: string) => lines([part("a", "active", day)], "2028-02-29T12:00:00Z")?.length;
    expect([ends("2029-02-28"), ends("2029-03-01")]).toEqual([1, 0]);
  });

  test("nothing near its end is said so; without support data there is no block", () => {
    const none = summary([part("open", "active", null)]);
    expect(none === null ? "" : supportSentence(none)).toMatch(
      /^No part's support is known to have ended .* 1 part supported longer, 0 parts unknown/,
    );
    expect(summary([])).toBeNull();
  });
});
