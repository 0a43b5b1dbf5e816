import fc from "fast-check";
import { expect, test } from "vitest";
import { countFdaRecords, readFdaPage, readReports } from "./fda-answers.ts";
import { recallMatcher } from "./match-recalls.ts";

const page = (results: unknown[]) => JSON.stringify({ meta: { results: { total: results.length } }, results });
const recallOf = (firm: string, description: string) => {
  const said = { product_res_number: "Z-1", recalling_firm: firm, product_description: description };
  const [record] = readFdaPage(page([said])) ?? [];
  if (record?.type !== "recall") throw new Error("no recall");
  return record.recall;
};

test.each<[string, string, string | null, string, string, "strong" | "weak" | null]>([
  [
    "Philips",
    "IntelliVue MX450",
    null,
    "Philips North America LLC",
    "IntelliVue MX450, Model 866062; patient monitor",
    "strong",
  ],
  ["Philips", "IntelliVue MX450", null, "Philips North America LLC", "IntelliVue Patient Monitor MX400-550", "strong"],
  ["Philips", "IntelliVue MX450", null, "Philips North America LLC", "IntelliVue Information Center iX", null],
  ["Philips", "IntelliVue MX450", null, "GE Medical Systems, LLC", "IntelliVue MX450", null],
  ["BD", "Alaris PC unit", "8015", "CareFusion 303, Inc.", "Alaris System PC Unit Model 8015; sold alone", "strong"],
  ["BD", "Alaris PC unit", "8015", "CareFusion 303, Inc.", "Pyxis MedStation ES", null],
  [
    "Baxter",
    "Sigma Spectrum infusion pump",
    null,
    "Baxter Healthcare Corporation",
    "1) Sigma Spectrum Infusion Pump 2) battery",
    "strong",
  ],
  ["Eli", "Burdick", null, "Lilly USA", "Burdick", null],
])("%s %s %s and %s: %s", (manufacturer, product, model, firm, description, grade) => {
  const met = recallMatcher({ manufacturer, product, model })(recallOf(firm, description));
  expect(met?.grade ?? null).toBe(grade);
  if (met !== null) expect(met.evidence).toEqual([expect.stringContaining(firm), expect.stringMatching(/share/)]);
});

test("records are normalised: days, class, cut texts, the FDA's page", () => {
  const long = "x".repeat(5_000);
  const said = {
    ...{ product_res_number: "Z-2", cfres_id: "123", recalling_firm: "A", product_description: long },
    ...{
      event_date_initiated: "20260131",
      event_date_posted: "2026-02-30",
      k_numbers: ["K123456"],
      recall_status: "Open, Classified",
    },
  };
  const [recall, of, bad] =
    readFdaPage(page([said, { recall_number: "Z-2", classification: "Class II" }, { x: 1 }])) ?? [];
  expect(recall).toMatchObject({
    recall: {
      ...{ initiatedOn: "2026-01-31", postedOn: null, kNumbers: ["K123456"], classification: null },
      url: "https://www.accessdata.fda.gov/scripts/cdrh/cfdocs/cfRES/res.cfm?id=123",
    },
  });
  expect(recall?.type === "recall" && recall.recall.product.length).toBe(2_000);
  expect(of).toEqual({ type: "class", number: "Z-2", classification: "II" });
  expect(bad).toBeNull();
});

test("any bytes are read, or said to be no answer; nothing throws", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.jsonValue().map((value) => page([value])),
        fc.json(),
      ),
      (text) => {
        const counted = countFdaRecords(text);
        expect(counted === null || counted.records + counted.unusable >= 0).toBe(true);
        readReports(text);
      },
    ),
    { numRuns: 200 },
  );
});
