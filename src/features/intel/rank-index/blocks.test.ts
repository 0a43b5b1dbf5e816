import { expect, test } from "vitest";
import { MemoryFile } from "../../../lib/random-access.ts";
import { BlockReader, BlockWriter } from "./blocks.ts";

const texts = Array.from({ length: 5_000 }, (_, i) =>
  Buffer.from(`{"id":"CVE-${i}","title":"${"flaw ".repeat(i % 9)}"}`),
);

test.each([1, 2, texts.length])("%s texts come back as they were, whatever the order", (count) => {
  const file = new MemoryFile("blocks");
  const writer = new BlockWriter(file);
  for (const text of texts.slice(0, count)) writer.add(text);
  const { offsets, sizes, places } = writer.done();
  const reader = new BlockReader(file, offsets, sizes, places);
  for (let i = count - 1; i >= 0; i -= 7) expect(Buffer.from(reader.text(i)).equals(texts[i] as Buffer)).toBe(true);
});

test("a text that is kept does not keep its block in memory", () => {
  const file = new MemoryFile("blocks");
  const writer = new BlockWriter(file);
  for (const text of texts) writer.add(text);
  const { offsets, sizes, places } = writer.done();
  const read = new BlockReader(file, offsets, sizes, places).text(17);
  expect(read.buffer.byteLength).toBe(texts[17]?.length);
});
