import fc from "fast-check";
import { expect, test } from "vitest";
import { anySecurityFile } from "../../../../tests/support/any-security-file.ts";
import { checkStructure } from "../check/structure.ts";
import { LINKS, linksOf } from "../links.ts";
import { ItemKind, SecurityFile } from "../schema.ts";
import { mergeModel } from "./merge.ts";
import { relink } from "./relink.ts";

const file = (lists: object) => SecurityFile.parse({ cordon: "security-file/1", ...lists });

test("an item that both have keeps its id, and takes what the model says; the rest stays", () => {
  const here = file({
    elements: [
      { id: "pump", name: "Pump", kind: "hardware", technology: "Linux", sourceId: "6a0d2c9e", instances: 30 },
    ],
    harms: [{ id: "overdose", name: "Overdose", severity: "critical" }],
  });
  const model = file({
    elements: [
      { id: "x", sourceId: "6a0d2c9e", name: "Infusion pump", kind: "process" },
      { id: "overdose", name: "A store", kind: "store" },
    ],
    flows: [{ id: "f", name: "F", from: "x", to: "overdose" }],
  });
  expect(mergeModel(here, model)).toMatchObject({
    added: 2,
    changed: 1,
    kept: 1,
    file: {
      elements: [
        { id: "pump", name: "Infusion pump", technology: "Linux", instances: 30, kind: "process" },
        { id: "overdose-2", name: "A store" },
      ],
      flows: [{ from: "pump", to: "overdose-2" }],
      harms: [{ id: "overdose" }],
    },
  });
});

test("a file merged with itself is itself; two files merged are in order", () => {
  fc.assert(
    fc.property(anySecurityFile({ maxItems: 2 }), anySecurityFile({ maxItems: 2 }), (a, b) => {
      const withoutSources = SecurityFile.parse(
        JSON.parse(JSON.stringify(a, (key, value) => (key === "sourceId" ? undefined : value))),
      );
      expect(mergeModel(withoutSources, withoutSources).file).toEqual(withoutSources);
      expect(
        checkStructure(mergeModel(a, b).file).filter(({ rule }) => rule !== "cycle" && rule !== "foreign-interface"),
      ).toEqual([]);
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

test("links are the same here as in the list of links", () => {
  fc.assert(
    fc.property(anySecurityFile(), (any) => {
      for (const kind of ItemKind.options)
        for (const item of any[kind]) {
          const seen: string[] = [];
          relink(kind, item as never, (id, field) => {
            if (LINKS[kind].some((link) => link.field === field)) seen.push(id);
            return id;
          });
          expect(seen.sort()).toEqual(
            linksOf(kind, item as never)
              .map(({ id }) => id)
              .sort(),
          );
        }
    }),
    { numRuns: 30, endOnFailure: true },
  );
});
