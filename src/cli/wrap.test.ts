import fc from "fast-check";
import { expect, test } from "vitest";
import { wrap } from "./wrap.ts";

test.each([
  ["short", 10, "short"],
  ["two words here", 9, "two words\nhere"],
  ["a veryverylongword", 8, "a veryve\nrylongwo\nrd"],
  ["org.example/long-name", 16, "org.example/\nlong-name"],
  ["", 5, ""],
])("%j in %i", (text, width, lines) => {
  expect(wrap(text, width)).toBe(lines);
});

test("no line is wider and no sign but blanks is lost", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme-ascii", maxLength: 200 }),
      fc.integer({ min: 1, max: 40 }),
      (text, width) => {
        const lines = wrap(text, width).split("\n");
        expect(lines.every((line) => line.length <= width)).toBe(true);
        expect(lines.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      },
    ),
  );
});
