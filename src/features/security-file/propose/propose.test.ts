import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { SecurityFile } from "../schema.ts";
import { acceptProposal, rejectProposal } from "./answer.ts";
import { FACTS } from "./facts.ts";
import { proposeThreats } from "./propose.ts";
import { readThreatRules } from "./read-rules.ts";

const root = join(import.meta.dirname, "../../../..");
const folder = join(root, "catalogs/threats");
const catalogues = readThreatRules(
  readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") })),
);
const rules = catalogues.flatMap((catalogue) => catalogue.rules);

type Input = Record<string, unknown>;
const fileOf = (lists: Input) => SecurityFile.parse({ cordon: "security-file/1", ...lists });

/** A pump, its server in the hospital's network, a nurse, a debug port and an update from outside. */
const flow = (path: Input = {}, more: Input = {}) => ({
  ...{ id: "order", name: "Infusion order", from: "server", to: "pump", carries: ["command"] },
  ...{ toPort: "wlan", path, ...more },
});
const pump = (lists: Input = {}) =>
  fileOf({
    zones: [
      { id: "inside", name: "Pump", owner: "manufacturer", trust: 80 },
      { id: "ward", name: "Hospital network", owner: "hospital", trust: 20 },
    ],
    elements: [
      { id: "pump", name: "Pump controller", kind: "process", zone: "inside", components: ["swupdate"] },
      { id: "server", name: "Pump server", kind: "external-system", zone: "ward" },
    ],
    ports: [{ id: "wlan", name: "WLAN", element: "pump", kind: "wireless", exposed: true, accessControl: "WPA2" }],
    flows: [flow()],
    functions: [{ id: "infuse", name: "infusion", kind: "therapy", essential: true, elements: ["pump"] }],
    ...lists,
  });
const rulesOf = (file: SecurityFile) => proposeThreats(file, catalogues).proposals.map(({ rule }) => rule);

describe("what is proposed", () => {
  const open = {};
  const closed = { mutual: true, antiReplay: true, encrypted: true, integrityProtected: true, authentication: "TLS" };
  test.each<[string, Input, string, boolean]>([
    ["a command without protection against replay", { flows: [flow(open)] }, "medical.replayed-command", true],
    ["a command with it", { flows: [flow(closed)] }, "medical.replayed-command", false],
    ["therapy commands that a radio carries", { flows: [flow(closed)] }, "medical.therapy-change-by-command", true],
    ["the same by a closed cable", { flows: [flow(closed, { toPort: null })] }, "stride.wireless-jamming", false],
    ["an element that says nothing of failure", {}, "medical.unsafe-fail-over", true],
    ["parts from outside", {}, "lifecycle.supply-chain-component", true],
    [
      "a debug port that is there",
      {
        ports: [{ id: "uart", name: "UART", element: "pump", kind: "debug", state: "unused", exposed: false }],
        flows: [],
      },
      "medical.service-port",
      true,
    ],
    [
      "a debug port that is switched off for good",
      {
        ports: [{ id: "uart", name: "UART", element: "pump", kind: "debug", state: "disabled", exposed: false }],
        flows: [],
      },
      "medical.service-port",
      false,
    ],
    [
      "a hard-coded password",
      { credentials: [{ id: "pw", name: "Service password", kind: "password", hardcoded: true }] },
      "interfaces.hardcoded-credential",
      true,
    ],
    [
      "a password of each user",
      { credentials: [{ id: "pw", name: "Password", kind: "password", scope: "per-user" }] },
      "interfaces.hardcoded-credential",
      false,
    ],
    [
      "an update whose interruption matters",
      { updatePaths: [{ id: "ota", name: "Update", updates: ["pump"] }] },
      "medical.update-interruption",
      true,
    ],
    [
      "an alarm that crosses a zone",
      {
        flows: [{ id: "alert", name: "Alarm", from: "pump", to: "server" }],
        functions: [{ id: "alarm", name: "alarms", kind: "alarm", elements: ["pump"] }],
      },
      "medical.alarm-lost-on-the-way",
      true,
    ],
    [
      "a patient's number with an order",
      {
        assets: [{ id: "mrn", name: "Patient number", kind: "patient" }],
        flows: [flow(closed, { assets: ["mrn"] })],
      },
      "medical.wrong-patient",
      true,
    ],
  ])("%s", (_, lists, rule, proposed) => {
    expect(rulesOf(pump(lists)).includes(rule)).toBe(proposed);
  });

  test("says why, with the names of this model, and what would help", () => {
    const { proposals } = proposeThreats(pump(), catalogues);
    const replay = proposals.find(({ rule }) => rule === "medical.replayed-command");
    expect(replay).toMatchObject({
      id: "medical.replayed-command--order",
      name: "An old message of Infusion order is sent again and acted on",
      group: { id: "pump", name: "Pump controller" },
    });
    expect(replay?.because.map(({ fact }) => fact)).toContain("crosses-zone");
    expect(replay?.because.map(({ says }) => says)).toContain("Infusion order crosses from Hospital network to Pump");
    expect(replay?.mitigations[0]?.category).toBe("authentication");
    expect(proposals.map(({ name, description }) => name + description).join("")).not.toMatch(/[{}]/);
  });

  test("a special threat stands for the general one at the same item", () => {
    const found = rulesOf(pump());
    expect(found).toContain("medical.therapy-change-by-command");
    expect(found).not.toContain("stride.flow-tampering");
  });

  test("the worst harm that is reached comes first", () => {
    const { proposals } = proposeThreats(pump(), catalogues, (id) => (id === "wlan" ? "catastrophic" : "minor"));
    const harms = proposals.map(({ harm }) => harm);
    expect(harms.indexOf("minor")).toBeGreaterThanOrEqual(harms.lastIndexOf("catastrophic"));
  });

  test("the same model gives the same list", () => {
    expect(proposeThreats(pump(), catalogues)).toEqual(proposeThreats(pump(), catalogues));
  });
});

describe("what was answered", () => {
  const before = pump();
  const [first] = proposeThreats(before, catalogues).proposals;
  if (first === undefined) throw new Error("nothing proposed");

  test.each([
    ["accepted", acceptProposal(first)],
    ["rejected", rejectProposal(first, "Does not apply: the pump has no such path")],
  ] as const)("%s is not proposed again", (state, threat) => {
    const after = proposeThreats({ ...before, threats: [threat] }, catalogues);
    expect(after.proposals.map(({ id }) => id)).not.toContain(first.id);
    expect(after).toMatchObject({ answered: 1, lookAgain: [] });
    expect(threat.state).toBe(state);
  });

  test("an accepted threat keeps its planned mitigations, and is a valid item of the file", () => {
    const threat = acceptProposal(first);
    expect(fileOf({ threats: [threat] }).threats).toEqual([threat]);
    expect(threat.mitigations.every(({ state }) => state === "planned")).toBe(true);
  });

  test("asks to be looked at again when the facts behind it are others", () => {
    const replay = proposeThreats(before, catalogues).proposals.find(({ rule }) => rule === "medical.replayed-command");
    if (replay === undefined) throw new Error("not proposed");
    const threats = [rejectProposal(replay, "The session of TLS refuses it")];
    const alone = { ...pump({ flows: [flow({}, { to: "server", from: "pump", toPort: null })] }), threats };
    expect(proposeThreats(alone, catalogues).lookAgain).toMatchObject([{ gone: ["to-therapy"], applies: true }]);
    const closed = { ...pump({ flows: [flow({ antiReplay: true })] }), threats };
    expect(proposeThreats(closed, catalogues).lookAgain).toMatchObject([{ gone: ["no-anti-replay"], applies: false }]);
  });
});

describe("the catalogue", () => {
  test("has a rule for each category and each source in the life of a product (TM-4)", () => {
    const categories = new Set(rules.map(({ category }) => category));
    expect([...categories].sort()).toEqual([
      ...["alarm-suppression", "denial-of-service", "elevation-of-privilege", "information-disclosure"],
      ...["replayed-command", "repudiation", "service-port", "spoofing", "tampering", "therapy-change"],
      ...["unsafe-fail-over", "update-interruption", "wrong-patient"],
    ]);
    expect(new Set(rules.map(({ lifecycle }) => lifecycle)).size).toBe(7);
  });

  test("every fact is named in the documentation", () => {
    const text = readFileSync(join(root, "docs/threat-rules.md"), "utf8");
    for (const [kind, facts] of Object.entries(FACTS))
      for (const name of Object.keys(facts)) expect(text, `${kind} ${name}`).toContain(`\`${name}\``);
  });

  const one = (change: string) => `catalog: mine
title: Mine
edition: 1.0.0
rules:
  - id: mine.one
    target: flows
    when: crosses-zone
    category: tampering
    name: One
    description: One
    mitigations: [{ name: Sign, category: integrity }]
${change}`;
  test.each([
    [
      "an unknown fact",
      "    insteadOf: []\n".replace("", ""),
      "crosses-zones",
      /which is no fact of flows; did you mean crosses-zone\?/,
    ],
    ["a place that is not there", "", "", /has no \{element\} to fill in/],
  ])("is refused with %s", (_, more, fact, reason) => {
    const text =
      fact === "" ? one(more).replace("name: One", 'name: "At {element}"') : one(more).replace("crosses-zone", fact);
    expect(() => readThreatRules([{ name: "mine-1.0.0.yaml", text }])).toThrow(reason);
  });

  test.each([
    [
      "a rule twice",
      one(
        "  - id: mine.one\n    target: flows\n    when: in-scope\n    category: other\n    name: a\n    description: a\n    mitigations: [{ name: a, category: integrity }]\n",
      ),
      /stands here twice/,
    ],
    [
      "a condition of another kind",
      one("").replace("when: crosses-zone", "when: { eval: process.exit() }"),
      /rules\.0\.when/,
    ],
    ["a rule it stands for that is not there", one("    insteadOf: [mine.two]\n"), /which is in no family/],
    ["a name of another family", one("").replace("id: mine.one", "id: yours.one"), /does not begin with its family/],
    [
      "a condition too deep",
      one("").replace("when: crosses-zone", `when: ${"{ not: ".repeat(6)}crosses-zone${" }".repeat(6)}`),
      /rules\.0\.when/,
    ],
  ])("is refused with %s", (_, text, reason) => {
    const read = () => readThreatRules([{ name: "mine-1.0.0.yaml", text }]);
    expect(read).toThrow(Fault);
    expect(read).toThrow(reason);
  });
});
