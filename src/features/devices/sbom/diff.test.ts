import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffSboms } from "./diff.ts";
import { type Component, type Sbom, SbomDiff } from "./schema.ts";

let made = 0;
const component = (fields: Partial<Component>): Component => ({
  ref: `#${++made}`,
  type: "library",
  group: null,
  name: "openssl",
  version: "1",
  purl: null,
  cpes: [],
  hashes: [],
  supplier: null,
  licenses: [],
  parent: null,
  ...fields,
});
const sbom = (components: Component[], subject: Component | null = null): Sbom => ({
  format: { standard: "SPDX", version: "2.3", encoding: "json" },
  serial: null,
  name: null,
  createdAt: null,
  authors: [],
  tools: [],
  subject,
  components,
  dependencies: [],
  problems: [],
});
const openssl = (version: string) => component({ version, purl: `pkg:generic/openssl@${version}?arch=arm` });
const lines = (before: Component[], after: Component[]) => {
  const diff = diffSboms(sbom(before), sbom(after));
  expect(SbomDiff.parse(diff)).toEqual(diff);
  return diff.changes.map(({ kind, from, to, before: b, after: a }) => [
    kind,
    from ?? b?.version ?? null,
    to ?? a?.version ?? null,
  ]);
};

describe("a component in both SBOMs is told by its purl without version, else by group, name and type", () => {
  test.each<[string, Component[], Component[], (string | null)[][]]>([
    ["nothing changed", [openssl("3.0.1")], [openssl("3.0.1")], []],
    ["another version", [openssl("3.0.1")], [openssl("3.0.9")], [["version", "3.0.1", "3.0.9"]]],
    [
      "an older version is a change like any other",
      [openssl("3.0.9")],
      [openssl("3.0.1")],
      [["version", "3.0.9", "3.0.1"]],
    ],
    ["no purl", [component({})], [component({ version: "2" })], [["version", "1", "2"]]],
    [
      "another type is another component",
      [component({})],
      [component({ type: "firmware" })],
      [
        ["removed", "1", null],
        ["added", null, "1"],
      ],
    ],
    [
      "another group is another component",
      [component({})],
      [component({ group: "x" })],
      [
        ["removed", "1", null],
        ["added", null, "1"],
      ],
    ],
    [
      "of several versions equal ones pair first",
      [openssl("1"), openssl("2")],
      [openssl("3"), openssl("1")],
      [["version", "2", "3"]],
    ],
    ["one version more", [openssl("1")], [openssl("1"), openssl("2")], [["added", null, "2"]]],
    ["another supplier", [component({ supplier: "A" })], [component({ supplier: "B" })], [["supplier", "A", "B"]]],
    [
      "licenses in another order are the same",
      [component({ licenses: ["MIT", "Zlib"] })],
      [component({ licenses: ["Zlib", "MIT"] })],
      [],
    ],
    [
      "another license",
      [component({ licenses: ["MIT"] })],
      [component({ licenses: ["GPL-3.0-only"] })],
      [["license", "MIT", "GPL-3.0-only"]],
    ],
    [
      "the same version with another hash",
      [component({ hashes: [{ algorithm: "MD5", value: "a" }] })],
      [component({ hashes: [{ algorithm: "MD5", value: "b" }] })],
      [["hash", "MD5:a", "MD5:b"]],
    ],
    [
      "another version has another hash, which says nothing",
      [component({ hashes: [{ algorithm: "MD5", value: "a" }] })],
      [component({ version: "2", hashes: [{ algorithm: "MD5", value: "b" }] })],
      [["version", "1", "2"]],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(lines(before, after)).toEqual(expected);
  });
});

test("what the documents describe is left out", () => {
  const was = component({ name: "pump", version: "4.0" });
  const is = component({ name: "pump", version: "4.1" });
  expect(diffSboms(sbom([was], was), sbom([is], is))).toEqual({
    added: 0,
    removed: 0,
    changed: 0,
    unchanged: 0,
    changes: [],
  });
});

test("the counts add up for any two SBOMs, and swapping them swaps added and removed", () => {
  const some = fc.array(
    fc.record({ name: fc.constantFrom("a", "b", "c"), version: fc.constantFrom("1", "2", null) }).map(component),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(some, some, (before, after) => {
      const there = diffSboms(sbom(before), sbom(after));
      const back = diffSboms(sbom(after), sbom(before));
      expect(there.removed + there.changed + there.unchanged).toBe(before.length);
      expect(there.added + there.changed + there.unchanged).toBe(after.length);
      expect([back.added, back.removed, back.unchanged]).toEqual([there.removed, there.added, there.unchanged]);
      expect(diffSboms(sbom(before), sbom(before)).changes).toEqual([]);
    }),
  );
});
