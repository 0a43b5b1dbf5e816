import { expect, test } from "vitest";
import { fromNow } from "./time.ts";

const now = new Date("2026-11-24T16:00:00Z");
test.each([
  ["2022-04-25", "4 years ago"],
  ["2025-01-02", "1 year ago"],
  ["2026-11-24", "today"],
  ["2026-11-25", "tomorrow"],
  ["2026-11-26", "in 2 days"],
  ["2027-01-23", "in 2 months"],
  ["2026-11-26T04:00:00Z", "in 1 day"],
  ["2026-11-01T00:00:00Z", "23 days ago"],
  ["2026-11-24T18:59:00Z", "in 2 hours"],
  ["2026-11-24T16:00:30Z", "just now"],
])("%s is %s: never more time than is left", (text, said) => expect(fromNow(text, now)).toBe(said));
