import { expect, test } from "vitest";
import { LIMITS, waitAfter } from "./lock-out.ts";

test.each([
  [0, 0],
  [4, 0],
  [5, 30],
  [6, 60],
  [7, 120],
  [9, 480],
  [10, 900],
  [1_000_000, 900],
])("after %i wrong passwords an account waits %i s: longer each time, and never for good", (failures, seconds) => {
  expect(waitAfter(failures, LIMITS.account)).toBe(seconds);
});

test("an address has more tries than an account: a hospital may stand behind it", () => {
  expect(waitAfter(29, LIMITS.address)).toBe(0);
  expect(waitAfter(30, LIMITS.address)).toBe(30);
});
