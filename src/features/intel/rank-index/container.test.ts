import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { MemoryFile } from "../../../lib/random-access.ts";
import { BlockReader, BlockWriter } from "./blocks.ts";
import { begin, finish, open } from "./container.ts";

const numbers = Uint32Array.from([1, 2, 3, 4]);
const written = () => {
  const file = new MemoryFile("intel.db");
  begin(file);
  finish(file, { numbers, reals: Float64Array.from([0.5]), bytes: Uint8Array.from([7]) }, { feeds: 1 });
  return file.readAt(0, file.size);
};
const faultOf = (bytes: Uint8Array) => {
  try {
    const container = open(new MemoryFile("intel.db", bytes));
    container.u32("numbers");
    container.u8("bytes");
    container.f64("reals");
    return null;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
};

describe("the container", () => {
  test("gives back what was put in", () => {
    const container = open(new MemoryFile("intel.db", written()));
    expect(container.u32("numbers")).toEqual(numbers);
    expect(container.u8("bytes")).toEqual(Uint8Array.from([7]));
    expect(container.f64("reals")).toEqual(Float64Array.from([0.5]));
    expect(container.about).toEqual({ feeds: 1 });
  });

  test("any changed byte is refused, naming the file", () => {
    const whole = written();
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x20;
      expect(faultOf(changed)?.at, `byte ${at}`).toBe("intel.db");
    }
  });

  test("any cut is refused", () => {
    const whole = written();
    for (let length = 0; length < whole.length; length++)
      expect(faultOf(whole.slice(0, length)), `${length} bytes`).not.toBeNull();
  });

  test("any bytes at all are refused as a fault, never as a crash", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => faultOf(bytes) !== null));
  });

  test.each([
    ["", "This is not an intelligence file"],
    ["SQLite format 3\0 and forty more bytes of something", "This is not an intelligence file"],
  ])("a foreign file is called foreign", (text, reason) => {
    expect(faultOf(new TextEncoder().encode(text))?.message).toBe(reason);
  });
});

describe("compressed blocks", () => {
  test("every text comes back, whatever the sizes", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 30_000 }), { maxLength: 12 }), (texts) => {
        const file = new MemoryFile("blocks");
        const writer = new BlockWriter(file);
        for (const text of texts) writer.add(text);
        const { offsets, sizes, places } = writer.done();
        const reader = new BlockReader(file, offsets, sizes, places);
        expect(texts.map((_, i) => [...reader.text(i)])).toEqual(texts.map((text) => [...text]));
      }),
      { numRuns: 30 },
    );
  });

  test("a changed block is refused when it is asked for", () => {
    const file = new MemoryFile("blocks");
    const writer = new BlockWriter(file);
    writer.add(new TextEncoder().encode("advisory"));
    const { offsets, sizes, places } = writer.done();
    file.writeAt(8, Uint8Array.from([0xff]));
    expect(() => new BlockReader(file, offsets, sizes, places).text(0)).toThrow(Fault);
  });
});

test("texts come back the same whether they are remembered or not", () => {
  const file = new MemoryFile("intel.db");
  const writer = new BlockWriter(file);
  const textOf = (number: number) => new Uint8Array(1_000_000).fill(number);
  for (let number = 0; number < 20; number++) writer.add(textOf(number));
  const { offsets, sizes, places } = writer.done();
  const reader = new BlockReader(file, offsets, sizes, places);
  for (const number of [0, 1, 0, ...Array(20).keys(), 0, 1, 19, 1])
    expect(Buffer.compare(reader.text(number), textOf(number))).toBe(0);
});
