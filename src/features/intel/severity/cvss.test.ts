import fc from "fast-check";
import { expect, test } from "vitest";
import { scoresOfVector } from "./cvss.ts";

test.each([
  ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "3.1", 10, "critical"],
  ["CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "3.0", 9.8, "critical"],
  ["CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", "3.1", 7.8, "high"],
  ["CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:N", "3.1", 0, "none"],
  ["CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:L/SA:N", "4.0", 6.9, "medium"],
  ["AV:N/AC:L/Au:N/C:C/I:C/A:C", "2.0", 10, "high"],
  ["(AV:N/AC:M/Au:N/C:P/I:N/A:N)", "2.0", 4.3, "medium"],
  ["CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H/MAV:P", "3.1", 6.6, "medium"],
])("%s is %s %s %s", (vector, version, score, rating) => {
  expect(scoresOfVector(vector)).toMatchObject({ version, score, rating });
});

test.each([
  ["its metrics in another order", "CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N", 9.8],
  ["of 2.0 too", "C:C/I:C/A:C/Au:N/AC:L/AV:N", 10],
  ["a slash at the end, as a record of OSV has it", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O/RC:C/", 8.8],
  [
    "every optional metric left open",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:X/RL:X/RC:X/CR:X/MAV:X/MS:X",
    9.8,
  ],
  ["a supplemental metric of 4.0", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:L/SA:N/U:Amber", 6.9],
])("a vector with %s is read", (_, vector, score) => {
  expect(scoresOfVector(vector)?.score).toBe(score);
});

// The guide's own example (section 3.3.1) and vectors whose steps, left unrounded, lead a tenth away.
test.each([
  ["AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H", 7.8, 6.4, 9.2],
  ["AV:N/AC:H/Au:N/C:P/I:P/A:P/TD:L/AR:L", 5.1, null, 1.2],
  ["AV:L/AC:H/Au:M/C:N/I:P/A:C/CDP:LM/CR:H", 4.4, null, 6.1],
  ["AV:L/AC:M/Au:S/C:N/I:P/A:P/RL:W", 3, 2.9, null],
  ["AV:L/AC:H/Au:M/C:P/I:N/A:N/CR:L", 0.8, null, 0],
])("version 2.0 rounds each step: %s", (vector, base, temporal, environmental) => {
  expect(scoresOfVector(vector)).toMatchObject({ base, temporal, environmental });
});

test.each([
  ["CVSS:3.0/AV:P/AC:L/PR:H/UI:R/S:U/C:L/I:H/A:L/E:H/RC:U", 5, 4.6, null],
  ["CVSS:3.0/AV:L/AC:H/PR:H/UI:R/S:C/C:H/I:N/A:H/RC:U/CR:L/IR:L/MPR:H/MC:N", 6.9, 6.4, 4.6],
])("version 3.0 rounds a whole tenth no further: %s", (vector, base, temporal, environmental) => {
  expect(scoresOfVector(vector)).toMatchObject({ base, temporal, environmental });
});

test.each([
  ["no vector", "high"],
  ["a base metric is missing", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H"],
  ["an unknown version", "CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"],
  ["a metric of another version", "CVSS:3.1/AV:N/AC:L/Au:N/C:C/I:C/A:C"],
  ["a value nobody defines", "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"],
  ["empty", ""],
  ["a metric stated twice, as in ICSA-21-222-08", "CVSS:3.0/AV:N/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H"],
  ["twice with the same value", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/A:H"],
  ["an optional metric stated twice", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:H/E:U"],
  ["two values in one metric", "CVSS:3.1/AV:N:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"],
  ["a metric without its value", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:"],
  ["an empty metric", "CVSS:3.1/AV:N//AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"],
  ["small letters", "CVSS:3.1/AV:n/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"],
  [
    "safety as a base value, which only modified metrics have",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:S/SA:N",
  ],
  ["one parenthesis", "(AV:N/AC:L/Au:N/C:C/I:C/A:C"],
])("%s scores nothing", (_, vector) => {
  expect(scoresOfVector(vector)).toBeNull();
});

test("any text scores between 0 and 10 or nothing, and never throws", () => {
  const metric = fc.constantFrom(
    "AV:N",
    "AV:L",
    "AC:L",
    "PR:N",
    "UI:N",
    "S:U",
    "C:H",
    "I:H",
    "A:H",
    "E:U",
    "MAV:P",
    "x",
    "",
    "C:",
  );
  const head = fc.constantFrom("CVSS:3.1/", "CVSS:3.0/", "CVSS:4.0/", "AV:N/", "");
  const near = fc.tuple(head, fc.array(metric, { maxLength: 12 })).map(([a, b]) => a + b.join("/"));
  fc.assert(
    fc.property(fc.oneof(fc.string(), near), (vector) => {
      const scored = scoresOfVector(vector);
      if (scored !== null) expect(scored.score >= 0 && scored.score <= 10).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
