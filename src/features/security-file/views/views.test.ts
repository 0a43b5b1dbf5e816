import ELK from "elkjs/lib/elk.bundled.js";
import { expect, test } from "vitest";
import { pumpFile } from "../../../../tests/support/pump-file.ts";
import { SecurityFile } from "../schema.ts";
import { svgOf } from "./draw/svg.ts";
import { explain } from "./explain.ts";
import { bestPlaces } from "./lay-out/best.ts";
import { type EnginePlaces, engineGraph, plansFor, readEngine } from "./lay-out/elk.ts";
import { place } from "./lay-out/place.ts";
import { boundsOf, overlaps } from "./lay-out/route.ts";
import { titleRect } from "./lay-out/title.ts";
import { lightOf } from "./light.ts";
import { pathRow } from "./path-table.ts";
import type { Picture } from "./picture.ts";
import { viewOf } from "./view.ts";

const file = pumpFile();
const layOut = async (picture: Picture): Promise<EnginePlaces> =>
  readEngine(await new ELK().layout(engineGraph(picture)));
const numbered = (picture: Picture) => picture.lines.map(({ of, number }) => `${of.id} ${number}`).sort();

test("AV-G the global view shows every element, flow, zone and interface, also those that are unused, for debugging or for service", () => {
  const { boxes, lines, zones } = viewOf(file, "global");
  expect(boxes.map(({ id }) => id)).toEqual(file.elements.map(({ id }) => id));
  expect(lines.map(({ id }) => id)).toEqual(file.flows.map(({ id }) => id));
  expect(zones.map(({ id }) => id)).toEqual(file.zones.map(({ id }) => id));
  expect(boxes.flatMap(({ sockets }) => sockets.map(({ id }) => id)).sort()).toEqual(
    file.ports.map(({ id }) => id).sort(),
  );
});

test("AV-M the multi-patient view follows one compromise to the patients it reaches, and counts them", () => {
  const { boxes, notes } = viewOf(file, "multi-patient", "gateway");
  expect(boxes.find(({ id }) => id === "gateway")?.emphasis).toBe("origin");
  expect(boxes.find(({ shape }) => shape === "patients")?.name).toBe("40 patients");
  expect(boxes.map(({ id }) => id)).not.toContain("library");
  expect(notes[0]).toContain("40 patients");
});

test("AV-U the update view goes from the maker to the device, with the stretches in other hands dashed", () => {
  const { boxes, lines } = viewOf(file, "update");
  expect(boxes.filter(({ emphasis }) => emphasis === "outside").map(({ name }) => name)).toEqual([
    "Internet",
    "Ward gateway keeps it",
    "Hospital Wi-Fi",
  ]);
  expect(lines.filter(({ dashed }) => dashed)).toHaveLength(5);
  expect(lines.filter(({ number }) => number === "5").map(({ to }) => to)).toEqual(["comms", "motor"]);
});

test("AV-S a use case shows its flows in their order, and the states it happens in", () => {
  const picture = viewOf(file, "use-cases");
  expect(numbered(picture)).toEqual(["f1 4", "f2 5", "f4 3", "f5 2", "f7 1"]);
  expect(picture.notes[0]).toBe("State of the device: Running. State of care: Programming.");
});

test("App. 2 text stands beside each picture, made of the same model", () => {
  for (const view of ["global", "multi-patient", "update", "use-cases"] as const)
    expect(explain(file, view).flatMap(({ sentences, list }) => [...sentences, ...list]).length, view).toBeGreaterThan(
      1,
    );
  const [system] = explain(file, "global");
  expect(system?.sentences.join(" ")).toContain("10 elements in 4 trust zones, with 9 data flows");
});

test("App. 2.B counts a field that does not apply as answered, and names what is not", () => {
  const flow = file.flows.find(({ id }) => id === "f7");
  if (flow === undefined) throw new Error("f7");
  const row = pathRow(file, flow);
  expect(row.answers.find(({ field }) => field === "defaults")?.state).toBe("not-applicable");
  expect(row.answers.filter(({ state }) => state === "stated").map(({ field }) => field)).toEqual([
    "carries",
    "protocol",
    "encrypted",
  ]);
  expect(row.stated).toBe(4);
});

test("the same model is laid out the same way, its boxes apart and inside their zones", async () => {
  const picture = viewOf(file, "global");
  const [one, two] = [place(picture, await layOut(picture)), place(picture, await layOut(picture))];
  expect(svgOf(one, { of: "Pump", state: "" })).toBe(svgOf(two, { of: "Pump", state: "" }));
  one.boxes.forEach((box, i) => {
    for (const other of one.boxes.slice(i + 1))
      expect(overlaps(box, other), `${box.box.id} ${other.box.id}`).toBe(false);
    const zone = one.zones.find(({ frame }) => frame.id === box.box.zone);
    if (zone !== undefined) expect(box.x >= zone.x && box.x + box.width <= zone.x + zone.width).toBe(true);
  });
});

test.each(["global", "multi-patient", "update", "use-cases"] as const)(
  "no line of the %s view passes a zone's title, however it is laid out",
  async (view) => {
    const picture = viewOf(file, view);
    const plans = plansFor(picture);
    const answers = await Promise.all(
      plans.map(async (plan) => readEngine(await new ELK().layout(engineGraph(picture, plan)))),
    );
    for (const [n, places] of answers.entries()) {
      const { zones, lines } = place(picture, places);
      for (const title of zones.map(titleRect))
        for (const { line, points } of lines)
          for (const [i, b] of points.slice(1).entries())
            expect(overlaps(boundsOf([points[i] ?? b, b]), title), `${line.id} in ${JSON.stringify(plans[n])}`).toBe(
              false,
            );
    }
    expect(answers).toContain(bestPlaces(picture, answers));
  },
);

test("a zone with nothing in it is no larger than its title", async () => {
  const empty = SecurityFile.parse({ ...file, zones: [...file.zones, { id: "nothing", name: "Spare" }] });
  const picture = viewOf(empty, "global");
  const zone = place(picture, await layOut(picture)).zones.find(({ frame }) => frame.id === "nothing");
  expect(zone).toMatchObject({ width: 96, height: 60 });
});

test("what a person placed stays there, and lines go around what is in their way", async () => {
  const picture = viewOf(file, "global");
  const engine = await layOut(picture);
  const placed = place(picture, engine, [{ of: "emr", x: 2_000, y: 900 }]);
  expect(placed.boxes.find(({ box }) => box.id === "emr")).toMatchObject({ x: 2_000, y: 900 });
  const results = placed.lines.find(({ line }) => line.id === "f6");
  results?.points.slice(1).forEach((b, i) => {
    const a = results.points[i] ?? b;
    expect(a.x === b.x || a.y === b.y).toBe(true);
    const stretch = {
      x: Math.min(a.x, b.x),
      y: Math.min(a.y, b.y),
      width: Math.abs(a.x - b.x),
      height: Math.abs(a.y - b.y),
    };
    for (const box of placed.boxes)
      if (box.box.id !== "gateway" && box.box.id !== "emr") expect(overlaps(stretch, box), box.box.id).toBe(false);
  });
});

test.each([
  ["a threat on the gateway, which updates the motor,", "t2", ["gateway", "motor"], ["nurse", "f6"]],
  ["a risk lights what its threats do", "r1", ["gateway", "motor"], ["library"]],
  ["an interface", "usb", ["usb", "ui"], ["motor"]],
  ["a part of the SBOM", "pkg:generic/openssl@3.0.7", ["comms", "motor"], ["gateway"]],
])("%s lights its path", (_, what, lit, dark) => {
  const ids = lightOf(file, what)?.ids ?? new Set();
  for (const id of lit) expect(ids, id).toContain(id);
  for (const id of dark) expect(ids, id).not.toContain(id);
});

test("a printed picture carries no script, whatever the names in the file are", async () => {
  const hostile = SecurityFile.parse({
    ...file,
    elements: [
      {
        id: "x",
        name: '<script>alert(1)</script>&"\u0000\ud800',
        kind: "process",
        technology: "]]><svg onload=alert(1)>",
      },
    ],
    ...{ ports: [], flows: [], updatePaths: [], useCases: [], functions: [], threats: [], risks: [] },
  });
  const picture = viewOf(hostile, "global");
  const svg = svgOf(place(picture, await layOut(picture)), { of: "<b>", state: "&" });
  expect(svg).not.toMatch(/<(script|svg onload|b>|foreignObject|style|image|a )/);
  expect(svg.match(/<svg/g)).toHaveLength(1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly what XML forbids
  expect(svg).not.toMatch(/[\u0000-\u0008]|[\ud800-\udfff]/);
});
