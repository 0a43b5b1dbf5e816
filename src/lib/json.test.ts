import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "./fault.ts";
import { member, parseJson } from "./json.ts";
import { scanJson } from "./json-scan.ts";

function refusal(text: string): Fault {
  try {
    parseJson(text, { name: "f.json" });
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`${text.slice(0, 40)} was read`);
}

describe("what is no JSON is refused at its place", () => {
  test.each([
    ["", "f.json:1:1", "it ends where a value is expected"],
    ["[1,2", "f.json:1:5 /1", "it ends where a comma or ] is expected"],
    ['{\n "a": {"b": [1, {"c" 3}]}}', "f.json:2:22 /a/b/1/c", "a colon is expected here"],
    ['{"a":"abc', "f.json:1:10 /a", "it ends inside a string"],
    ['["\\x"]', "f.json:1:3 /0", "a string has an unknown escape here"],
    ['["a\u0001"]', "f.json:1:4 /0", "a string has a control character here"],
    ["[01]", "f.json:1:3 /0", "a comma or ] is expected here"],
    ["[1,]", "f.json:1:4 /1", "a value is expected here"],
    ['{"a/b~":nul}', "f.json:1:9 /a~1b~0", "a value is expected here"],
    ["{} x", "f.json:1:4", "there is more after its end"],
  ])("%j", (text, at, reason) => {
    expect(refusal(text)).toMatchObject({ code: "bad_input", at, message: `This is not JSON: ${reason}.` });
  });

  test("9 MB of an unclosed string", () => {
    expect(refusal(`["${"a".repeat(9e6)}`)).toMatchObject({ code: "bad_input", at: "f.json:1:9000003 /0" });
  });
});

test("100,000 levels are refused without a stack overflow, and allowed when asked for", () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  expect(refusal(deep)).toMatchObject({ code: "too_large", at: "f.json:1:201" });
  expect(refusal('{"a":'.repeat(100_000))).toMatchObject({ code: "too_large" });
  expect(parseJson(deep, { name: "f.json", maxDepth: 100_000 })).toHaveLength(1);
});

test("a small text with too many values is refused before it fills the memory", () => {
  const many = `[${"{},".repeat(50)}1]`;
  expect(() => parseJson(many, { name: "f.json", maxValues: 99 })).toThrow(/more than 99 values/);
  expect(parseJson(many, { name: "f.json", maxValues: 101 })).toHaveLength(51);
});

test("a repeated key is refused, or kept and named when the reader asks to hear of it", () => {
  const text = '{"a": [{"ab": 1, "a\\u0062": 2}], "b": {"ab": 3}}';
  expect(refusal(text)).toMatchObject({ code: "bad_input", at: "f.json:1:18 /a/0/ab" });
  const heard: unknown[] = [];
  const value = parseJson(text, { name: "f.json", onDuplicateKey: (place) => heard.push(place) });
  expect(heard).toEqual([{ at: "1:18", pointer: "/a/0/ab" }]);
  expect(value).toEqual({ a: [{ ab: 2 }], b: { ab: 3 } });
});

test("__proto__ and constructor are plain data and reach no prototype", () => {
  const value = parseJson('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}', {
    name: "f.json",
  });
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(member(value, "polluted")).toBeUndefined();
  expect(member(value, "__proto__")).toEqual({ polluted: true });
  expect(member(parseJson("{}", { name: "f.json" }), "constructor")).toBeUndefined();
  expect(refusal('{"__proto__": 1, "__proto__": 2}').at).toBe("f.json:1:18 /__proto__");
});

describe("for any text", () => {
  const almostJson = fc
    .tuple(
      fc.json({ maxDepth: 6 }),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[]",:\\0-1e.tn \n')), { maxLength: 3 }),
    )
    .map(([text, edits]) =>
      edits.reduce(
        (t, [at, char]) => t.slice(0, at % (t.length + 1)) + char + t.slice((at % (t.length + 1)) + 1),
        text,
      ),
    );

  test("the scan finds an error exactly when the platform's parser does", () => {
    fc.assert(
      fc.property(fc.oneof(almostJson, fc.string(), fc.json()), (text) => {
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        expect(scanJson(text).error === null).toBe(parses);
      }),
      { numRuns: 2000 },
    );
  });

  test("what is read equals what the platform's parser reads; all else is a Fault", () => {
    fc.assert(
      fc.property(fc.oneof(almostJson, fc.json({ maxDepth: 10 })), (text) => {
        let value: unknown;
        try {
          value = parseJson(text, { name: "f" });
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
          return;
        }
        expect(value).toEqual(JSON.parse(text));
      }),
      { numRuns: 2000 },
    );
  });
});
