import { expect, test } from "vitest";
import { parseDocument } from "yaml";
import { complexKeyAt } from "./yaml-keys.ts";

test.each<[string, number | null]>([
  ["a: 1\nb: { c: [d] }\n", null],
  ["? a\n: 1\n", null],
  [": empty\n", null],
  ["a: 1\n? [b, c]\n: 2\n", 7],
  ["a:\n  - { d: 1 }: 2\n", 7],
  [`a: 1\n${"? ".repeat(1_000)}x\n`, 7],
])("%j", (text, at) => {
  expect(complexKeyAt(parseDocument(text))).toBe(at);
});
