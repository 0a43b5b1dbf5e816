import type { SecurityFile } from "../schema.ts";
import { boxOf, byId, framesOf, lineOf, zoneIds } from "./boxes.ts";
import type { Box, Line, Picture } from "./picture.ts";
import { type Reach, reachFrom } from "./reach.ts";
import { VIEW_WORD } from "./words.ts";

/** Elements ordered by how many patients their compromise reaches; the number of elements breaks a tie, then the order of the file. */
export function reaches(file: SecurityFile): Reach[] {
  return [...byId(file.elements).values()]
    .map((element) => reachFrom(file, element))
    .sort((a, b) => b.patients - a.patients || b.elements.length - a.elements.length);
}

const people = (n: number) => `${n.toLocaleString("en")} ${n === 1 ? "patient" : "patients"}`;

/**
 * From one compromise to patients: what it reaches and how many at the same time (App. 2, multi-patient harm view). `of`: the element
 * that is compromised; without it the one that reaches most.
 */
export function multiPatientView(file: SecurityFile, of?: string): Picture {
  const origin = file.elements.find(({ id }) => id === of);
  const reach = origin === undefined ? reaches(file)[0] : reachFrom(file, origin);
  const title = VIEW_WORD["multi-patient"];
  if (reach === undefined) return { view: "multi-patient", title, zones: [], boxes: [], lines: [], notes: [] };
  const zones = zoneIds(file);
  const elements = byId(file.elements);
  const boxes: Box[] = [];
  const last: Line[] = [];
  for (const element of reach.elements.flatMap((id) => elements.get(id) ?? [])) {
    const counted = element.instances > 1 ? `${element.instances.toLocaleString("en")} of them` : "";
    const isOrigin = element.id === reach.origin.id;
    const box = boxOf(element, zones, { sub: counted, emphasis: isOrigin ? "origin" : "reached" });
    boxes.push(box);
    if (element.patientsEach === 0) continue;
    const patients = `${element.id}.patients`;
    boxes.push({
      ...box,
      id: patients,
      name: people(element.instances * element.patientsEach),
      shape: "patients",
      sub: element.instances > 1 ? `${people(element.patientsEach)} each` : "at the same time",
      zone: null,
      emphasis: "reached",
    });
    last.push({
      id: `${element.id}.acts`,
      of: box.of,
      from: element.id,
      to: patients,
      fromSocket: null,
      toSocket: null,
      bothWays: false,
      label: "acts on",
      number: null,
      encrypted: false,
      carries: [],
      dashed: false,
      emphasis: "reached",
    });
  }
  const shown = new Map(boxes.map((box) => [box.id, box]));
  const flows = [...byId(file.flows).values()].filter(({ id }) => reach.flows.has(id));
  return {
    view: "multi-patient",
    title: `${title}: ${reach.origin.name}`,
    zones: framesOf(file, boxes),
    boxes,
    lines: [...flows.flatMap((flow) => lineOf(flow, shown, { emphasis: "reached" }) ?? []), ...last],
    notes: [
      reach.patients === 0
        ? `Whoever controls ${reach.origin.name} reaches no element that acts on a patient.`
        : `Whoever controls ${reach.origin.name} can reach ${people(reach.patients)} at the same time, through ${reach.devices.toLocaleString("en")} ${reach.devices === 1 ? "device" : "devices"}.`,
    ],
  };
}
