import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KEY_START, keyOf, tokenHash } from "./token.ts";

const KEY = `cordon_${"a-B_9".repeat(8)}xyz`;

describe("the API key of a request", () => {
  test.each([
    [{}, null],
    [{ authorization: `Bearer ${KEY}` }, KEY],
    [{ authorization: `bearer ${KEY}` }, KEY],
    [{ "x-api-key": KEY }, KEY],
    [{ authorization: "Basic YWRhOnB3" }, ""],
    [{ authorization: `Bearer ${KEY} ${KEY}` }, ""],
    [{ authorization: `Bearer ${KEY}`, "x-api-key": "" }, ""],
    [{ "x-api-key": `${KEY}x` }, ""],
  ])("%j gives %j: a credential that is not ours is refused, never overlooked", (headers, key) => {
    expect(keyOf(new Headers(headers as Record<string, string>))).toBe(key);
  });

  test("whatever is sent, only a whole key comes out", () => {
    const header = fc.string({ maxLength: 400 }).filter((text) => /^[\x20-\x7e]*$/.test(text));
    fc.assert(
      fc.property(header, fc.constantFrom("authorization", "x-api-key"), (text, name) => {
        expect(keyOf(new Headers({ [name]: text }))).toMatch(/^(cordon_[\w-]{43})?$/);
      }),
    );
  });

  test("the part that stays readable is a small part", () => {
    expect(KEY.length - KEY_START).toBeGreaterThanOrEqual(39);
    expect(tokenHash(KEY)).toMatch(/^[\w-]{43}$/);
  });
});
