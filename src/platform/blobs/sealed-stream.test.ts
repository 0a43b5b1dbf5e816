import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Fault } from "../../lib/fault.ts";
import { openStream, sealedSize, sealStream } from "./sealed-stream.ts";

const PIECE = 256 * 1024;
const key = randomBytes(32);
const of = { organizationId: "o", objectId: "x" };
const collect = async (pieces: AsyncIterable<Uint8Array>) => {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
};
const seal = (bytes: Uint8Array, binding = of) => collect(sealStream([bytes], key, binding));
const open = (sealed: Uint8Array, binding = of, with_ = key) => collect(openStream([sealed], with_, binding));
const refusal = (sealed: Uint8Array, binding = of, with_ = key) =>
  open(sealed, binding, with_).then(
    () => "opened",
    (error: unknown) => (error instanceof Fault ? error.code : String(error)),
  );

test.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 17])(
  "%i bytes come back as they were",
  async (size) => {
    const bytes = randomBytes(size);
    const sealed = await seal(bytes);
    expect(sealed.length).toBe(sealedSize(size));
    expect((await open(sealed)).equals(bytes)).toBe(true);
  },
);

test("how the bytes are cut on their way changes nothing", async () => {
  const bytes = randomBytes(2 * PIECE + 1_000);
  const pieces = (all: Buffer, size: number) =>
    Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.subarray(i * size, (i + 1) * size));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 700, max: 400_000 }), fc.integer({ min: 700, max: 400_000 }), async (a, b) => {
      const sealed = await collect(sealStream(pieces(bytes, a), key, of));
      expect((await collect(openStream(pieces(sealed, b), key, of))).equals(bytes)).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test("cut off anywhere, also between two pieces, or longer than written: it does not open", async () => {
  const sealed = await seal(randomBytes(3 * PIECE));
  const whole = PIECE + 16;
  for (const end of [0, 7, 8, 8 + 5, 8 + whole, 8 + 2 * whole, sealed.length - 1])
    expect(await refusal(sealed.subarray(0, end)), String(end)).toBe("tampered");
  expect(await refusal(Buffer.concat([sealed, Buffer.from([0])]))).toBe("tampered");
  expect(await refusal(Buffer.concat([sealed, sealed.subarray(8)]))).toBe("tampered");
});

test("pieces in another order, doubled, or taken from another file: it does not open", async () => {
  const sealed = await seal(randomBytes(3 * PIECE));
  const other = await seal(randomBytes(3 * PIECE), { ...of, objectId: "y" });
  const at = (file: Buffer, n: number) => file.subarray(8 + n * (PIECE + 16), 8 + (n + 1) * (PIECE + 16));
  const head = sealed.subarray(0, 8);
  for (const order of [[1, 0, 2], [0, 0, 1, 2], [0, 2], [2]])
    expect(await refusal(Buffer.concat([head, ...order.map((n) => at(sealed, n))])), String(order)).toBe("tampered");
  expect(await refusal(Buffer.concat([head, at(sealed, 0), at(other, 1), at(sealed, 2)]))).toBe("tampered");
});

test("any changed bit is seen; another organisation, object or key does not open it", async () => {
  const sealed = await seal(randomBytes(5_000));
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: sealed.length - 1 }), fc.nat({ max: 7 }), async (byte, bit) => {
      const changed = Buffer.from(sealed);
      changed[byte] = (changed[byte] ?? 0) ^ (1 << bit);
      expect(await refusal(changed)).toBe("tampered");
    }),
    { numRuns: 300 },
  );
  expect(await refusal(sealed, { ...of, organizationId: "p" })).toBe("tampered");
  expect(await refusal(sealed, { ...of, objectId: "y" })).toBe("tampered");
  expect(await refusal(sealed, of, randomBytes(32))).toBe("tampered");
});
