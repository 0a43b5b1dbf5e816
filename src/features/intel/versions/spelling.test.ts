import { expect, test } from "vitest";
import { usualVersion } from "./spelling.ts";

test.each([
  ["sqlite", "3320300", "3.32.3"],
  ["SQLite", "3080701", "3.8.7.1"],
  ["sqlite", "3.45.1", "3.45.1"],
  ["libpng", "3320300", "3320300"],
])("%s %s is %s", (product, written, usual) => {
  expect(usualVersion(product, written)).toBe(usual);
});
