import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleComponent } from "../../devices/sbom/sample-component.ts";
import type { Component } from "../../devices/sbom/schema.ts";
import { advisory, affectedItem, indexOf } from "../rank-index/sample-intel.ts";
import { platformPresent, readCpe } from "./cpe-meets.ts";
import { matchComponents } from "./match.ts";

const WORDS = ["*", "-", "qnx", "q*", "?nx", "linux", "a\\:b"];
const PATTERNS = ["o", "a", "*"].flatMap((part) =>
  WORDS.flatMap((vendor) => WORDS.map((product) => `cpe:2.3:${part}:${vendor}:${product}:*:*:*:*:*:*:*:*`)),
);
const intel = indexOf(
  PATTERNS.map((pattern, i) =>
    advisory(`P-${i}`, [
      affectedItem({ cpe: "cpe:2.3:a:maker:agent:*:*:*:*:*:*:*:*", everyVersion: true, platforms: [pattern] }),
    ]),
  ),
);

const component = (said: Partial<Component>): Component => sampleComponent({ name: "thing", ...said });
const agent = component({ cpes: ["cpe:2.3:a:maker:agent:2.0:*:*:*:*:*:*:*"] });

const name = fc
  .tuple(fc.constantFrom("o", "a", "h"), fc.constantFrom(...WORDS, "qnxx"), fc.constantFrom(...WORDS, "QNX"))
  .map(([part, vendor, product]) => `cpe:2.3:${part}:${vendor}:${product}:7.1:*:*:*:*:*:*:*`);

test("an entry holds beside exactly the names its platform covers, wildcards and open names included", () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 4 }), (cpes) => {
      const parts = [agent, ...cpes.map((text) => component({ cpes: [text] }))];
      const present = parts.flatMap((part) => part.cpes.map(readCpe)).filter((cpe) => cpe !== null);
      const expected = PATTERNS.flatMap((pattern, i) => {
        const read = readCpe(pattern);
        return read !== null && platformPresent(read, present) ? [`P-${i}`] : [];
      });
      const found = matchComponents(intel, parts)
        .matches.filter(({ component }) => component === 0)
        .map(({ record }) => intel.vulnerability(intel.vulnerabilitiesOf(record)[0] ?? 0).ids[0]);
      expect(found.sort()).toEqual(expected.sort());
    }),
    { numRuns: 200 },
  );
});
