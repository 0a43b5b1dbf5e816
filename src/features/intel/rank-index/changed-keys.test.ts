import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryFile } from "../../../lib/random-access.ts";
import type { FeedRecord } from "../schema.ts";
import { IndexBuilder } from "./build-index.ts";
import { changedKeys } from "./changed-keys.ts";
import { finish, open } from "./container.ts";
import { packageKey } from "./key.ts";
import { RankIndex } from "./open-index.ts";
import { SAID_SECTION, saidOf } from "./said.ts";
import { advisory, affectedItem, indexOf, interval } from "./sample-intel.ts";

const about = (ecosystem: string, name: string, fixed: string) =>
  affectedItem({ package: { ecosystem, name }, scheme: "semver", intervals: [interval("0", fixed)] });
const NAMES = ["a", "b", "c", "d", "e", "f"];
/** What one version of the feeds says of each package; null: nothing. The last record keeps the ecosystem known. */
const said = fc.array(fc.option(fc.constantFrom("1.0.0", "2.0.0"), { freq: 3 }), { minLength: 6, maxLength: 6 });
const recordsOf = (fixes: readonly (string | null)[]): FeedRecord[] => [
  ...fixes.flatMap((fix, i) => (fix === null ? [] : [advisory(`T-${i}`, [about("npm", NAMES[i] ?? "", fix)])])),
  advisory("T-last", [about("npm", "always", "1.0.0")]),
];

test("packages of which the feeds say something else, and only those, have changed", () => {
  fc.assert(
    fc.property(said, said, (before, after) => {
      const changed = changedKeys(indexOf(recordsOf(before)), indexOf(recordsOf(after)));
      const expected = NAMES.filter((_, i) => before[i] !== after[i]).map((name) => packageKey("npm", name));
      expect([...(changed ?? [])].filter((key) => key.startsWith("p")).sort()).toEqual(expected);
    }),
  );
});

test("another ecosystem may touch every component", () => {
  const more = [...recordsOf([]), advisory("T-9", [about("PyPI", "z", "1.0.0")])];
  expect(changedKeys(indexOf(recordsOf([])), indexOf(more))).toBeNull();
});

test("the file keeps what its tables say", () => {
  const index = indexOf(recordsOf(["1.0.0", null, "2.0.0"]));
  expect(index.said()).toEqual(saidOf(index));
});

/** The file again with other words under its keys; null: as a Cordon wrote it that kept none. */
function withWords(records: readonly FeedRecord[], words: Uint32Array<ArrayBuffer> | null): RankIndex {
  const whole = new MemoryFile("sample.db");
  const builder = new IndexBuilder(whole, new Date(0));
  for (const record of records) builder.add(record);
  builder.finish();
  const header = Buffer.from(whole.readAt(0, 40));
  const contents = whole.readAt(header.readDoubleLE(16), header.readUInt32LE(12));
  const { sections: names } = JSON.parse(Buffer.from(contents).toString("utf8"));
  const container = open(whole);
  const { [SAID_SECTION]: _, ...sections } = Object.fromEntries(
    Object.keys(names).map((name) => [name, container.u8(name)]),
  );
  const file = new MemoryFile("sample.db", whole.readAt(0, header.readDoubleLE(16)));
  finish(file, words === null ? sections : { ...sections, [SAID_SECTION]: words }, container.about);
  return new RankIndex(file);
}

test("a file that kept no words is asked by its tables, words that are not of its keys are refused", () => {
  const [before, after] = [recordsOf(["1.0.0"]), recordsOf(["2.0.0"])];
  const expected = changedKeys(indexOf(before), indexOf(after));
  expect(expected?.size).toBeGreaterThan(0);
  expect(withWords(before, null).said()).toBeNull();
  expect(changedKeys(withWords(before, null), indexOf(after))).toEqual(expected);
  expect(() => changedKeys(withWords(before, Uint32Array.of(1, 2, 3)), indexOf(after))).toThrow(/fit together/);
});
