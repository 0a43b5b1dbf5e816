import fc from "fast-check";
import { expect, test } from "vitest";
import { scoreVector } from "./cvss.ts";

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
  expect(scoreVector(vector)).toEqual({ version, score, rating });
});

test.each([
  ["no vector", "high"],
  ["a base metric is missing", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H"],
  ["an unknown version", "CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"],
  ["a metric of another version", "CVSS:3.1/AV:N/AC:L/Au:N/C:C/I:C/A:C"],
  ["a value nobody defines", "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"],
  ["empty", ""],
])("%s scores nothing", (_, vector) => {
  expect(scoreVector(vector)).toBeNull();
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
      const scored = scoreVector(vector);
      if (scored !== null) expect(scored.score >= 0 && scored.score <= 10).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
