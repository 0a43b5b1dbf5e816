import { expect, test } from "vitest";
import { findCatalogue, plainId } from "./find.ts";

test.each([
  ["CR 1.1", "CR-1.1"],
  ["cr 1.1 re(2)", "CR-1.1-RE-2"],
  ["CR 1.1 RE 2", "CR-1.1-RE-2"],
  ["AC-2(1)", "ac-2.1"],
  ["AC-02(01)", "ac-2.1"],
  ["fda-auth-1", "FDA-AUTH-1"],
])("%s and %s are the same control", (one, other) => {
  expect(plainId(one)).toBe(plainId(other));
});

test.each([
  ["CR 1.1", "CR 1.11"],
  ["ac-2.1", "ac-2.10"],
  ["CR 1.10", "CR 1.1"],
  ["CR-1.1-RE-1", "CR-1.1"],
])("%s and %s are not", (one, other) => {
  expect(plainId(one)).not.toBe(plainId(other));
});

test("a catalogue without an edition is its newest", () => {
  const editions = ["2023-09-27", "2026-02-03"].map((edition) => ({ catalogue: "fda-premarket", edition }));
  expect(findCatalogue(editions, "fda-premarket")?.edition).toBe("2026-02-03");
  expect(findCatalogue(editions, "fda-premarket-2023-09-27")?.edition).toBe("2023-09-27");
  expect(findCatalogue(editions, "fda")).toBeNull();
});
