import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";
import { expect, test } from "vitest";
import { InputBudget } from "./input-budget.ts";
import { feedLimits } from "./input-limits.ts";
import { readTar } from "./read-tar.ts";

const CHUNK_BYTES = 4_096;

/** What of each entry was seen, when its reading is given up after the first bytes. */
async function firstBytesOf(archive: Buffer, limits = feedLimits): Promise<[string, string][]> {
  const chunks = Array.from({ length: Math.ceil(archive.length / CHUNK_BYTES) }, (_, i) =>
    archive.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES),
  );
  const seen: [string, string][] = [];
  for await (const { path, bytes } of readTar("a", Readable.from(chunks), new InputBudget(limits))) {
    try {
      for await (const chunk of bytes()) {
        seen.push([path, Buffer.from(chunk.subarray(0, 3)).toString()]);
        if (limits === feedLimits) break;
      }
    } catch (fault) {
      seen.push([path, (fault as Error).message]);
    }
  }
  return seen;
}

const archiveOf = (entries: [string, string][]): Promise<Buffer> => {
  const archive = pack();
  for (const [name, content] of entries) archive.entry({ name }, content);
  archive.finalize();
  return buffer(archive);
};

test("a reader that gives an entry up gets the next ones whole", async () => {
  const archive = await archiveOf([
    ["small", "one"],
    ["large", "two".repeat(100_000)],
    ["last", "end"],
  ]);
  expect(await firstBytesOf(archive)).toEqual([
    ["a/small", "one"],
    ["a/large", "two"],
    ["a/last", "end"],
  ]);
});

test("an entry that turns out larger than its limit ends alone, not the archive and not the program", async () => {
  const archive = await archiveOf([
    ["large", "x".repeat(100_000)],
    ["last", "end"],
  ]);
  const seen = await firstBytesOf(archive, { ...feedLimits, maxEntryBytes: 50_000 });
  expect(seen.at(0)?.[1]).toMatch(/at most 50000 are read/);
  expect(seen.at(-1)).toEqual(["a/last", "end"]);
});
