import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCatalogueText } from "../../../lib/yaml-text.ts";
import type { DeviceInterface } from "../../devices/schema.ts";
import { scoresOfVector } from "../../intel/severity/cvss.ts";
import type { RiskFacts } from "../facts.ts";
import { type Answered, Rubric, RubricAnswer } from "../schema.ts";
import { proposeAnswers } from "./propose.ts";
import { rubricQuestions } from "./questions.ts";
import { questionsOf, scoreRubric } from "./score.ts";

const file = join(import.meta.dirname, "../../../../catalogs/rubric/mitre-medical-device-cvss-2019.yaml");
const rubric = readCatalogueText(readFileSync(file, "utf8"), "rubric", Rubric);
const ids = questionsOf(rubric).map(({ id }) => id);
const IMPACTS = rubric.impacts.map(({ id }) => id);

/** All impacts "no" but those named. */
const answers = (over: Record<string, RubricAnswer>): Map<string, RubricAnswer> =>
  new Map<string, RubricAnswer>([...IMPACTS.map((id) => [id, "no"] as const), ...Object.entries(over)]);
const metric = (over: Record<string, RubricAnswer>, name: string) =>
  new RegExp(`/${name}:(\\w)`).exec(scoreRubric(rubric, answers(over)).vector)?.[1];

test("it has 31 questions, each once", () => {
  expect(new Set(ids).size).toBe(31);
  expect(ids).toHaveLength(31);
});

describe("attack vector", () => {
  test.each<[Record<string, RubricAnswer>, string]>([
    [{ XAVN: "yes", XAVT: "yes" }, "N"],
    [{ XAVN: "yes", XAVT: "unknown" }, "N"],
    [{ XAVN: "unknown" }, "N"],
    [{ XAVN: "yes", XAVT: "no", XAVW: "no" }, "L"],
    [{ XAVN: "yes", XAVT: "no", XAVW: "yes", XAVR: "yes" }, "L"],
    [{ XAVN: "yes", XAVT: "no", XAVW: "yes", XAVR: "no" }, "A"],
    [{ XAVN: "yes", XAVT: "no", XAVW: "yes", XAVR: "unknown" }, "A"],
    [{ XAVN: "no", XAVP: "no" }, "L"],
    [{ XAVN: "no", XAVP: "yes", XAVPA: "yes" }, "P"],
    [{ XAVN: "no", XAVP: "yes", XAVPA: "no" }, "P"],
    [{ XAVN: "no", XAVP: "unknown" }, "L"],
  ])("%j is AV:%s", (over, value) => {
    expect(metric(over, "AV")).toBe(value);
  });
});

describe("complexity, privileges, interaction, scope", () => {
  test.each<[Record<string, RubricAnswer>, string, string]>([
    [{ XACL: "yes" }, "AC", "L"],
    [{ XACL: "no" }, "AC", "H"],
    [{}, "AC", "L"],
    [{ XPRL: "no" }, "PR", "N"],
    [{ XPRL: "yes", XPRZ: "no" }, "PR", "N"],
    [{ XPRL: "yes", XPRZ: "yes", XPRS: "yes" }, "PR", "H"],
    [{ XPRL: "yes", XPRZ: "yes", XPRS: "no" }, "PR", "L"],
    [{}, "PR", "N"],
    [{ XUI: "yes" }, "UI", "R"],
    [{ XUI: "no" }, "UI", "N"],
    [{ XS: "yes" }, "S", "C"],
    [{ XS: "no" }, "S", "U"],
    [{}, "S", "C"],
  ])("%j is %s:%s", (over, name, value) => {
    expect(metric(over, name)).toBe(value);
  });
});

describe("impacts", () => {
  const impact = (over: Record<string, RubricAnswer>) =>
    `C:${metric(over, "C")} I:${metric(over, "I")} A:${metric(over, "A")}`;
  test.each<[string, Record<string, RubricAnswer>, string]>([
    ["an infusion pump that can be stopped, and nothing else", { XAT: "yes" }, "C:N I:N A:H"],
    ["records of a small clinic alone", { XCP: "yes", XCPM: "no" }, "C:L I:N A:N"],
    ["records of 500 patients or more", { XCP: "yes", XCPM: "yes" }, "C:H I:N A:N"],
    ["records of nobody knows how many", { XCP: "yes" }, "C:H I:N A:N"],
    ["records of few that nobody knows to be readable", { XCP: "unknown", XCPM: "no" }, "C:H I:N A:N"],
    ["records of a small clinic, and diagnoses", { XCP: "yes", XCPM: "no", XCD: "yes" }, "C:H I:N A:N"],
    ["nothing", {}, "C:N I:N A:N"],
  ])("%s: %j is %s", (_, over, value) => {
    expect(impact(over)).toBe(value);
  });
  test.each(IMPACTS)("%s not known is high", (id) => {
    expect(metric({ [id]: "unknown", XCPM: "no" }, id.charAt(1))).toBe("H");
  });
});

test("whatever is answered, the vector is a complete CVSS 3.0 vector, and less known is never less severe in its impacts", () => {
  const some = fc.dictionary(fc.constantFrom(...ids), fc.constantFrom(...RubricAnswer.options));
  fc.assert(
    fc.property(some, (given) => {
      const { vector, asked } = scoreRubric(rubric, new Map(Object.entries(given)));
      expect(scoresOfVector(vector)?.version).toBe("3.0");
      expect(vector).toMatch(/^CVSS:3\.0\/AV:[NALP]\/AC:[LH]\/PR:[NLH]\/UI:[NR]\/S:[UC]\/C:[NLH]\/I:[NH]\/A:[NH]$/);
      expect(new Set(asked).size).toBe(asked.length);
      expect(ids).toEqual(expect.arrayContaining([...asked]));
      const without = scoreRubric(rubric, new Map(Object.entries(given).map(([id]) => [id, "unknown" as const])));
      for (const name of ["C", "I", "A"])
        expect("NLH".indexOf(of(without.vector, name))).toBeGreaterThanOrEqual("NLH".indexOf(of(vector, name)));
    }),
    { numRuns: 500 },
  );
});
const of = (vector: string, name: string) => new RegExp(`/${name}:(\\w)`).exec(vector)?.[1] ?? "";

const way = (kind: DeviceInterface["kind"], name: string, protocol = ""): DeviceInterface => ({
  ...{ kind, name, protocol },
  exposed: true,
  notes: "",
});
const pump: RiskFacts = {
  vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
  functions: [{ kind: "therapy", name: "infusion", harm: "catastrophic" }],
  reachesFunction: true,
  interfaces: [way("wireless", "WLAN", "IEEE 802.11"), way("removable", "USB")],
  networkPosition: "hospital-network",
  dataHeld: [{ kind: "therapy", name: "drug library" }],
  patientRecords: 1,
  units: 20,
  inKev: "no",
  coordinator: null,
  harm: 5,
  harmFunction: "infusion",
};

const ADJACENT = "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H";

describe("what the device's own file answers", () => {
  const propose = (over: Partial<RiskFacts>, id: string) => proposeAnswers(rubric, { ...pump, ...over }).get(id);
  test.each<[string, Partial<RiskFacts>, string, string | undefined]>([
    ["a network attack on a device with Wi-Fi", {}, "XAVN", "yes"],
    [
      "a device that is on no network and has no way in",
      { networkPosition: "isolated", interfaces: [way("removable", "USB")] },
      "XAVN",
      "no",
    ],
    [
      "an isolated device that declares no interface at all may have forgotten them",
      { networkPosition: "isolated", interfaces: [] },
      "XAVN",
      "yes",
    ],
    ["an attack from the same network, which speaks IP", { vector: ADJACENT }, "XAVT", "yes"],
    ["that speaks none", { vector: ADJACENT, interfaces: [way("wireless", "Remote", "Bluetooth LE")] }, "XAVT", "no"],
    [
      "of which nobody knows",
      { vector: ADJACENT, interfaces: [way("wired", "Link", "proprietary")] },
      "XAVT",
      undefined,
    ],
    ["with no way in stated", { vector: ADJACENT, interfaces: [] }, "XAVT", undefined],
    ["only wireless interfaces", {}, "XAVW", "yes"],
    ["no wireless interface", { interfaces: [way("wired", "LAN")] }, "XAVW", "no"],
    [
      "wired and wireless: nobody can say which",
      { interfaces: [way("wired", "LAN"), way("wireless", "WLAN")] },
      "XAVW",
      undefined,
    ],
    ["Wi-Fi reaches far", {}, "XAVR", "no"],
    ["NFC does not", { interfaces: [way("wireless", "Badge", "NFC")] }, "XAVR", "yes"],
    ["a protocol nobody knows", { interfaces: [way("wireless", "Link", "proprietary")] }, "XAVR", undefined],
    ["a local attack", { vector: "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H" }, "XAVP", "no"],
    ["an attack by hand", { vector: "CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H" }, "XAVP", "yes"],
    ["no privileges, CVSS 2", { vector: "AV:N/AC:L/Au:N/C:C/I:C/A:C" }, "XPRZ", "no"],
    [
      "attack requirements, CVSS 4",
      { vector: "CVSS:4.0/AV:N/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N" },
      "XACL",
      "no",
    ],
    [
      "no impact beyond, CVSS 4",
      { vector: "CVSS:4.0/AV:N/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N" },
      "XS",
      "no",
    ],
    ["no vector at all", { vector: null }, "XACL", undefined],
    ["an availability flaw in a pump", {}, "XAT", "yes"],
    ["that touches no secret", {}, "XCT", "no"],
    [
      "data nobody stated",
      { dataHeld: null, vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N" },
      "XCP",
      undefined,
    ],
    ["data that is not there", { vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N" }, "XCP", "no"],
    ["one patient's records in twenty units", {}, "XCPM", "no"],
    ["a server's", { patientRecords: 20_000 }, "XCPM", "yes"],
    ["a few in each of many units", { patientRecords: 30 }, "XCPM", undefined],
    ["nobody stated how many", { patientRecords: null }, "XCPM", undefined],
  ])("%s", (_, over, id, answer) => {
    expect(propose(over, id)?.answer).toBe(answer);
    if (answer !== undefined) expect(propose(over, id)?.because).toMatch(/\w/);
  });

  test("an attack from a wired device's own IP network is a network attack, as the rubric counts, and no local one", () => {
    const wired = { ...pump, vector: ADJACENT, interfaces: [way("wired", "LAN", "Ethernet")] };
    expect(rubricQuestions(rubric, proposeAnswers(rubric, wired), new Map()).vector).toContain("/AV:N/");
  });

  test("a pump with its file in order needs no person for the whole rubric", () => {
    const { vector, known, needed } = rubricQuestions(rubric, proposeAnswers(rubric, pump), new Map());
    expect(vector).toBe("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H");
    expect(known).toBe(needed - 1);
  });

  test("a person's answer counts before ours, and stays beside the vector", () => {
    const answered: Answered = { answer: "yes", note: "the log shows it", by: "Ada", at: "2026-01-01T00:00:00.000Z" };
    const { vector, questions } = rubricQuestions(rubric, proposeAnswers(rubric, pump), new Map([["XCT", answered]]));
    expect(vector).toContain("/C:H/");
    expect(questions.find(({ id }) => id === "XCT")).toMatchObject({ answered, proposed: { answer: "no" } });
  });
});
