import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePurl } from "../../../lib/purl.ts";
import { keyOfPurl } from "../rank-index/bridge.ts";
import { advisory, affectedItem, indexOf } from "../rank-index/sample-intel.ts";
import { stated } from "./named.ts";
import { PlainNames } from "./plain-name.ts";

const KNOWN: [ecosystem: string, name: string][] = [
  ["npm", "left-pad"],
  ["PyPI", "zope-interface"],
  ["RubyGems", "rack"],
  ["crates.io", "rand-core"],
];
const index = indexOf(
  KNOWN.map(([ecosystem, name], i) =>
    advisory(`A-${i}`, [affectedItem({ package: { ecosystem, name }, scheme: "generic", everyVersion: true })]),
  ),
);
const plain = new PlainNames(index);

test("a plain name that no record has is told from one that a record has", () => {
  expect(plain.areSilentOn("pkg:npm/right-pad@1.0.0")).toBe(true);
  expect(plain.areSilentOn("pkg:npm/left-pad@1.0.0")).toBe(false);
  expect(plain.areSilentOn("pkg:pypi/left-pad@2.1")).toBe(true);
});

test("nothing is told of a type that no feed speaks of, of a name without a version, and of one that is spelled in its own way", () => {
  expect(plain.areSilentOn("pkg:nuget/newtonsoft@13.0.1")).toBe(false);
  expect(plain.areSilentOn("pkg:npm/right-pad")).toBe(false);
  expect(plain.areSilentOn("pkg:npm/right-pad@latest")).toBe(false);
  expect(plain.areSilentOn("pkg:npm/right-pad@1.0.0?upstream=left-pad")).toBe(false);
  expect(plain.areSilentOn("pkg:pypi/zope_interface@5.0")).toBe(false);
  expect(plain.areSilentOn("pkg:pypi/zope--interface@5.0")).toBe(false);
  expect(plain.areSilentOn("pkg:npm/%6ceft-pad@1.0.0")).toBe(false);
});

const sign = fc.constantFrom(..."abz09-._~%@/#?=:+ Aé");
const word = fc.oneof(
  fc.constantFrom(...KNOWN.map(([, name]) => name)),
  fc.string({ unit: sign, maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(..."ab9-"), minLength: 1, maxLength: 6 }),
);
const written = fc
  .tuple(
    fc.constantFrom("npm", "pypi", "gem", "cargo", "nuget", "golang", "deb"),
    word,
    fc.oneof(fc.constantFrom("1.0.0", "0.0.0-dev", "*", "1%2e0"), word),
  )
  .map(([type, name, version]) => `pkg:${type}/${name}@${version}`);

test("where silence is told, reading the whole package URL comes to the same", () => {
  fc.assert(
    fc.property(written, (text) => {
      if (!plain.areSilentOn(text)) return;
      const purl = parsePurl(text);
      const key = keyOfPurl(purl);
      expect(key).not.toBeNull();
      expect(index.find(key ?? "")).toBe(-1);
      expect(index.ecosystems.has((key ?? "").split("\0")[1] ?? "")).toBe(true);
      expect(stated(purl.version)).not.toBeNull();
      expect(purl.qualifiers).toEqual({});
    }),
    { numRuns: 3000 },
  );
});
