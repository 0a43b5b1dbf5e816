import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCatalogueText } from "../../../lib/yaml-text.ts";
import type { RiskFacts } from "../facts.ts";
import { DecisionTable } from "../schema.ts";
import { decideBy } from "./decide.ts";
import { SSVC_INPUTS } from "./inputs.ts";

const folder = join(import.meta.dirname, "../../../../catalogs/ssvc");
const text = (name: string) => readFileSync(join(folder, name), "utf8");
const tables = new Map(
  readdirSync(folder)
    .map((name) => readCatalogueText(text(name), name, DecisionTable))
    .map((table) => [table.table, table]),
);
const table = (name: string) => {
  const found = tables.get(name);
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
};

/** The published rows once more, as letters: exploitation none, public PoC, active; utility L, E, S; impact partial, total; safety minimal, significant. */
const SUPPLIER = `nLPM D nLPS S nLTM S nLTS O nEPM S nEPS O nETM S nETS O nSPM S nSPS O nSTM O nSTS O
  pLPM S pLPS O pLTM S pLTS I pEPM S pEPS I pETM O pETS I pSPM O pSPS I pSTM O pSTS I
  aLPM O aLPS I aLTM O aLTS I aEPM O aEPS I aETM O aETS I aSPM I aSPS I aSTM I aSTS I`;
const WORDS: Record<string, string>[] = [
  { n: "none", p: "public-poc", a: "active" },
  { L: "laborious", E: "efficient", S: "super-effective" },
  { P: "partial", T: "total" },
  { M: "minimal", S: "significant" },
];
const OUTCOME: Record<string, string> = { D: "defer", S: "scheduled", O: "out-of-cycle", I: "immediate" };
const rows = [...SUPPLIER.matchAll(/([npa][LES][PT][MS]) ([DSOI])/g)].map(([, inputs = "", outcome = ""]) => [
  ...[...inputs].map((letter, i) => WORDS[i]?.[letter] ?? ""),
  OUTCOME[outcome] ?? "",
]);

test.each(rows)(
  "supplier: %s, %s, %s, %s is %s",
  (exploitation, utility, technicalImpact, publicSafetyImpact, outcome) => {
    const decided = decideBy(table("ssvc-supplier"), { exploitation, utility, technicalImpact, publicSafetyImpact });
    expect(decided).toEqual({ outcome, possible: [outcome] });
  },
);
test("all 36 of them", () => expect(rows).toHaveLength(36));

/** In KEV, exposed, automatable, total; then the outcome. */
const BOD: [string, string][] = [
  ["nnnp", "fix-on-system-upgrade"],
  ["nnnt", "fix-on-system-upgrade"],
  ["nnyp", "60-days"],
  ["nnyt", "60-days"],
  ["nynp", "60-days"],
  ["nynt", "14-days"],
  ["nyyp", "14-days"],
  ["nyyt", "3-days"],
  ["ynnp", "14-days"],
  ["ynnt", "14-days"],
  ["ynyp", "14-days"],
  ["ynyt", "3-days-and-forensic-investigation"],
  ["yynp", "14-days"],
  ["yynt", "3-days-and-forensic-investigation"],
  ["yyyp", "3-days"],
  ["yyyt", "3-days-and-forensic-investigation"],
];
test.each(BOD)("BOD 26-04: %s is %s", (letters, outcome) => {
  const [inKev, assetExposure, automatable, technicalImpact] = [...letters].map(
    (letter) => ({ n: "no", y: "yes", p: "partial", t: "total" })[letter] ?? "",
  );
  const inputs = {
    inKev: inKev ?? "",
    assetExposure: assetExposure ?? "",
    automatable: automatable ?? "",
    technicalImpact: technicalImpact ?? "",
  };
  expect(decideBy(table("cisa-bod-26-04"), inputs).outcome).toBe(outcome);
});
test("all 16 of them", () => expect(new Set(BOD.map(([letters]) => letters)).size).toBe(16));

describe("inputs that are not known", () => {
  test("leave every outcome open that the others allow; the most urgent is named", () => {
    expect(decideBy(table("ssvc-supplier"), { exploitation: "active", publicSafetyImpact: "minimal" })).toEqual({
      outcome: "immediate",
      possible: ["out-of-cycle", "immediate"],
    });
    expect(
      decideBy(table("ssvc-supplier"), { exploitation: "active", publicSafetyImpact: "significant" }).possible,
    ).toEqual(["immediate"]);
  });
});

test.each([
  [
    "a row is missing",
    (t: string) => t.replace("  - [no, no, no, partial, fix-on-system-upgrade]\n", ""),
    /needs 16 different rows/,
  ],
  ["a row is there twice", (t: string) => `${t}  - [no, no, no, partial, 60-days]\n`, /needs 16 different rows/],
  ["a value nobody knows", (t: string) => t.replace("[no, no, no, partial,", "[no, no, no, some,"), /is no row of it/],
])("a table is refused when %s", (_, spoil, reason) => {
  expect(() => readCatalogueText(spoil(text("cisa-bod-26-04-1.0.0.yaml")), "x.yaml", DecisionTable)).toThrow(reason);
});

describe("proposals", () => {
  const nothing: RiskFacts = {
    vector: null,
    functions: [],
    reachesFunction: true,
    interfaces: [],
    networkPosition: null,
    dataHeld: null,
    patientRecords: null,
    units: 0,
    inKev: "unknown",
    coordinator: null,
    harm: 0,
    harmFunction: null,
  };
  const propose = (id: string, over: Partial<RiskFacts>) =>
    SSVC_INPUTS.find((one) => one.id === id)?.propose({ ...nothing, ...over });
  test("what no fact says is not guessed", () => {
    for (const input of SSVC_INPUTS) expect(input.propose(nothing)).toBeNull();
  });
  const vulnrichment = { exploitation: "poc", automatable: "yes", technicalImpact: "partial", source: "CISA-ADP" };
  test.each<[string, Partial<RiskFacts>, string]>([
    ["ssvc.exploitation", { inKev: "yes", coordinator: vulnrichment }, "active"],
    ["ssvc.exploitation", { inKev: "no", coordinator: vulnrichment }, "public-poc"],
    ["ssvc.kev", { inKev: "no" }, "no"],
    ["ssvc.automatable", { coordinator: vulnrichment }, "yes"],
    ["ssvc.value-density", { patientRecords: 1 }, "diffuse"],
    ["ssvc.value-density", { patientRecords: 500 }, "concentrated"],
    [
      "ssvc.technical-impact",
      { coordinator: vulnrichment, vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" },
      "partial",
    ],
    ["ssvc.technical-impact", { vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }, "total"],
    ["ssvc.technical-impact", { vector: "AV:N/AC:L/Au:N/C:C/I:C/A:P" }, "partial"],
    ["ssvc.exposure", { networkPosition: "internet" }, "yes"],
    ["ssvc.exposure", { networkPosition: "hospital-network" }, "no"],
    ["ssvc.safety-impact", { harm: 5 }, "catastrophic"],
    ["ssvc.safety-impact", { harm: 3 }, "critical"],
    ["ssvc.safety-impact", { harm: 1 }, "negligible"],
    ["ssvc.safety-impact", { harm: -1, reachesFunction: false }, "negligible"],
  ])("%s of %j is %s", (id, over, answer) => {
    expect(propose(id, over)?.answer).toBe(answer);
  });
});
