import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { formatVers, parseVers, versContains } from "./vers.ts";

describe("containment", () => {
  test.each<[string, string, boolean]>([
    ["vers:npm/1.2.3|>=2.0.0|<5.0.0", "1.2.3", true],
    ["vers:npm/1.2.3|>=2.0.0|<5.0.0", "1.2.4", false],
    ["vers:npm/1.2.3|>=2.0.0|<5.0.0", "4.9.9", true],
    ["vers:gem/>=2.2.0|!=2.2.1|<2.3.0", "2.2.1", false],
    ["vers:gem/>=2.2.0|!=2.2.1|<2.3.0", "2.2.2", true],
    ["vers:generic/<=5.8.7.0.36", "5.8.7.0.36", true],
    ["vers:generic/!=1.0", "2.0", true],
    ["vers:deb/<1:2.0-1", "9.0-1", true],
    ["vers:all/*", "anything", true],
    ["vers:none/*", "anything", false],
    ["vers:openssl/>=1.0.1|<1.0.1g", "1.0.1f", true],
    ["vers:openssl/>=1.0.1|<1.0.1g", "1.0.1g", false],
    ["vers:npm/>=1|>=2|<3", "1.5", true],
    ["vers:npm/>=1|<2|<3", "2.5", true],
    ["vers:npm/<1|<2|>=4|>=5", "1.5", true],
    ["vers:npm/<1|<2|>=4|>=5", "4.5", true],
    ["vers:npm/<1|<2|>=4|>=5", "3", false],
    ["vers:intdot/>=1.2|<2.0", "1.2rc1", true],
    ["vers:intdot/>=1.2|<2.0", "01.0010", true],
    ["vers:intdot/>=1.2|<2.0", "2.0beta", false],
  ])("%s holds %s: %s", (range, version, wanted) => {
    expect(versContains(parseVers(range), version)).toBe(wanted);
  });
});

test.each([
  ["", "scheme"],
  ["vers:npm", "scheme"],
  ["vers:/1", "type"],
  ["vers:npm/", "constraints"],
  ["vers:invalid/1.0.0", "type"],
  ["vers:invalid/*", "type"],
  ["vers:all/1.0", "constraints"],
  ["vers:npm/1|>=", "constraints[1]"],
  ["vers:npm/*|1.0", "constraints[0]"],
  ["vers:npm/1.0%G1", "constraints[0]"],
  [`vers:npm/${"1|".repeat(60_000)}`, "vers"],
])("refuses %j and names %s", (text, at) => {
  const reading = () => parseVers(text);
  expect(reading).toThrow(Fault);
  expect(reading).toThrow(expect.objectContaining({ at }));
});

test.each(["vers:npm/>1|>2", "vers:npm/1|<2", "vers:npm/>1|>=1", "vers:npm/<1|<2", "VERS:npm/1", "vers:npm/=1"])(
  "strictly refuses %s",
  (text) => {
    expect(() => parseVers(text, "strict")).toThrow(Fault);
    expect(parseVers(text).type).toBe("npm");
  },
);

test("reading the written form gives the same range, and any text at worst a Fault", () => {
  const constraint = fc.record({
    comparator: fc.constantFrom("=" as const, "!=" as const, "<" as const, ">=" as const),
    version: fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).map((text) => text.toWellFormed()),
  });
  fc.assert(
    fc.property(fc.array(constraint, { minLength: 1, maxLength: 4 }), (constraints) => {
      const text = formatVers({ type: "lexicographic", constraints });
      const again = parseVers(text);
      expect(formatVers(parseVers(formatVers(again)))).toBe(formatVers(again));
      expect(again.constraints).toHaveLength(constraints.length);
      expect(again.constraints).toEqual(expect.arrayContaining(constraints));
    }),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((s) => `vers:npm/${s}`),
      ),
      fc.string(),
      (text, version) => {
        try {
          expect(typeof versContains(parseVers(text), version)).toBe("boolean");
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      },
    ),
    { numRuns: 2000 },
  );
});
