import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AdvisoryContent, LetterText, type LetterUnit } from "../schema.ts";
import { draftLetter } from "./draft-letter.ts";
import { letterDocument, unitColumns } from "./letter-document.ts";

const RELEASE = "0192f6a0-0000-7000-8000-000000000101";
const content = (said: Partial<AdvisoryContent> = {}): AdvisoryContent => ({
  ...AdvisoryContent.parse({
    kind: "security-advisory",
    title: "minimist in Infusion pump",
    summary: "minimist can be tricked.",
    harm: "Therapy may stop.",
    tlp: "WHITE",
    distribution: "",
    status: "final",
    products: [
      { releaseId: RELEASE, deviceId: RELEASE, vendor: "", name: "Infusion pump", model: "", version: "2.4.0" },
    ],
    vulnerabilities: [
      {
        name: "CVE-2020-7598",
        aliases: [],
        title: "",
        description: "",
        cwe: "",
        vector: "",
        statements: [{ releaseId: RELEASE, status: "affected", justification: null, impact: "" }],
        remedies: [{ kind: "mitigation", details: "Keep it off the ward network.", availableOn: null, url: "" }],
        references: [],
      },
    ],
    references: [],
    acknowledgments: [],
  }),
  ...said,
});
const publisher = {
  ...{ name: "Example Devices", contact: "", email: "psirt@example.com", phone: "" },
  ...{ postalAddress: "", namespace: "https://psirt.example.com" },
};
const facts = {
  ...{ trackingId: "EXD-2026-0001", publisher, site: null, withdrawn: null, on: "2026-01-02" },
  publicUrl: "https://cordon.example.com/csaf/exd/white/2026/exd-2026-0001.json",
};
const unit = (site: string): LetterUnit => ({
  ...{ device: "Infusion pump", release: "2.4.0", serial: `SN of ${site}`, site, status: "affected" },
});
const laidOut = (text: LetterText, units: LetterUnit[], about: Parameters<typeof unitColumns>[0]) =>
  letterDocument("EXD-2026-0001", text, { units, unitCount: units.length }, unitColumns(about), publisher);

describe("a letter", () => {
  test("says what to do and where the advisory is read", () => {
    const text = draftLetter({ ...facts, content: content() });
    expect(text.whatToDo).toBe("Keep it off the ward network.");
    expect(text.contact).toContain(facts.publicUrl);
  });

  test("to all customers names nobody's site; to one site it does", () => {
    const text = draftLetter({ ...facts, content: content() });
    const units = [unit("North hospital"), unit("South hospital")];
    const all = laidOut(text, units, { site: null, withdrawn: false });
    expect(all.unitsHead).toEqual(["Device", "Release", "Serial number", "State"]);
    expect(all.units.map((row) => row.includes("North hospital") || row.includes("South hospital"))).toEqual([
      false,
      false,
    ]);
    const one = laidOut(text, [unit("North hospital")], { site: "North hospital", withdrawn: false });
    expect(one.units).toEqual([["Infusion pump", "2.4.0", "SN of North hospital", "North hospital", "Affected"]]);
    for (const { unitsWidths } of [all, one]) expect(unitsWidths.reduce((sum, width) => sum + width)).toBeCloseTo(100);
  });

  test("about an advisory that was taken back says so, and of no device that it is affected", () => {
    const text = draftLetter({ ...facts, content: content(), withdrawn: "Withdrawn. It was another part." });
    expect(text.subject).toContain("is withdrawn");
    expect(text.whatHappened).toContain("It was another part.");
    expect(JSON.stringify(text)).not.toMatch(/Affected|ward network|Therapy/);
    expect(laidOut(text, [unit("")], { site: null, withdrawn: true }).unitsHead).not.toContain("State");
  });

  test("of very long texts is as long as a letter may be", () => {
    const long = content({ summary: "s".repeat(20_000), harm: "h".repeat(20_000), title: "t".repeat(300) });
    const [one] = long.vulnerabilities;
    const remedies = ["a", "b", "c"].map((letter) => ({
      ...{ kind: "workaround" as const, availableOn: null, url: "" as const },
      details: letter.repeat(20_000),
    }));
    const text = draftLetter({ ...facts, content: { ...long, vulnerabilities: one ? [{ ...one, remedies }] : [] } });
    expect(LetterText.safeParse(text).error).toBeUndefined();
  });

  test("holds no character that a document cannot, whatever was pasted", () => {
    const passages = fc.string({ unit: "binary", maxLength: 40 }).map((words) => `${words}\u0007a\u000bb\u001f\ufffe`);
    fc.assert(
      fc.property(passages, (words) => {
        const text = {
          ...draftLetter({ ...facts, content: content() }),
          subject: words,
          whatToDo: words,
          closing: words,
        };
        const { unitsHead: _, ...document } = laidOut(text, [unit(words)], { site: words, withdrawn: false });
        const texts: string[] = [];
        JSON.stringify(document, (_key, part: unknown) => {
          if (typeof part === "string") texts.push(part);
          return part;
        });
        for (const one of texts) expect(one).not.toMatch(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u);
      }),
    );
    expect(
      laidOut({ ...draftLetter({ ...facts, content: content() }), closing: "a\u000bb" }, [], {
        site: null,
        withdrawn: false,
      }).closing,
    ).toEqual(["a", "b"]);
  });
});
