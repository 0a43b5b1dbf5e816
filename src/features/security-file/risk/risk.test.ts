import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCatalogueText } from "../../../lib/yaml-text.ts";
import { HARMS } from "../../devices/schema.ts";
import { Exploitability } from "../../risk/schema.ts";
import { buildGraph } from "../graph/graph.ts";
import { harmMap } from "../graph/harm-map.ts";
import { SecurityFile } from "../schema.ts";
import { AcceptanceMatrix } from "../threats/schema.ts";
import { concludeResidual } from "./conclude.ts";
import { movesOf } from "./moves.ts";
import { placeIn } from "./place.ts";
import { byUrgency, rankThreats } from "./rank.ts";
import { reachingOf } from "./reached.ts";
import { weighRisk } from "./weigh.ts";
import { weighFile } from "./weigh-file.ts";

const file = new URL("../../../../catalogs/acceptance/2016-12-28-fda-postmarket.yaml", import.meta.url);
const matrix = readCatalogueText(readFileSync(file, "utf8"), "acceptance", AcceptanceMatrix);

const named = (id: string, over: object = {}) => ({ id, name: id, ...over });
const draft = {
  elements: [
    named("server", { kind: "process" }),
    named("pump", { kind: "hardware", instances: 20, patientsEach: 1 }),
    named("log", { kind: "store" }),
  ],
  flows: [named("commands", { from: "server", to: "pump" })],
  functions: [named("infusion", { kind: "therapy", elements: ["pump"] })],
  hazards: [named("too-much", { functions: ["infusion"] }), named("too-late", { functions: ["infusion"] })],
  situations: [
    named("opioid", { hazards: ["too-much"], harms: ["death"] }),
    named("saline", { hazards: ["too-much"], harms: ["discomfort"] }),
    named("delay", { hazards: ["too-late"], harms: ["injury"] }),
  ],
  harms: [
    named("death", { severity: "catastrophic" }),
    named("injury", { severity: "serious" }),
    named("discomfort", { severity: "negligible" }),
  ],
  threats: [
    named("forged", { category: "tampering", targets: ["server"] }),
    named("late", { category: "denial-of-service", targets: ["pump"], hazards: ["too-late"] }),
    named("read", { category: "information-disclosure", targets: ["log"] }),
    named("no", { category: "spoofing", targets: ["server"], state: "rejected" }),
  ],
};
const rated = (exploitability: string) => ({ exploitability });
const weigh = (risk: object, over: object = {}) => {
  const model = SecurityFile.parse({
    cordon: "security-file/1",
    ...draft,
    ...over,
    risks: [named("r", { threats: ["forged"], before: rated("high"), after: rated("low"), ...risk })],
  });
  const reaching = reachingOf(buildGraph(model));
  const [one] = model.risks;
  if (one === undefined) throw new Error("no risk");
  return weighRisk(reaching, matrix, one, new Map(model.threats.map((threat) => [threat.id, threat])));
};

describe("RA-4 exploitability and severity, never probability", () => {
  test("the severity of a risk is the worst harm its threats reach, before and after", () => {
    const risk = weigh({});
    expect(risk.before).toEqual({ exploitability: "high", severity: "catastrophic", acceptability: "unacceptable" });
    expect(risk.worst?.steps.map(({ id }) => id)).toEqual([
      "server",
      "pump",
      "infusion",
      "too-much",
      "opioid",
      "death",
    ]);
  });

  test.each<[string, object, string | null]>([
    ["narrowed by the situations it names", { situations: ["saline"] }, "negligible"],
    ["narrowed by the hazards a threat names", { threats: ["late"] }, "serious"],
    ["both: nothing is left", { threats: ["late"], situations: ["opioid"] }, null],
    ["a threat that reaches no patient", { threats: ["read"] }, null],
    ["stated by a person where no patient is harmed", { threats: ["read"], severity: "minor" }, "minor"],
    ["a rejected threat counts for nothing", { threats: ["no"] }, null],
  ])("%s", (_, risk, severity) => {
    expect(weigh(risk).before.severity).toBe(severity);
  });

  test("a stated severity below what the graph reaches is named", () => {
    expect(weigh({ severity: "minor" })).toMatchObject({ statedBelow: "minor", before: { severity: "minor" } });
    expect(weigh({ severity: "catastrophic" }).statedBelow).toBeNull();
  });

  test("RA-9 several patients by one act are judged by stricter cells, one is not", () => {
    const many = weigh(
      { threats: ["late"], before: rated("medium"), after: rated("medium") },
      {
        threats: [named("late", { category: "denial-of-service", targets: ["server"], hazards: ["too-late"] })],
      },
    );
    expect(many).toMatchObject({ patients: 20, manyPatients: true, before: { acceptability: "unacceptable" } });
    const one = weigh({ threats: ["late"], before: rated("medium") });
    expect(one).toMatchObject({ patients: 1, manyPatients: false, before: { acceptability: "reduce" } });
  });

  test("RA-2 a rating after mitigation that counts on what is only planned says so", () => {
    const threats = [
      named("forged", {
        category: "tampering",
        targets: ["server"],
        mitigations: [
          { name: "Mutual TLS", control: "tls", state: "implemented" },
          { name: "Signed commands", state: "planned" },
          { name: "Air gap", state: "dropped", note: "no" },
          { name: "Range check", state: "verified" },
        ],
      }),
    ];
    const controls = [named("tls", { state: "planned" })];
    expect(weigh({}, { threats, controls }).countsOnPlanned).toEqual(["Mutual TLS", "Signed commands"]);
  });
});

describe("ISO 14971 7.3 and 7.4: what is left", () => {
  test.each<[string, object, string]>([
    ["not rated after mitigation", { after: null }, "not-rated"],
    ["below the line", { threats: ["late"] }, "acceptable"],
    ["on the line, nobody says why", { situations: ["opioid"], threats: ["alone"] }, "needs-reason"],
    [
      "on the line, with the reason",
      { situations: ["opioid"], threats: ["alone"], residual: "No more can be done" },
      "with-reason",
    ],
    ["unacceptable", { after: rated("high") }, "unacceptable"],
    [
      "unacceptable, and the benefit is argued",
      { after: rated("high"), treatment: "accept", residual: "It saves lives" },
      "benefit",
    ],
    ["avoided", { treatment: "avoid" }, "avoided"],
  ])("%s", (_, risk, residual) => {
    const threats = [...draft.threats, named("alone", { category: "tampering", targets: ["pump"] })];
    expect(weigh(risk, { threats }).residual).toBe(residual);
  });

  test("SRM-7 a risk is transferred to somebody, with the labeling that tells them", () => {
    expect(weigh({ treatment: "transfer" }).open).toContain("Transferred, but nobody says to whom");
    const transfer = { to: "Hospital IT" };
    expect(weigh({ treatment: "transfer", transfer }).open).toContain(
      "Transferred without the labeling that tells them",
    );
  });

  test.each<[string[], boolean | null, string]>([
    [[], null, "No risk is written down yet."],
    [
      ["acceptable", "with-reason"],
      true,
      "2 risks: 1 acceptable, 1 on the line with a reason. The overall residual risk is acceptable.",
    ],
    [
      ["acceptable", "not-rated"],
      null,
      "2 risks: 1 not rated yet, 1 acceptable. The overall residual risk is not known yet.",
    ],
    [["unacceptable"], false, "One risk: 1 unacceptable. The overall residual risk is not acceptable yet."],
  ])("SRM-3 ISO 14971 8: %j", (residuals, acceptable, sentence) => {
    const risks = residuals.map((residual) => ({ residual })) as Parameters<typeof concludeResidual>[0];
    expect(concludeResidual(risks)).toMatchObject({ acceptable, sentence });
  });
});

describe("the order of what threatens a release", () => {
  test("is by harm, then by being exploited, then by exploitability, then by patients; unknown harm stands above minor", () => {
    const list = [
      { severity: "minor", exploitability: "high" },
      { severity: "critical", exploitability: "low", patients: 400 },
      { severity: null, exploitability: "high" },
      { severity: "critical", exploitability: "low", exploited: true },
      { severity: "critical", exploitability: null },
      { severity: "serious", exploitability: "low" },
    ] as const;
    const sorted = [...list].sort(byUrgency).map((one) => list.indexOf(one));
    expect(sorted).toEqual([3, 4, 1, 5, 2, 0]);
  });

  test("ranks threats by what they reach", () => {
    const model = SecurityFile.parse({ cordon: "security-file/1", ...draft });
    const ranked = rankThreats(reachingOf(buildGraph(model)), model.threats.slice(0, 3), 10);
    expect(ranked.map(({ id, severity }) => [id, severity])).toEqual([
      ["forged", "catastrophic"],
      ["late", "serious"],
      ["read", null],
    ]);
    expect(ranked[2]?.sentence).toBe("It reaches no function of the device.");
  });
});

describe("the pictures", () => {
  const model = SecurityFile.parse({
    cordon: "security-file/1",
    ...draft,
    risks: [
      named("a", { threats: ["forged"], before: rated("high"), after: rated("low") }),
      named("b", { threats: ["forged"], before: rated("high"), after: rated("low") }),
      named("c", { threats: ["late"], before: rated("medium") }),
      named("d", { threats: ["read"], before: rated("high") }),
    ],
  });

  test("show what mitigation does as moves between cells; a risk without a place is in none", () => {
    const { risks, threats } = weighFile(model, matrix);
    expect(threats).toEqual([]);
    expect(movesOf(risks).map(({ from, to, risks: all }) => [from, to, all.map(({ id }) => id)])).toEqual([
      [{ column: 4, row: 0 }, { column: 4, row: 2 }, ["a", "b"]],
      [{ column: 2, row: 1 }, null, ["c"]],
    ]);
  });

  test("TR-2 lead from elements over functions and hazards to harms, as thick as patients are exposed", () => {
    const { nodes, links } = harmMap(buildGraph(model));
    expect(nodes.map(({ column, id }) => [column, id])).toEqual([
      [0, "pump"],
      [1, "infusion"],
      [2, "too-much"],
      [2, "too-late"],
      [3, "death"],
      [3, "injury"],
      [3, "discomfort"],
    ]);
    expect(links).toContainEqual({ from: "too-much", to: "death", patients: 1 });
  });
});

test("whatever the place, worse harm, easier exploitation or more patients never makes a risk more acceptable", () => {
  const order = ["acceptable", "reduce", "unacceptable"];
  const worth = (e: number, s: number, many: boolean) =>
    order.indexOf(placeIn(matrix, Exploitability.options[e] ?? null, HARMS[4 - s] ?? null, many).acceptability ?? "");
  const place = fc.tuple(fc.nat(2), fc.nat(4), fc.boolean());
  fc.assert(
    fc.property(place, place, ([e1, s1, m1], [e2, s2, m2]) => {
      if (e1 <= e2 && s1 <= s2 && (!m1 || m2)) expect(worth(e1, s1, m1)).toBeLessThanOrEqual(worth(e2, s2, m2));
    }),
  );
});
