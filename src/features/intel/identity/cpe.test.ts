import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { CPE_ATTRIBUTES, type Cpe, cpeCovers, cpeProductKey, formatCpe, parseCpe } from "./cpe.ts";
import type { CpePiece, CpeValue } from "./cpe-value.ts";

test.each([
  ["cpe:/a:openssl:openssl:1.0.2k", "cpe:2.3:a:openssl:openssl:1.0.2k:*:*:*:*:*:*:*"],
  ["cpe:/o:linux:linux_kernel:5.10:-", "cpe:2.3:o:linux:linux_kernel:5.10:-:*:*:*:*:*:*"],
  ["cpe:/a:vendor:pro%21duct:1.0:sp1:~~pro~linux~x64~", "cpe:2.3:a:vendor:pro\\!duct:1.0:sp1:*:*:pro:linux:x64:*"],
  ["cpe:/a:vendor:product:1.%02", "cpe:2.3:a:vendor:product:1.*:*:*:*:*:*:*:*"],
  ["CPE:2.3:A:Vendor:Product:1.0:*:*:*:*:*:*:*", "cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*"],
  ["cpe:2.3:h:acme:infusion_pump:-", "cpe:2.3:h:acme:infusion_pump:-:*:*:*:*:*:*:*"],
  ["cpe:2.3:a:a\\:b:c\\\\d:\\-:*:*:*:*:*:*:*", "cpe:2.3:a:a\\:b:c\\\\d:\\-:*:*:*:*:*:*:*"],
])("%s is %s", (written, canonical) => {
  expect(formatCpe(parseCpe(written))).toBe(canonical);
  expect(parseCpe(canonical)).toEqual(parseCpe(written));
});

test.each([
  ["openssl", "prefix"],
  ["cpe:2.3:x:a:b:1", "part"],
  ["cpe:2.3:-:a:b:1", "part"],
  ["cpe:2.3:a:onlyvendor", "product"],
  ["cpe:2.3:a:b:c:1:2:3:4:5:6:7:8:9", "cpe"],
  ["cpe:/a:b:c:1:2:3:4:5", "cpe"],
  ["cpe:2.3:a:b:c:1 0:*:*:*:*:*:*:*", "version"],
  ["cpe:2.3:a:b:c:1:*:*:*:*:*:*:x\\", "other"],
  ["cpe:/a:b:c%zz:1", "product"],
  [`cpe:2.3:a:${"b".repeat(5000)}:c`, "cpe"],
])("refuses %s at %s", (text, at) => {
  expect(() => parseCpe(text)).toThrow(Fault);
  expect(() => parseCpe(text)).toThrow(expect.objectContaining({ at }));
});

describe("name matching (NISTIR 7696)", () => {
  const name = (rest: string) => parseCpe(`cpe:2.3:${rest}`);
  test.each([
    ["a:f:bar:*:*:*:*:*:*:*:*", "a:f:bar:1.0:sp1:*:*:*:*:*:*", true, "ANY covers a value"],
    ["a:*:busybox:1.30:*:*:*:*:*:*:*", "a:busybox:busybox:1.30:*:*:*:*:*:*:*", true, "an open vendor covers each"],
    ["a:f:bar:1.0:*:*:*:*:*:*:*", "a:f:bar:*:*:*:*:*:*:*:*", false, "a value does not cover ANY"],
    ["a:f:bar:1.0:-:*:*:*:*:*:*", "a:f:bar:1.0:sp1:*:*:*:*:*:*", false, "NA does not cover a value"],
    ["a:f:bar:1.0:-:*:*:*:*:*:*", "a:f:bar:1.0:-:*:*:*:*:*:*", true, "NA covers NA"],
    ["a:f:bar:1.*:*:*:*:*:*:*:*", "a:f:bar:1.22:*:*:*:*:*:*:*", true, "a star inside covers many signs"],
    ["a:f:bar:1.?:*:*:*:*:*:*:*", "a:f:bar:1.22:*:*:*:*:*:*:*", false, "a question mark covers one"],
    ["a:f:bar:1.??:*:*:*:*:*:*:*", "a:f:bar:1.2:*:*:*:*:*:*:*", true, "or none"],
    ["a:f:bar:1.\\*:*:*:*:*:*:*:*", "a:f:bar:1.22:*:*:*:*:*:*:*", false, "a quoted star is a star"],
    ["o:linux:linux_kernel:*:*:*:*:*:*:*:*", "a:linux:linux_kernel:5:*:*:*:*:*:*:*", false, "parts differ"],
    ["h:f:bar:*:*:*:*:*:*:*:*", "h:f:bar:-:*:*:*:*:*:*:*", true, "hardware is a part too"],
    ["a:F:Bar:*:*:*:*:*:*:*:*", "a:f:bar:1:*:*:*:*:*:*:*", true, "case does not count"],
  ])("%s over %s: %s, %s", (pattern, one, wanted) => {
    expect(cpeCovers(name(pattern), name(one))).toBe(wanted);
  });

  test("a pattern of many stars is decided, not searched without end", () => {
    const pattern = name(`a:f:${"*a".repeat(200)}:*`);
    const long = name(`a:f:${"a".repeat(1500)}b:*`);
    expect(cpeCovers(pattern, long)).toBe(false);
  });
});

test.each([
  ["cpe:2.3:a:OpenSSL:OpenSSL:1.0", "openssl:openssl"],
  ["cpe:2.3:a:a\\:b:c\\!:1", "a:b:c!"],
  ["cpe:2.3:a:*:busybox:1", "*:busybox"],
])("%s is looked up as %s", (text, key) => {
  expect(cpeProductKey(parseCpe(text))).toBe(key);
});

const literal = fc
  .string({ unit: "grapheme-ascii", minLength: 1, maxLength: 8 })
  .map((value) => value.toLowerCase().replace(/\s/g, "_"));
const wild = fc.constantFrom<CpePiece>({ wild: "*" }, { wild: "?" });
const value: fc.Arbitrary<CpeValue> = fc.oneof(
  fc.constantFrom<CpeValue>("any", "na"),
  literal.map((one) => [one]),
  fc.tuple(literal, wild).map(([one, star]) => [one, star]),
  fc.tuple(wild, literal).map(([star, one]) => [star, one]),
);
const cpe: fc.Arbitrary<Cpe> = fc
  .tuple(fc.constantFrom("a", "o", "h"), fc.array(value, { minLength: 10, maxLength: 10 }))
  .map(([part, values]) => {
    const entries = CPE_ATTRIBUTES.map((attribute, i) => [attribute, i === 0 ? [part] : (values[i - 1] ?? "any")]);
    return Object.fromEntries(entries) as Cpe;
  });

test("what is written is read back the same and covers itself when it has no wildcard", () => {
  fc.assert(
    fc.property(cpe, (one) => {
      expect(parseCpe(formatCpe(one))).toEqual(one);
      expect(cpeCovers({ ...one }, one) || JSON.stringify(one).includes("wild")).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("any text at all is read or refused with a Fault", () => {
  const pieces = fc.constantFrom("a", "o", ":", "*", "?", "\\", "-", "~", "%", "%01", "%2a", " ", "1.0", "ü", "/");
  const near = fc
    .tuple(fc.constantFrom("cpe:2.3:", "cpe:/"), fc.array(pieces, { maxLength: 30 }))
    .map(([head, rest]) => head + rest.join(""));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), near), (input) => {
      try {
        const read = parseCpe(input);
        expect(parseCpe(formatCpe(read))).toEqual(read);
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
      }
    }),
    { numRuns: 5000 },
  );
});
