import fc from "fast-check";
import { expect, test } from "vitest";
import type { Component, Sbom } from "../sbom/schema.ts";
import { layOut } from "./lay-out.ts";

const component = (ref: string, parent: string | null = null): Component => ({
  ref,
  parent,
  type: "library",
  group: null,
  name: ref,
  version: "1",
  purl: null,
  cpes: [],
  hashes: [],
  supplier: null,
  licenses: [],
});
const sbom = (components: Component[], dependencies: Sbom["dependencies"] = [], subject: Component | null = null) => ({
  components,
  dependencies,
  subject,
});

test("a component hangs under the one it is nested in, before any that depends on it", () => {
  const { parents, depths } = layOut(
    sbom([component("a"), component("b", "a"), component("c")], [{ ref: "c", dependsOn: ["b"] }]),
  );
  expect(parents).toEqual([null, 0, null]);
  expect(depths).toEqual([0, 1, 0]);
});

test("a dependency hangs under the nearest to the subject that uses it", () => {
  const { parents, children } = layOut(
    sbom(
      [component("deep"), component("near"), component("far")],
      [
        { ref: "device", dependsOn: ["near"] },
        { ref: "near", dependsOn: ["far", "deep"] },
        { ref: "far", dependsOn: ["deep"] },
      ],
      component("device"),
    ),
  );
  expect(parents).toEqual([1, null, 1]);
  expect(children).toEqual([0, 2, 0]);
});

test("components that depend on each other in a circle, or nest in each other, are all still there once", () => {
  const circle = layOut(
    sbom(
      [component("a"), component("b")],
      [
        { ref: "a", dependsOn: ["b"] },
        { ref: "b", dependsOn: ["a"] },
      ],
    ),
  );
  expect(circle.parents).toEqual([null, 0]);
  const nested = layOut(sbom([component("a", "b"), component("b", "a")]));
  expect(nested.parents.filter((p) => p === null)).toHaveLength(1);
});

test("whatever the document says, the result is a forest of all its components", () => {
  const refs = fc.constantFrom(..."abcdefgh");
  const documents = fc.record({
    components: fc.array(fc.tuple(refs, fc.option(refs)), { maxLength: 12 }),
    dependencies: fc.array(fc.record({ ref: refs, dependsOn: fc.array(refs, { maxLength: 5 }) }), { maxLength: 10 }),
    subject: fc.option(refs),
  });
  fc.assert(
    fc.property(documents, ({ components, dependencies, subject }) => {
      const { parents, depths, children } = layOut(
        sbom(
          components.map(([ref, parent]) => component(ref, parent)),
          dependencies,
          subject === null ? null : component(subject),
        ),
      );
      expect(parents).toHaveLength(components.length);
      parents.forEach((parent, i) => {
        expect(depths[i]).toBe(parent === null ? 0 : (depths[parent] ?? Number.NaN) + 1);
      });
      const roots = parents.filter((p) => p === null).length;
      expect(children.reduce((sum, n) => sum + n, 0)).toBe(components.length - roots);
    }),
  );
});
