import fc from "fast-check";
import { expect, test } from "vitest";
import { asJson, canonicalJson, type JsonValue } from "./canonical-json.ts";

test.each<[string, JsonValue, string]>([
  [
    "keys in order of UTF-16 code units (RFC 8785, 3.2.3)",
    { "\u20ac": 1, "\r": 2, "1": 3, "\ud83d\ude00": 4, "\ufb33": 5 },
    '{"\\r":2,"1":3,"\u20ac":1,"\ud83d\ude00":4,"\ufb33":5}',
  ],
  [
    "numbers as ECMAScript writes them (RFC 8785, 3.2.2.3)",
    [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0],
    "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]",
  ],
  ["nothing between", { b: [true, null], a: {} }, '{"a":{},"b":[true,null]}'],
])("writes %s", (_, value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test("reads back as the same value, and the order of keys does not matter", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = asJson(value);
      const text = canonicalJson(json);
      expect(JSON.parse(text)).toEqual(json);
      expect(canonicalJson(reversed(json))).toBe(text);
    }),
  );
});

const reversed = (value: JsonValue): JsonValue => {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
};

test.each([Number.NaN, Number.POSITIVE_INFINITY, "\ud800"])("refuses %s, which JSON cannot hold", (value) => {
  expect(() => canonicalJson([value])).toThrow(TypeError);
});
