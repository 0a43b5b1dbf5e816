import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "./fault.ts";
import { decodeText } from "./text.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), !bigEndian);
  return new Uint8Array(view.buffer);
}

function refusal(bytes: Uint8Array): Fault {
  try {
    decodeText(bytes, "f");
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("it was read");
}

test.each([
  ["UTF-8", utf8("né 𝄞")],
  ["UTF-8 with mark", utf8("\ufeffné 𝄞")],
  ["UTF-16 little-endian with mark", utf16("\ufeffné 𝄞", false)],
  ["UTF-16 big-endian with mark", utf16("\ufeffné 𝄞", true)],
])("%s decodes, without its mark", (_, bytes) => {
  expect(decodeText(bytes)).toBe("né 𝄞");
});

describe("a wrong encoding is refused at its first bad byte", () => {
  const long = utf8(`${"é".repeat(100_000)}x`);
  test.each<[string, Uint8Array, string, RegExp]>([
    ["empty", new Uint8Array(), "f", /empty/],
    ["Latin-1", Uint8Array.of(0x6e, 0xe9, 0x20), "f, byte 1", /not UTF-8/],
    ["a cut UTF-8 sequence", Uint8Array.of(0x6e, 0xe2, 0x82), "f, byte 1", /not UTF-8/],
    ["an encoded surrogate", Uint8Array.of(0x6e, 0x6e, 0xed, 0xa0, 0x80), "f, byte 2", /not UTF-8/],
    ["far behind", Buffer.concat([long, Uint8Array.of(0xff, 0x20)]), `f, byte ${long.length}`, /not UTF-8/],
    ["odd UTF-16", Uint8Array.of(0xff, 0xfe, 0x61, 0x00, 0x62), "f, byte 4", /not UTF-16LE/],
    ["a lone surrogate", utf16("\ufeffa\ud800b", true), "f, byte 4", /not UTF-16BE/],
    ["UTF-16 without mark", utf16("{}", false), "f, byte 0", /without a byte order mark/],
    ["UTF-32", Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), "f, byte 0", /UTF-32/],
  ])("%s", (_, bytes, at, reason) => {
    const fault = refusal(bytes);
    expect(fault).toMatchObject({ code: "bad_input", at });
    expect(fault.message).toMatch(reason);
  });
});

test("any bytes decode as the platform does or end in a Fault", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
      try {
        expect(typeof decodeText(bytes)).toBe("string");
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
        const offset = Number(/byte (\d+)/.exec((error as Fault).at ?? "byte 0")?.[1]);
        expect(offset).toBeLessThan(Math.max(1, bytes.length));
      }
    }),
    { numRuns: 3000 },
  );
});

test("every text survives encoding and decoding", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (text) => {
      fc.pre(!text.startsWith("\ufeff") && text[0] !== "\u0000" && text[1] !== "\u0000");
      expect(decodeText(utf8(text))).toBe(text);
    }),
  );
});
