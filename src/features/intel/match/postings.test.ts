import fc from "fast-check";
import { expect, test } from "vitest";
import { differences, plainMatches } from "../../../../tests/support/plain-match.ts";
import type { Component } from "../../devices/sbom/schema.ts";
import { advisory, affectedItem, indexOf, interval } from "../rank-index/sample-intel.ts";
import type { Affected, FeedRecord } from "../schema.ts";
import { matchComponents } from "./match.ts";
import { componentsMeeting, Postings } from "./postings.ts";

const versions = fc.constantFrom("1.0.0", "1.4.2", "2.0.0", "3.1.0");
const identity = fc.constantFrom<(version: string) => Pick<Component, "purl" | "cpes">>(
  (version) => ({ purl: `pkg:npm/lodash@${version}`, cpes: [] }),
  (version) => ({ purl: `pkg:npm/minimist@${version}`, cpes: [] }),
  (version) => ({ purl: `pkg:deb/debian/openssl@${version}?distro=debian-12`, cpes: [] }),
  (version) => ({ purl: `pkg:deb/debian/openssl@${version}`, cpes: [] }),
  (version) => ({ purl: null, cpes: [`cpe:2.3:a:lodash:lodash:${version}:*:*:*:*:*:*:*`] }),
  (version) => ({ purl: null, cpes: [`cpe:2.3:a:*:lodash:${version}:*:*:*:*:*:*:*`] }),
  (version) => ({ purl: null, cpes: [`cpe:2.3:a:openssl:openssl:${version}:*:*:*:*:*:*:*`] }),
  (version) => ({ purl: null, cpes: [`cpe:2.3:o:linux:linux_kernel:${version}:*:*:*:*:*:*:*`] }),
  () => ({ purl: null, cpes: [] }),
);
const component: fc.Arbitrary<Component> = fc
  .record({
    named: identity,
    version: versions,
    type: fc.constantFrom("library" as const, "operating-system" as const),
    name: fc.constantFrom("linux", "lodash"),
  })
  .map(({ named, version, type, name }) => ({
    ref: "#1",
    type,
    group: null,
    name,
    version,
    ...named(version),
    hashes: [],
    supplier: null,
    licenses: [],
    parent: null,
  }));
const affected = fc
  .record({
    of: fc.constantFrom<Partial<Affected>>(
      { package: { ecosystem: "npm", name: "lodash" } },
      { package: { ecosystem: "npm", name: "minimist" } },
      { package: { ecosystem: "Debian:12", name: "openssl" } },
      { package: { ecosystem: "Linux", name: "Kernel" } },
      { cpe: "cpe:2.3:a:lodash:lodash:*:*:*:*:*:node.js:*:*" },
      { cpe: "cpe:2.3:a:openssl:openssl:*:*:*:*:*:*:*:*", platforms: ["cpe:2.3:h:a:b:*:*:*:*:*:*:*:*"] },
      { cpe: "cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*" },
      { product: { vendor: "OpenSSL", name: "OpenSSL" } },
    ),
    from: fc.constantFrom("0", "1.4.0", "2.0.0"),
    to: fc.constantFrom(null, "1.4.2", "3.0.0"),
  })
  .map(({ of, from, to }) => affectedItem({ ...of, intervals: [interval(from, to)] }));
const mapping: FeedRecord = {
  kind: "same-product",
  sameProduct: { purl: "pkg:npm/lodash", cpeVendor: "lodash", cpeProduct: "lodash", source: "map" },
};
const step = fc.record({ number: fc.nat(20), component: fc.option(component, { freq: 4 }) });

test("after any additions and removals, a record meets the components that matching each of them says", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(affected, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 6 }),
      fc.array(step, { maxLength: 40 }),
      (records, steps) => {
        const lookup = indexOf([...records.map((items, i) => advisory(`ID-${i}`, items)), mapping]);
        const postings = new Postings();
        const held = new Map<number, Component>();
        for (const { number, component: part } of steps) {
          if (part === null) {
            postings.remove(number);
            held.delete(number);
          } else {
            postings.add(number, part, null);
            held.set(number, part);
          }
        }
        expect(postings.size).toBe(held.size);
        for (const record of records.keys()) {
          const expected = [...held].flatMap(([number, part]) => {
            const { matches, withheld } = matchComponents(lookup, [part]);
            const hit = [...matches, ...withheld].some(({ entry }) => lookup.entry(entry).record === record);
            return hit ? [number] : [];
          });
          expect(componentsMeeting(lookup, postings, record)).toEqual(expected.sort((a, b) => a - b));
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("whatever was asked before, a release meets what reading each of its components whole says", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(affected, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.array(component, { maxLength: 8 }), { maxLength: 6 }),
      (records, releases) => {
        const lookup = indexOf([...records.map((items, i) => advisory(`ID-${i}`, items)), mapping]);
        for (const parts of releases)
          expect(differences(plainMatches(lookup, parts), matchComponents(lookup, parts))).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});
