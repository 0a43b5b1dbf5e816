import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCatalogueText } from "../../../lib/yaml-text.ts";
import { HARMS } from "../../devices/schema.ts";
import { AcceptanceMatrix } from "../../security-file/threats/schema.ts";
import type { RiskFacts } from "../facts.ts";
import { reachedHarm } from "../harm/reached-harm.ts";
import { type BedsideAnswers, proposeControl } from "./propose.ts";
import { bedsideStory } from "./story.ts";

const file = new URL("../../../../catalogs/acceptance/2016-12-28-fda-postmarket.yaml", import.meta.url);
const matrix = readCatalogueText(readFileSync(file, "utf8"), "acceptance", AcceptanceMatrix);

const facts: RiskFacts = {
  vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
  functions: [{ kind: "therapy", name: "infusion", harm: "catastrophic" }],
  reachesFunction: true,
  interfaces: [],
  networkPosition: "hospital-network",
  dataHeld: [],
  patientRecords: 1,
  units: 20,
  inKev: "no",
  coordinator: null,
  harm: 5,
  harmFunction: "infusion",
};
const silent: BedsideAnswers = { harm: null, noticed: null, fallback: null };
const HARD = "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H";
const LOCAL = "CVSS:3.1/AV:L/AC:L/PR:H/UI:R/S:U/C:N/I:N/A:H";

describe("controlled or uncontrolled", () => {
  test.each<[string, Partial<RiskFacts>, string | null, boolean | null, Partial<BedsideAnswers>, string, boolean]>([
    ["easy, and a patient could die", {}, null, true, {}, "uncontrolled", true],
    ["easy, serious harm", { harm: 3 }, null, true, {}, "uncontrolled", true],
    ["easy, minor harm: on the line", { harm: 2 }, null, true, {}, "uncontrolled", false],
    ["easy, negligible harm", { harm: 1 }, null, true, {}, "controlled", true],
    ["harder, critical harm", { vector: HARD, harm: 4 }, null, true, {}, "uncontrolled", true],
    ["harder, serious harm: on the line", { vector: HARD, harm: 3 }, null, true, {}, "uncontrolled", false],
    [
      "harder, serious harm, noticed at once and care goes on",
      { vector: HARD, harm: 3 },
      null,
      true,
      { noticed: "at-once", fallback: "yes" },
      "controlled",
      false,
    ],
    ["harder, minor harm", { vector: HARD, harm: 2 }, null, true, {}, "controlled", true],
    ["hard, catastrophic harm: on the line", { vector: LOCAL }, null, true, {}, "uncontrolled", false],
    ["hard, critical harm", { vector: LOCAL, harm: 4 }, null, true, {}, "controlled", true],
    ["exploited, however hard", { vector: LOCAL, harm: 3 }, "active", true, {}, "uncontrolled", true],
    ["only patients' data is lost", {}, "active", false, {}, "controlled", true],
    ["a clinician says no harm", {}, "active", true, { harm: "none" }, "controlled", true],
    ["a clinician says worse than declared", { harm: 1 }, null, true, { harm: "critical" }, "uncontrolled", true],
    ["the part reaches no function", { reachesFunction: false, harm: -1 }, "active", true, {}, "controlled", true],
    ["nobody stated what the device does", { harm: 0, functions: [] }, null, true, {}, "uncontrolled", false],
    ["nobody knows whether it touches care", {}, null, null, {}, "uncontrolled", false],
    ["no score at all", { vector: null }, null, null, {}, "uncontrolled", false],
  ])("%s", (_, over, exploitation, touchesCare, bedside, risk, clear) => {
    const proposal = proposeControl(
      { ...facts, ...over },
      exploitation,
      touchesCare,
      { ...silent, ...bedside },
      matrix,
    );
    expect({ risk: proposal.risk, clear: proposal.clear }).toEqual({ risk, clear });
    expect(proposal.reasons.length).toBeGreaterThan(1);
  });

  test("worse harm never makes an uncontrolled risk controlled, and neither does easier exploitation", () => {
    const vector = fc
      .tuple(
        fc.constantFrom("N", "A", "L", "P"),
        fc.constantFrom("L", "H"),
        fc.constantFrom("N", "L", "H"),
        fc.constantFrom("N", "R"),
      )
      .map(([av, ac, pr, ui]) => `CVSS:3.1/AV:${av}/AC:${ac}/PR:${pr}/UI:${ui}/S:U/C:H/I:H/A:H`);
    const harm = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(vector, harm, fc.constantFrom(null, "none", "public-poc"), (v, h, exploitation) => {
        const at = (level: number, word: string | null) =>
          proposeControl({ ...facts, vector: v, harm: level }, word, true, silent, matrix).risk;
        if (at(h, exploitation) === "uncontrolled") {
          expect(at(h + 1, exploitation)).toBe("uncontrolled");
          expect(at(h, "active")).toBe("uncontrolled");
        }
      }),
    );
  });
});

describe("the harm a part can reach", () => {
  const functions = [
    { kind: "alarm", name: "door alarm", harm: "minor" },
    { kind: "therapy", name: "infusion", harm: "catastrophic" },
  ] as const;
  test.each<[readonly string[] | null, number, string | null]>([
    [null, 5, "infusion"],
    [["door alarm"], 2, "door alarm"],
    [[], -1, null],
    [["a function it no longer has"], 5, "infusion"],
    [["door alarm", "infusion as it was called before"], 5, "infusion"],
  ])("of %j is %s", (only, harm, harmFunction) => {
    expect(reachedHarm(functions, only)).toEqual({ harm, harmFunction });
  });
  test("is not stated where no function is", () => {
    expect(reachedHarm([], null)).toEqual({ harm: 0, harmFunction: null });
    expect(HARMS).toHaveLength(5);
  });
});

describe("the story for the bedside", () => {
  const facts = {
    device: "Example Pump",
    functions: [{ kind: "therapy" as const, name: "infusion" }],
    vector: "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
    advisory: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
    exploited: true,
    units: 5,
  };
  test.each([
    [
      {},
      "Somebody on another network, far away, could make Example Pump stop working. It delivers therapy (infusion). 5 units are in use. Attackers use this weakness elsewhere already.",
    ],
    [
      { advisory: "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H" },
      "Somebody on the same network, or near enough for its radio, could make Example Pump stop working. It delivers therapy (infusion). 5 units are in use. Attackers use this weakness elsewhere already.",
    ],
    [
      { vector: "CVSS:3.0/AV:P/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", exploited: false, units: 1, functions: [] },
      "Somebody who can touch the device could make Example Pump stop working, do or show something wrong or give away what it knows of patients, once a person at the device is misled. What Example Pump does for a patient is not stated. One unit is in use. No attack with it is known.",
    ],
  ])("%j", (over, story) => {
    expect(bedsideStory({ ...facts, ...over }).join(" ")).toBe(story);
  });
});
