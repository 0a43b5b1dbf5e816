import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SecurityFile } from "../schema.ts";
import { attacksOf } from "./attacks.ts";
import { bitsOf } from "./closure.ts";
import { at } from "./edges.ts";
import { exposureOf, struckBy } from "./exposure.ts";
import { buildGraph, type Graph, MAX_ELEMENTS } from "./graph.ts";
import { harmPaths } from "./harm-paths.ts";
import { reachFrom } from "./reach.ts";
import { startsOf, startsOfComponent, startsOfThreat } from "./starts.ts";
import { functionsReached, worstLevels } from "./worst.ts";

type Draft = Record<string, unknown[]>;
const file = (draft: Draft) => SecurityFile.parse({ cordon: "security-file/1", ...draft });
const element = (id: string, over: object = {}) => ({ id, name: id, kind: "process", ...over });
const flow = (from: string, to: string, over: object = {}) => ({
  id: `${from}-${to}`,
  name: `${from} to ${to}`,
  from,
  to,
  ...over,
});

/** A pump of two boards, its server, a nurse, and the hospital's network. */
const pump: Draft = {
  zones: [{ id: "ward", name: "Ward network" }],
  elements: [
    element("pump", { name: "Infusion pump", kind: "hardware", instances: 400, patientsEach: 1 }),
    element("comm", {
      name: "Communication module",
      kind: "hardware",
      parent: "pump",
      components: ["pkg:generic/openssl", "busybox"],
      zone: "ward",
    }),
    element("linux", { name: "Linux", parent: "comm", components: ["pkg:generic/linux@5.10.1"] }),
    element("motor", { name: "Motor control", kind: "hardware", parent: "pump" }),
    element("alarm", { name: "Alarm unit", kind: "hardware", parent: "pump" }),
    element("server", { name: "Drug library server", assets: ["library"] }),
    element("ehr", { name: "Health records", kind: "external-system" }),
    element("nurse", { name: "Nurse", kind: "user" }),
  ],
  ports: [
    { id: "wifi", name: "Wi-Fi", element: "comm", kind: "wireless", exposed: true },
    { id: "jtag", name: "JTAG header", element: "motor", kind: "debug", exposed: false, state: "unknown" },
    { id: "usb", name: "USB", element: "comm", kind: "removable", exposed: true, state: "disabled" },
  ],
  assets: [{ id: "library", name: "Drug library", kind: "therapy" }],
  credentials: [{ id: "key", name: "Fleet key", kind: "symmetric-key" }],
  flows: [
    flow("comm", "motor", { name: "Rate commands", carries: ["command"] }),
    flow("server", "comm", { name: "Drug library", bothWays: true, path: { credentials: ["key"] }, toPort: "wifi" }),
    flow("ehr", "server"),
    flow("motor", "nurse"),
    flow("nurse", "alarm"),
  ],
  functions: [
    { id: "infusion", name: "Infusion", kind: "therapy", elements: ["motor"] },
    { id: "alarms", name: "Alarms", kind: "alarm", elements: ["alarm"] },
    { id: "history", name: "History", kind: "records", elements: ["server"] },
  ],
  hazards: [
    { id: "rate", name: "Wrong rate", functions: ["infusion"] },
    { id: "silence", name: "No alarm", functions: ["alarms"] },
  ],
  situations: [
    { id: "too-fast", name: "Opioid runs too fast", hazards: ["rate"], harms: ["overdose", "pain"] },
    { id: "unheard", name: "Occlusion goes unheard", hazards: ["silence"], harms: ["pain"] },
  ],
  harms: [
    { id: "overdose", name: "Overdose", severity: "catastrophic" },
    { id: "pain", name: "Pain", severity: "minor" },
  ],
};
const graphOf = (draft: Draft = {}) => buildGraph(file({ ...pump, ...draft }));
const from = (graph: Graph, id: string) => harmPaths(graph, startsOf(graph, id));
const stations = (steps: readonly { id: string }[]) => steps.map(({ id }) => id).join(" ");

describe("TR-1 from a part to a patient", () => {
  const openssl = { purl: "pkg:generic/openssl@3.0.11?arch=arm", name: "openssl", version: "3.0.11" };

  test("the worst harm comes first, with every step of the shortest way to it", () => {
    const graph = graphOf();
    const paths = harmPaths(graph, startsOfComponent(graph, openssl));
    expect(paths.map(({ harm, function: f }) => [f.id, harm?.id])).toEqual([
      ["infusion", "overdose"],
      ["infusion", "pain"],
      ["history", undefined],
    ]);
    expect(stations(paths[0]?.steps ?? [])).toBe(
      "pkg:generic/openssl@3.0.11?arch=arm comm motor infusion rate too-fast overdose",
    );
    expect(paths[0]?.sentence).toBe(
      "openssl 3.0.11 in Communication module can reach Infusion inside the device, through Motor control; worst: Overdose (can end in death). Nothing stands in the way.",
    );
  });

  test("a part that a function depends on is told from one that only reaches it", () => {
    const graph = graphOf();
    expect(from(graph, "motor")[0]).toMatchObject({ reach: "direct", distance: 0 });
    expect(from(graph, "linux")[0]).toMatchObject({ reach: "within", distance: 2 });
    expect(from(graph, "server")[0]).toMatchObject({ reach: "network", distance: 2 });
    const whole = graphOf({ functions: [{ id: "f", name: "Monitoring", kind: "monitoring", elements: ["comm"] }] });
    expect(from(whole, "linux")[0]).toMatchObject({ reach: "direct" });
    expect(from(whole, "linux")[0]?.sentence).toBe(
      "Linux can change Monitoring, as a part of Communication module; no harm is stated for it.",
    );
    const beside = graphOf({
      elements: [
        element("board", { kind: "hardware" }),
        element("a", { parent: "board" }),
        element("b", { parent: "board" }),
      ],
      functions: [{ id: "f", name: "Monitoring", kind: "monitoring", elements: ["b"] }],
      flows: [],
    });
    expect(from(beside, "a")[0]).toMatchObject({ reach: "within", distance: 2 });
  });

  test("parts of one whole act on each other by flows only, and nobody's way goes through a person", () => {
    const reached = from(graphOf(), "motor").map((path) => path.function.id);
    expect(reached).not.toContain("alarms");
    expect(from(graphOf(), "nurse").map((path) => path.function.id)).toEqual(["alarms"]);
  });

  test.each<[string, string | null, string, string | null, string[]]>([
    ["a package URL without a version names every version", "pkg:generic/openssl@1.0", "x", "1.0", ["comm"]],
    ["one with a version names that version", "pkg:generic/linux@5.10.1", "x", "5.10.1", ["linux"]],
    ["and no other", "pkg:generic/linux@5.10.2", "x", "5.10.2", []],
    ["the name as lists show it", null, "BusyBox", null, ["comm"]],
    ["no such part", null, "zlib", "1", []],
  ])("TR-3 %s", (_, purl, name, version, expected) => {
    const graph = graphOf();
    const starts = startsOfComponent(graph, { purl, name, version });
    expect(starts.map((start) => graph.file.elements[start.element]?.id)).toEqual(expected);
  });

  test.each([
    ["an interface, its element", "wifi", ["comm"]],
    ["a flow of both ways, both ends", "server-comm", ["comm", "server"]],
    ["a flow of one way, where it goes", "ehr-server", ["server"]],
    ["an asset, what keeps it", "library", ["server"]],
    ["a credential, the ends of its flows", "key", ["comm", "server"]],
    ["a zone, what is in it, with its parts", "ward", ["comm", "linux"]],
  ])("striking %s", (_, id, expected) => {
    const graph = graphOf();
    const starts = startsOfThreat(graph, { targets: [id, "nowhere"] });
    expect(starts.map((start) => graph.file.elements[start.element]?.id).sort()).toEqual(expected);
  });

  test("an update path reaches what it updates, through each station of its way", () => {
    const graph = graphOf({
      updatePaths: [
        {
          id: "update",
          name: "Firmware update",
          updates: ["alarm"],
          steps: [
            { name: "Vendor", element: "ehr", controlled: true },
            { name: "Stick", element: null, controlled: false },
            { name: "Server", element: "server", controlled: false },
          ],
        },
      ],
    });
    expect(stations(from(graph, "server").find((path) => path.function.id === "alarms")?.steps ?? [])).toContain(
      "server alarm",
    );
    expect(from(graph, "update")[0]?.function.id).toBe("alarms");
  });

  test("RA-9 one compromise, how many devices and patients", () => {
    const graph = graphOf();
    const exposed = (id: string) => exposureOf(graph, id, startsOf(graph, id));
    expect(exposed("motor")).toMatchObject({ devices: 1, patients: 1, units: 400 });
    expect(exposed("server")).toMatchObject({ devices: 400, patients: 400, units: 1 });
    expect(exposed("server").sentence).toBe("One compromised server reaches 400 × Infusion pump: up to 400 patients.");
    expect(stations(exposed("ehr").on[0]?.steps ?? [])).toBe("ehr server comm");
    // It can go out to the server and come back to every other pump.
    expect(exposed("comm")).toMatchObject({ devices: 400, patients: 400 });
    expect(exposed("nurse")).toMatchObject({ patients: 400 });
    const oneWay = graphOf({ flows: (pump.flows ?? []).slice(0, 1) });
    expect(exposureOf(oneWay, "x", startsOf(oneWay, "comm"))).toMatchObject({ devices: 1, patients: 1 });
  });

  test("RA-9 parts of a pump that share the manufacturer's zone in the same number are one device, its patients counted once", () => {
    const part = (id: string, zone: string) => element(id, { zone, instances: 400, patientsEach: 1 });
    const zones = [
      { id: "pump", name: "Pump", owner: "manufacturer" },
      { id: "drive", name: "Drive", owner: "manufacturer", parent: "pump" },
      { id: "ward", name: "Ward", owner: "hospital" },
    ];
    const elements = [part("a", "pump"), part("b", "drive"), part("c", "ward"), part("d", "ward"), element("hub")];
    const flows = ["a", "b", "c", "d"].map((to) => flow("hub", to));
    const { sentence } = exposureOf(graphOf({ zones, elements, flows, ports: [] }), "hub", [
      { element: 4, lead: null },
    ]);
    expect(sentence).toBe("One compromised hub reaches 400 × Pump, 400 × c and 400 × d: up to 1,200 patients.");
  });

  test("a model that is too large is refused by name", () => {
    const elements = Array.from({ length: MAX_ELEMENTS + 1 }, (_, i) => element(`e${i}`));
    expect(() => graphOf({ elements })).toThrow(/up to 10000/);
  });
});

describe("ways in", () => {
  const limits = { most: 5, mostOfEntry: 2, harms: 10 };
  const control = (id: string, elements: string[], state = "implemented") => ({ id, name: id, elements, state });
  const onOverdose = (draft: Draft = {}) => attacksOf(graphOf(draft), limits)[0];

  test("go from an entry to a harm, shortest first; a closed interface is none, one nobody knows the state of is", () => {
    const attacks = onOverdose();
    expect(attacks?.harm.id).toBe("overdose");
    expect(attacks?.entries.map(({ id }) => id)).toEqual(["wifi", "ehr", "jtag"]);
    expect(attacks?.shortest.map(({ entry, distance }) => [entry.id, distance])).toEqual([
      ["jtag", 0],
      ["wifi", 1],
      ["ehr", 3],
    ]);
    expect(attacks?.shortest[1]?.sentence).toBe(
      "Somebody who reaches the interface Wi-Fi can reach Infusion, through Communication module then Motor control; worst: Overdose (can end in death). Nothing stands in the way.",
    );
    expect(attacks?.chokePoints.map(({ id }) => id)).toEqual(["motor"]);
  });

  test("the worst has the fewest and weakest controls; one that is only planned is no barrier, and is said to be planned", () => {
    const order = (controls: object[], tests: object[] = []) =>
      onOverdose({ controls, tests })?.worst.map(({ entry }) => entry.id);
    expect(order([])).toEqual(["wifi", "ehr", "jtag"]);
    expect(order([control("seal", ["jtag"]), control("tls", ["server-comm"]), control("vpn", ["ehr-server"])])).toEqual(
      ["wifi", "jtag", "ehr"],
    );
    expect(order([control("tls", ["wifi"], "planned")])).toEqual(["wifi", "ehr", "jtag"]);
    const passed = {
      id: "t",
      name: "t",
      method: "requirement",
      verifies: ["tls"],
      results: [{ outcome: "passed", on: "2026-01-01" }],
    };
    expect(order([control("tls", ["comm-motor"]), control("seal", ["jtag"])], [passed])).toEqual([
      "jtag",
      "wifi",
      "ehr",
    ]);
    const planned = onOverdose({ controls: [{ ...control("tls", ["wifi"], "planned"), name: "Mutual TLS" }] })
      ?.worst[0];
    expect(planned).toMatchObject({ standing: 0, planned: 1 });
    expect(planned?.sentence).toMatch(/Nothing stands in the way\. Only planned: “Mutual TLS”\.$/);
  });
});

const random = fc
  .record({
    elements: fc.array(
      fc.record({
        kind: fc.constantFrom("process", "hardware", "user", "external-system", "store"),
        parent: fc.option(fc.nat(11)),
        instances: fc.integer({ min: 1, max: 9 }),
        patientsEach: fc.integer({ min: 0, max: 2 }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    flows: fc.array(fc.record({ from: fc.nat(12), to: fc.nat(12), bothWays: fc.boolean() }), { maxLength: 20 }),
    serves: fc.array(fc.array(fc.nat(11), { maxLength: 3 }), { maxLength: 4 }),
    ports: fc.array(fc.nat(11), { maxLength: 3 }),
    controls: fc.array(fc.nat(19), { maxLength: 4 }),
  })
  .map(({ elements, flows, serves, ports, controls }) =>
    file({
      elements: elements.map(({ parent, ...one }, i) =>
        element(`e${i}`, { ...one, parent: parent === null ? null : `e${parent}` }),
      ),
      flows: flows.map(({ from: a, to: b, bothWays }, i) => ({
        id: `f${i}`,
        name: `f${i}`,
        from: `e${a}`,
        to: `e${b}`,
        bothWays,
      })),
      ports: ports.map((of, i) => ({ id: `p${i}`, name: `p${i}`, element: `e${of}`, kind: "wired", exposed: true })),
      functions: serves.map((of, i) => ({
        id: `fn${i}`,
        name: `fn${i}`,
        kind: "therapy",
        elements: of.map((e) => `e${e}`),
      })),
      hazards: serves.map((_, i) => ({ id: `hz${i}`, name: `hz${i}`, functions: [`fn${i}`] })),
      situations: serves.map((_, i) => ({ id: `s${i}`, name: `s${i}`, hazards: [`hz${i}`], harms: [`h${i % 2}`] })),
      harms: ["catastrophic", "minor"].map((severity, i) => ({ id: `h${i}`, name: `h${i}`, severity })),
      controls: controls.map((on, i) => ({ id: `c${i}`, name: `c${i}`, state: "implemented", elements: [`f${on}`] })),
    }),
  );

/** Reach as the rule says it, one element after the other, without the shared structure. */
function naiveReach(model: SecurityFile, start: string, seen = new Set<string>()): Set<string> {
  const one = model.elements.find(({ id }) => id === start);
  if (one === undefined || seen.has(start)) return seen;
  const isFirst = seen.size === 0;
  seen.add(start);
  if (one.kind === "user" && !isFirst) return seen;
  const next = [
    ...model.elements.filter(({ parent }) => parent === start).map(({ id }) => id),
    ...(one.parent !== null && (one.kind === "process" || one.kind === "store") ? [one.parent] : []),
    ...model.flows.filter((f) => f.from === start).map((f) => f.to),
    ...model.flows.filter((f) => f.bothWays && f.to === start).map((f) => f.from),
  ];
  for (const id of next) naiveReach(model, id, seen);
  return seen;
}

const LEVEL = { catastrophic: 5, critical: 4, serious: 3, minor: 2, negligible: 1 };

function naiveWorst(model: SecurityFile, start: string): number {
  const affected = new Set<string>();
  for (const id of naiveReach(model, start)) {
    const chain: string[] = [];
    for (let one: string | null = id; one !== null && !chain.includes(one); ) {
      const known = model.elements.find((e) => e.id === one);
      if (known !== undefined) chain.push(one);
      one = known?.parent ?? null;
    }
    for (const whole of chain) affected.add(whole);
  }
  const functions = model.functions.filter((f) => f.elements.some((e) => affected.has(e))).map(({ id }) => id);
  const hazards = model.hazards.filter((h) => h.functions.some((f) => functions.includes(f))).map(({ id }) => id);
  const harms = model.situations.filter((s) => s.hazards.some((h) => hazards.includes(h))).flatMap((s) => s.harms);
  return Math.max(0, ...model.harms.filter(({ id }) => harms.includes(id)).map(({ severity }) => LEVEL[severity]));
}

describe("whatever the model", () => {
  test("reach, by search and by closure, is what a plain walk finds, and so is the worst harm", () => {
    fc.assert(
      fc.property(random, (model) => {
        const graph = buildGraph(model);
        const { groupOf, rows } = graph.closure();
        const worst = worstLevels(graph);
        for (const [i, { id }] of model.elements.entries()) {
          const expected = [...naiveReach(model, id)].sort();
          const name = (n: number) => model.elements[n]?.id ?? "";
          expect([...reachFrom(graph, [i]).order].map(name).sort()).toEqual(expected);
          expect([...bitsOf(rows[at(groupOf, i)] ?? new Uint32Array())].map(name).sort()).toEqual(expected);
          expect(at(worst, i)).toBe(naiveWorst(model, id));
          const paths = harmPaths(graph, [{ element: i, lead: null }]);
          expect(LEVEL[paths[0]?.harm?.severity ?? "negligible"] * (paths[0]?.harm ? 1 : 0)).toBe(at(worst, i));
          expect(new Set(paths.map((path) => path.function.id)).size).toBe(
            [...bitsOf(functionsReached(graph, i))].length,
          );
        }
      }),
    );
  });

  test("taking a flow away adds no reach, no patient and no harm", () => {
    fc.assert(
      fc.property(random, fc.nat(), (model, pick) => {
        const less = { ...model, flows: model.flows.filter((_, i) => i !== pick % Math.max(1, model.flows.length)) };
        const [before, after] = [buildGraph(model), buildGraph(less)];
        const patients = (graph: Graph, i: number) => struckBy(graph, [i]).reduce((sum, one) => sum + one.patients, 0);
        for (const i of model.elements.keys()) {
          const reached = new Set(reachFrom(before, [i]).order);
          for (const other of reachFrom(after, [i]).order) expect(reached).toContain(other);
          expect(patients(after, i)).toBeLessThanOrEqual(patients(before, i));
          expect(at(worstLevels(after), i)).toBeLessThanOrEqual(at(worstLevels(before), i));
        }
      }),
    );
  });

  test("the shortest way in is as short as can be, and one more control never makes the worst way easier", () => {
    const limits = { most: 3, mostOfEntry: 3, harms: 5 };
    fc.assert(
      fc.property(random, fc.nat(19), (model, on) => {
        const graph = buildGraph(model);
        const more = { id: "more", name: "more", state: "implemented", elements: [`f${on}`] };
        const guarded = buildGraph(SecurityFile.parse({ ...model, controls: [...model.controls, more] }));
        for (const [i, attack] of attacksOf(graph, limits).entries()) {
          const after = attacksOf(guarded, limits)[i];
          expect(after?.worst[0]?.standing ?? 0).toBeGreaterThanOrEqual(attack.worst[0]?.standing ?? 0);
          expect(after?.entries).toEqual(attack.entries);
          for (const path of [...attack.shortest, ...attack.worst]) {
            const elements = path.steps
              .filter((s) => s.kind === "element" && s.by?.how !== "part-of")
              .map(({ id }) => id);
            expect(new Set(elements).size).toBe(elements.length);
          }
          const distances = attack.shortest.map(({ distance }) => distance);
          expect(distances).toEqual([...distances].sort((a, b) => a - b));
          expect(distances.length > 0).toBe(attack.entries.length > 0);
        }
      }),
    );
  });
});
