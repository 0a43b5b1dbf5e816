import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advisory, affectedItem, indexOf, interval } from "../rank-index/sample-intel.ts";
import { proposeDeviceMatches, wordedItems } from "./propose.ts";
import { similarity } from "./similarity.ts";
import { sameVendor, vendorsIn } from "./vendors.ts";

describe("makers under their several names", () => {
  test.each([
    ["Philips", "Phillips", true],
    ["General Electric (GE)", "GE Healthcare", true],
    ["BD", "Becton, Dickinson and Company (BD)", true],
    ["Welch Allyn", "Hillrom and ELI, Baxter International Inc.", true],
    ["St. Jude Medical", "Abbott Laboratories", true],
    ["Innokas Yhtymä Oy", "Innokas YhtymÃ¤ Oy", true],
    ["Drägerwerk AG & Co. KGaA", "Draeger", true],
    ["OFFIS", "OFFIS e.V.", false],
    ["Philips", "Siemens", false],
    ["", "Philips", false],
  ])("%s and %s: %s", (one, other, same) => {
    expect(sameVendor(one, other) !== null).toBe(same);
  });

  test("a maker is itself, whatever the text; nothing throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(sameVendor(text, text) !== null).toBe(vendorsIn(text).length > 0);
      }),
    );
  });
});

describe("product names", () => {
  const none: ReadonlySet<string> = new Set();
  test.each([
    ["Alaris GH", "Alaris CC", null],
    ["Optima 520", "Optima 540", null],
    ["Alaris", "Alaris CC", "weak"],
    ["Avalon FM30", "Avalon Fetal/Maternal Monitors FM20/FM30", "strong"],
    ["IntelliVue MX450", "IntelliVue Patient Monitors MX (MX400-550)", "strong"],
    ["IntelliVue MX600", "IntelliVue Patient Monitors MX (MX400-550)", null],
    ["Infusion Pump", "Infusion Pump", null],
    ["Connex Spot Monitor", "Connex Vital Signs Monitor", null],
    ["IntelliVue MP70", "IntelliVue patient monitor MP2-MP90", "strong"],
    ["IntelliVue MX700", "IntelliVue patient monitor MX400-MX850", "strong"],
    ["PIC iX", "Patient Information Center iX (PICiX)", "strong"],
    ["IntelliBridge EC 40 Hub", "IntelliBridge EC40 Hub", "strong"],
    ["EPIQ 7", "Ultrasound EPIQ/Affiniti", "weak"],
    ["Affiniti 70", "Ultrasound EPIQ/Affiniti", "weak"],
    ["ClearVue 550", "Ultrasound ClearVue", "weak"],
    ["CX50", "Ultrasound CX", "weak"],
    ["Efficia CM120", "Efficia CM Series", "weak"],
    ["Discovery NM530c", "Discovery NM 630", null],
    ["Optima CT660", "Revolution CT", null],
    ["Gemini TF", "Gemini PET/CT Family", "weak"],
    ["CARESCAPE Central Station MAI700", "CARESCAPE Central Station (CSCS)", "weak"],
    ["Merlin@home EX1150", "RF models EX1150", "weak"],
    ["Vivid E95", "Vivid products, not including EchoPAC", "weak"],
    ["LOGIQ 100 Pro", "LOGIQ, not including LOGIQ 100 Pro", null],
    ["Alaris 8100", "Alaris Infusion Central software", null],
  ])("%s and %s: %s", (asked, said, grade) => {
    expect(similarity(asked, said, none)?.grade ?? null).toBe(grade);
  });

  test("likeness does not depend on who asks", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (one, other) => {
        expect(similarity(one, other, none) === null).toBe(similarity(other, one, none) === null);
      }),
    );
  });
});

describe("versions in words", () => {
  const says = (item: Parameters<typeof affectedItem>[0], version: string | null) => {
    const worded = affectedItem({ product: { vendor: "Philips", name: "Zeta" }, ...item });
    const index = indexOf([advisory("ICSMA-25-001-01/CVE-2025-1", [worded], { source: "csaf:CISA" })]);
    const items = wordedItems(index, Array(index.about.counts.records).keys());
    const [found] = proposeDeviceMatches(items, [{ vendor: "Phillips", name: "Zeta", model: null, version }]);
    return [found?.says, found?.evidence[2]];
  };
  test.each([
    ["a range", { intervals: [interval(null, "2.1")] }, "2.0", "affected"],
    ["its first good version", { intervals: [interval(null, "2.1")] }, "v2.1", "not-affected"],
    ["no version", { intervals: [interval(null, "2.1")] }, null, "not-decided"],
    ["every version", { everyVersion: true }, null, "affected"],
    ["a range with a condition", { undecidable: ["<= 1.54 (integrated into MobileLink)"] }, "1.50", "affected"],
    [
      "beyond a range with a condition",
      { undecidable: ["<=11.2 on Windows 8.1 with IIS 7.5"] },
      "11.3",
      "not-affected",
    ],
    ["a date", { undecidable: ["< april 1, 2018"] }, "1.0", "not-decided"],
    [
      "a revision up to which it speaks",
      { intervals: [interval(null, "N", { toInclusive: true })] },
      "N.01",
      "affected",
    ],
    ["a revision after it", { intervals: [interval(null, "N", { toInclusive: true })] }, "P.00", "not-affected"],
    [
      "what goes on from the end",
      { intervals: [interval(null, "3.1", { toInclusive: true })] },
      "3.1.5",
      "not-decided",
    ],
    ["its end itself", { intervals: [interval(null, "3.1", { toInclusive: true })] }, "3.1", "affected"],
    ["counted in another way", { intervals: [interval(null, "012U000040")] }, "L80", "not-decided"],
  ])("%s", (_, item, version, expected) => {
    const [word, evidence] = says(item, version);
    expect(word, evidence).toBe(expected);
    expect(evidence).toMatch(/^Version: /);
  });

  test("any words of anybody are answered", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 });
    fc.assert(
      fc.property(text, text, fc.option(text), (undecidable, name, version) => {
        const worded = affectedItem({ product: { vendor: "Philips", name }, undecidable: [undecidable] });
        const index = indexOf([advisory("ICSMA-25-001-01", [worded], { source: "csaf:CISA" })]);
        proposeDeviceMatches(wordedItems(index, [0]), [{ vendor: "Philips", name, model: version, version }]);
      }),
      { numRuns: 50 },
    );
  });
});
