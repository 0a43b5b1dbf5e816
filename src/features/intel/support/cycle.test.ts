import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SupportCycle } from "../schema.ts";
import { chooseCycle } from "./cycle.ts";
import { levelOn } from "./level.ts";

const cycle = (name: string, said: Partial<SupportCycle> = {}): SupportCycle => ({
  cycle: name,
  codename: null,
  releasedOn: null,
  activeUntil: null,
  securityUntil: "open",
  extendedUntil: null,
  latest: null,
  ...said,
});
const chosen = (version: string, ...names: string[]) => {
  const choice = chooseCycle(
    version,
    names.map((name) => cycle(name)),
  );
  return "cycle" in choice ? choice.cycle.cycle : null;
};

describe("the cycle of a version", () => {
  test.each<[version: string, cycles: string[], cycle: string | null]>([
    ["1.1.1k", ["3.0", "1.1.1", "1.1.0"], "1.1.1"],
    ["0.9.8zh", ["0.9.8"], "0.9.8"],
    ["5.10.101", ["5.15", "5.10", "5.1"], "5.10"],
    ["3.10.2", ["3.10", "3.1"], "3.10"],
    ["3.1.5", ["3.10", "3.1"], "3.1"],
    ["3.11", ["3.10", "3.1"], null],
    ["2.12.1", ["2", "2.12", "2.3", "1"], "2.12"],
    ["2.14.1", ["2", "2.12", "2.3", "1"], "2"],
    ["22.0.0", ["22", "2"], "22"],
    ["1:1.1.1k-1+deb11u1", ["1.1.1"], "1.1.1"],
    ["v18.20.1", ["18"], "18"],
    ["3.9rc1", ["3.9"], "3.9"],
    ["2.34-109-gd64b08d5ba7f", ["2.34", "2.3"], "2.34"],
    ["4.4w", ["4.4", "4.4w"], "4.4w"],
    ["53a047c212af7fbded6505651f648172f9d7a34d", ["53"], null],
    ["3", ["3.9", "3.10"], null],
    ["9.0", ["3.9"], null],
    ["", ["3.9"], null],
  ])("%s of %j is %s", (version, cycles, expected) => {
    expect(chosen(version, ...cycles)).toBe(expected);
  });

  test("a code name counts, in its first word", () => {
    const choice = chooseCycle("jammy", [cycle("22.04", { codename: "Jammy Jellyfish" })]);
    expect(choice).toMatchObject({ cycle: { cycle: "22.04" } });
  });

  test.each([
    ["3", /does not say which cycle it is of: 3\.9 to 3\.10 begin so/],
    ["53a047c212af7fbded6505651f648172f9d7a34d", /is a commit/],
    ["9.0", /belongs to none of its 2 cycles/],
  ])("the gap of %s is named", (version, said) => {
    expect(chooseCycle(version, [cycle("3.10"), cycle("3.9")])).toMatchObject({ gap: expect.stringMatching(said) });
  });

  test("a version of a cycle is found whatever follows a separator, and a longer number is another cycle's", () => {
    const number = fc.nat({ max: 999 });
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 3 }),
        number,
        fc.nat({ max: 9 }),
        (parts, patch, digit) => {
          const name = parts.join(".");
          expect(chosen(`${name}.${patch}`, name)).toBe(name);
          expect(chosen(`${name}-r${patch}`, name)).toBe(name);
          expect(chosen(`${name}${digit}`, name)).toBe(null);
        },
      ),
    );
  });

  test("no text breaks it, and what it chooses is one of the cycles", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1 })), (version, names) => {
        expect([null, ...names]).toContain(chosen(version, ...names));
      }),
    );
  });
});

describe("the level on a day", () => {
  const dates = { activeUntil: "2025-01-31", securityUntil: "2026-01-31", extendedUntil: "2027-01-31" };
  test.each<[day: string, said: Partial<SupportCycle>, level: string, endsOn: string | null]>([
    ["2025-01-31", dates, "active", "2026-01-31"],
    ["2025-02-01", dates, "security-only", "2026-01-31"],
    ["2026-01-31", dates, "security-only", "2026-01-31"],
    ["2026-02-01", dates, "limited", "2027-01-31"],
    ["2027-02-01", dates, "ended", "2027-01-31"],
    ["2026-02-01", { ...dates, extendedUntil: null }, "ended", "2026-01-31"],
    ["2026-02-01", { ...dates, extendedUntil: "open" }, "limited", null],
    ["2026-02-01", { securityUntil: "open" }, "active", null],
    ["2026-02-01", { securityUntil: "open", activeUntil: "ended" }, "security-only", null],
    ["2026-02-01", { securityUntil: "ended" }, "ended", null],
    ["2027-02-01", { ...dates, securityUntil: "ended" }, "ended", null],
    ["2026-02-01", { securityUntil: null }, "unknown", null],
  ])("%s of %j is %s", (day, said, level, endsOn) => {
    expect(levelOn(cycle("1", said), day, null)).toMatchObject({ level, endsOn });
  });

  test("extended support is called by the source's name", () => {
    const said = levelOn(cycle("1", { ...dates, extendedUntil: "open" }), "2026-02-01", "Premium support").said;
    expect(said).toBe("Support ended on 2026-01-31; Premium support runs with no end announced, for those who have it");
  });

  test("as days pass, support never gets better", () => {
    const levels = ["active", "security-only", "limited", "ended"];
    const day = fc
      .date({ min: new Date("2000-01-01"), max: new Date("2060-01-01"), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10));
    const end = fc.oneof(day, fc.constantFrom("open" as const, "ended" as const));
    fc.assert(
      fc.property(end, end, fc.option(end), day, day, (activeUntil, securityUntil, extendedUntil, a, b) => {
        const [before, after] = a < b ? [a, b] : [b, a];
        const one = cycle("1", { activeUntil, securityUntil, extendedUntil });
        const at = (when: string) => levels.indexOf(levelOn(one, when, null).level);
        expect(at(after)).toBeGreaterThanOrEqual(at(before));
      }),
    );
  });
});
