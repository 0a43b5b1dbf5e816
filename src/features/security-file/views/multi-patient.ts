import type { SecurityFile } from "../schema.ts";
import { boxOf, byId, framesOf, lineOf, zoneIds } from "./boxes.ts";
import type { Box, Line, Picture } from "./picture.ts";
import { reachOf, worstOrigins } from "./reach.ts";
import { VIEW_WORD } from "./words.ts";

const people = (n: number) => `${n.toLocaleString("en")} ${n === 1 ? "patient" : "patients"}`;

/**
 * From one compromise to patients: what it reaches and how many at the same time (App. 2, multi-patient harm view). `of`: the element
 * that is compromised; without it the one that reaches most.
 */
export function multiPatientView(file: SecurityFile, of?: string): Picture {
  const origin = file.elements.find(({ id }) => id === of) ?? worstOrigins(file)[0]?.origin;
  const title = VIEW_WORD["multi-patient"];
  if (origin === undefined) return { view: "multi-patient", title, zones: [], boxes: [], lines: [], notes: [] };
  const reach = reachOf(file, origin);
  const zones = zoneIds(file);
  const boxes: Box[] = [];
  const last: Line[] = [];
  for (const element of reach.elements) {
    const counted = element.instances > 1 ? `${element.instances.toLocaleString("en")} of them` : "";
    boxes.push(boxOf(element, zones, { sub: counted, emphasis: element.id === origin.id ? "origin" : "reached" }));
  }
  for (const { element: index, devices, patients } of reach.struck) {
    const element = file.elements[index];
    if (element === undefined) continue;
    const { id } = element;
    const name = people(patients);
    const sub = `at the same time, on ${devices.toLocaleString("en")} ${devices === 1 ? "device" : "devices"}`;
    boxes.push(
      boxOf(element, zones, { id: `${id}.patients`, name, shape: "patients", sub, zone: null, emphasis: "reached" }),
    );
    last.push(way(id, `${id}.patients`, "acts on"));
  }
  for (const { from, to, label } of reach.others) last.push(way(from, to, label));
  const shown = new Map(boxes.map((box) => [box.id, box]));
  const flows = [...byId(file.flows).values()].filter(({ id }) => reach.flows.has(id));
  return {
    view: "multi-patient",
    title: `${title}: ${origin.name}`,
    zones: framesOf(file, boxes),
    boxes,
    lines: [...flows.flatMap((flow) => lineOf(flow, shown, { emphasis: "reached" }) ?? []), ...last],
    notes: [
      reach.patients === 0
        ? `Whoever controls ${origin.name} reaches no element that acts on a patient.`
        : `Whoever controls ${origin.name} can reach ${people(reach.patients)} at the same time, through ${reach.devices.toLocaleString("en")} ${reach.devices === 1 ? "device" : "devices"}.`,
    ],
  };
}

/** A way that is no flow of the file. */
const way = (from: string, to: string, label: string): Line => ({
  ...{ id: `${from}.to.${to}`, of: { kind: "elements", id: from }, from, to, fromSocket: null, toSocket: null },
  ...{ bothWays: false, label, number: null, encrypted: false, carries: [], dashed: false, emphasis: "reached" },
});
