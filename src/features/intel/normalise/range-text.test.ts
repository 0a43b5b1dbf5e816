import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeInterval } from "../versions/range.ts";
import { readRangeText } from "./range-text.ts";

/** The reading in words: intervals, versions, exceptions. */
const said = (text: string): string | null => {
  const read = readRangeText(text, "generic");
  if (read === null) return null;
  if (read.everyVersion) return "every version";
  return [
    ...read.intervals.map(describeInterval),
    ...read.versions.map((version) => `= ${version}`),
    ...read.exceptions.map((one) => `but ${describeInterval(one)}`),
  ].join("; ");
};

describe("version words of advisories", () => {
  test.each<[string, string | null]>([
    ["*", "every version"],
    ["All versions", "every version"],
    ["vers:all/*", "every version"],
    ["1.2.3", "= 1.2.3"],
    ["v1.2.3", "= 1.2.3"],
    ["Version 1.2", "= 1.2"],
    ["Ver.7.51 and earlier", "<= 7.51"],
    ["< 2.0", "< 2.0 (fixed in 2.0)"],
    ["<=5.8.7.0.36", "<= 5.8.7.0.36"],
    [">1.0, <=2.0", "> 1.0, <= 2.0"],
    [
      "vers:npm/>=1.0.0|<1.2.0|>=2.0.0|<2.1.0",
      ">= 1.0.0, < 1.2.0 (fixed in 1.2.0); >= 2.0.0, < 2.1.0 (fixed in 2.1.0)",
    ],
    ["vers:pypi/>=1.0|!=1.5|<2.0", ">= 1.0, < 2.0 (fixed in 2.0); but = 1.5"],
    ["= 1.2.3", "= 1.2.3"],
    ["prior to 3.1", "< 3.1 (fixed in 3.1)"],
    ["Versions prior to 3.1", "< 3.1 (fixed in 3.1)"],
    ["All versions before V3.1 SP2", "< 3.1 SP2 (fixed in 3.1 SP2)"],
    ["All versions prior to and including 16.3", "<= 16.3"],
    ["up to and including 3.1", "<= 3.1"],
    ["3.1 or later", ">= 3.1"],
    ["1.0 to 1.4", ">= 1.0, <= 1.4"],
    ["12.1.1-12.1.3", ">= 12.1.1, <= 12.1.3"],
    ["15.2-4", "= 15.2-4"],
    ["11.3, 11.4 and 12.0", "= 11.3; = 11.4; = 12.0"],
    ["4.2.x", ">= 4.2, < 4.3"],
    ["5.x.x", ">= 5, < 6"],
    ["<=12.2.x.x", "< 12.3"],
    ["3.x and earlier", "< 4"],
    ["prior to 4.x", "< 4 (fixed in 4)"],
    ["2.x through 3.1", ">= 2, <= 3.1"],
    ["Software Version K.01 and below", "<= K.01"],
    ["Software Revision N and prior", "<= N"],
    ["≤ 4.3", "<= 4.3"],
    ["Versions lower than 4.2", "< 4.2 (fixed in 4.2)"],
    ["4.20 | 4.20 SR1 | 4.30", "= 4.20; = 4.20 SR1; = 4.30"],
    ["B.12", "= B.12"],
    ["<=N", "<= N"],
    ["< april 1, 2018", null],
    ["<=the_first_5_digits_of_serial_number_23121", null],
    ["All versions using Shared HIS", null],
    ["Accu-Chek Inform II", null],
    ["< ", null],
    ["", null],
  ])("%j is read as %j", (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  test("a kernel stream ends before the next stream's first release candidate", () => {
    expect(readRangeText("5.10.*", "linux")?.intervals[0]).toMatchObject({ from: "5.10", to: "5.11-rc0" });
  });

  test("any words are read or refused, also the longest", () => {
    const words = fc.constantFrom(
      "<",
      ">=",
      "1.2",
      "v3",
      "x",
      "*",
      "and",
      "prior",
      "to",
      ",",
      "|",
      " ",
      "(",
      "SP",
      "-",
      "vers:a/",
      "\u00e9",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 200 }), (parts) => {
        for (const text of [parts.join(""), parts.join(" ")])
          expect(() => readRangeText(text, "generic")).not.toThrow();
      }),
      { numRuns: 1000 },
    );
    expect(readRangeText("1.".repeat(20_000), "generic")).toBeNull();
  });
});
