import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Counts, FunctionKind, Harm, Phase } from "../schema.ts";
import { type SafetyFacts, safetySentence } from "./safety-sentence.ts";

const NONE: Counts = {
  open: 0,
  new: 0,
  inTriage: 0,
  affected: 0,
  exploited: 0,
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  suspect: 0,
};
const facts = (over: Partial<SafetyFacts> = {}): SafetyFacts => ({
  functions: [{ kind: "therapy", name: "infusion", harm: "catastrophic" }],
  phase: "maintenance",
  endOfSupportOn: null,
  sbom: { components: 300, incomplete: 0, uploadedOn: "2026-11-01" },
  counts: NONE,
  comparedOn: "2026-11-20",
  comparedWith: null,
  today: "2026-11-23",
  ...over,
});
const text = (over: Partial<SafetyFacts>) =>
  safetySentence(facts(over))
    .map((part) => part.text)
    .join("");

describe("the safety sentence says what is so", () => {
  test.each<[string, Partial<SafetyFacts>]>([
    ["No SBOM yet: nobody can say what this release is made of.", { sbom: null, counts: null }],
    ["300 parts known, none compared with advisories yet.", { counts: null, comparedOn: null }],
    ["No open finding among 300 parts, compared on 20 Nov 2026.", {}],
    [
      "No open finding among 300 parts, compared with 102,208 known vulnerabilities on 20 Nov 2026.",
      { comparedWith: 102_208 },
    ],
    [
      "Two exploited vulnerabilities and one critical finding among twelve open findings in a device that delivers therapy.".replace(
        "twelve",
        "12",
      ),
      { counts: { ...NONE, open: 12, exploited: 2, critical: 1 } },
    ],
    [
      "One open finding, none exploited or critical, in a device that delivers therapy.",
      { counts: { ...NONE, open: 1, low: 1 } },
    ],
    [
      "One open finding, none exploited or critical, in a device whose functions are not stated.",
      { counts: { ...NONE, open: 1 }, functions: [] },
    ],
    [
      "No open finding among 300 parts, compared on 20 Nov 2026; three decisions were made for another version of the part.",
      { counts: { ...NONE, suspect: 3 } },
    ],
    [
      "No open finding among 300 parts, compared on 20 Nov 2026; 40 of 300 parts lack a minimum element of an SBOM.",
      { sbom: { components: 300, incomplete: 40, uploadedOn: "2026-11-01" } },
    ],
    [
      "No open finding among one part, compared on 20 Nov 2026; one of 1 part lacks a minimum element of an SBOM.",
      { sbom: { components: 1, incomplete: 1, uploadedOn: "2026-11-01" } },
    ],
    [
      "No open finding among 300 parts, compared on 1 Jun 2026; last compared 175 days ago.",
      { comparedOn: "2026-06-01" },
    ],
    [
      "No open finding among 300 parts, compared on 20 Nov 2026; support ends in 30 days.",
      { endOfSupportOn: "2026-12-23" },
    ],
    [
      "No open finding among 300 parts, compared on 20 Nov 2026; support ended 1 day ago.",
      { endOfSupportOn: "2026-11-22" },
    ],
    ["No open finding among 300 parts, compared on 20 Nov 2026; support has ended.", { phase: "end-of-support" }],
  ])("%s", (expected, over) => {
    expect(text(over)).toBe(expected);
  });

  test("exploited findings lead to exactly those findings", () => {
    const part = safetySentence(facts({ counts: { ...NONE, open: 3, exploited: 3 } })).find((p) =>
      p.text.includes("exploited"),
    );
    expect(part).toMatchObject({ tone: "bad", link: { tab: "findings", search: { exploited: "true" } } });
  });

  test("whatever the facts, it is one sentence that claims no number it was not given", () => {
    const count = fc.nat(5_000);
    const counts = fc
      .record({ open: count, exploited: count, critical: count, suspect: count })
      .map((c) => ({ ...NONE, ...c }));
    const functions = fc.array(
      fc.record({
        kind: fc.constantFrom(...FunctionKind.options),
        name: fc.constant("x"),
        harm: fc.constantFrom(...Harm.options),
      }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(
        fc.option(counts),
        functions,
        fc.constantFrom(...Phase.options),
        fc.boolean(),
        (c, f, phase, hasSbom) => {
          const sentence = text({ counts: c, functions: f, phase, ...(hasSbom ? {} : { sbom: null }) });
          expect(sentence).toMatch(/^[A-Z0-9].*[a-z0-9]\.$/s);
          expect(sentence).not.toMatch(/undefined|null|NaN| {2}|;;/);
          if (c === null || c.exploited === 0 || c.open === 0 || !hasSbom)
            expect(sentence).not.toMatch(/[a-z0-9] exploited vulnerabilit/i);
          const given = c === null ? [] : Object.values(c).map(String);
          for (const [number] of sentence.replaceAll(/\d{1,2} [A-Z][a-z]{2} \d{4}/g, "").matchAll(/\d+/g))
            expect([...given, "300"]).toContain(number);
        },
      ),
    );
  });
});
