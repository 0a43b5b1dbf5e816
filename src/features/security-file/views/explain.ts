import type { View } from "../design/schema.ts";
import type { SecurityFile } from "../schema.ts";
import { byId } from "./boxes.ts";
import { reachOf, worstOrigins } from "./reach.ts";
import { statesOf } from "./use-case.ts";
import { PORT_STATE_WORD, PORT_WORD } from "./words.ts";

/** A part of the text that stands beside a picture: a heading, sentences, a list. */
export interface Passage {
  heading: string;
  sentences: string[];
  list: { id: string; text: string }[];
}

const count = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
/** With one full stop at its end. */
const ended = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
const listed = (words: readonly string[]) =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/**
 * The text of a view, made of the model: App. 2 of FDA's premarket guidance asks for a diagram and for text that explains it. `of`: what
 * the view is about, as for the picture.
 */
export function explain(file: SecurityFile, view: View, of?: string): Passage[] {
  const reason = file.head.viewNotApplicable.find((each) => each.view === view)?.because;
  const why: Passage[] = reason === undefined ? [] : [{ heading: "Left out", sentences: [reason], list: [] }];
  const note = file.layouts.find((layout) => layout.view === view)?.note ?? "";
  const words: Passage[] = note === "" ? [] : [{ heading: "In words", sentences: [note], list: [] }];
  return [...words, ...why, ...TEXTS[view](file, of)];
}

const TEXTS: Record<View, (file: SecurityFile, of?: string) => Passage[]> = {
  global: explainGlobal,
  "multi-patient": explainPatients,
  update: explainUpdates,
  "use-cases": explainUseCases,
};

function explainGlobal(file: SecurityFile): Passage[] {
  const elements = byId(file.elements);
  const zoneOf = (id: string) => elements.get(id)?.zone ?? null;
  const crossing = file.flows.filter(({ from, to }) => zoneOf(from) !== zoneOf(to));
  const open = crossing.filter(({ path }) => path.encrypted !== true);
  const outside = file.elements.filter(({ inScope }) => !inScope);
  const quiet = file.ports.filter(({ state }) => state !== "used");
  const nameOf = (id: string) => elements.get(id)?.name ?? id;
  return [
    {
      heading: "The system",
      sentences: [
        `${count(file.elements.length, "element")} in ${count(file.zones.length, "trust zone")}, with ${count(file.flows.length, "data flow")} between them.`,
        crossing.length === 0
          ? "No flow crosses a border between zones."
          : `${count(crossing.length, "flow")} ${crossing.length === 1 ? "crosses" : "cross"} a border between zones; ${open.length === 0 ? "all of them are encrypted" : `${open.length === crossing.length ? "none of them is" : `${count(open.length, "of them is", "of them are")} not`} stated to be encrypted`}.`,
        ...(outside.length === 0
          ? []
          : [`Outside the scope of this file: ${listed(outside.map(({ name }) => name))}.`]),
      ],
      list: file.zones.map(({ id, name, description }) => {
        const inside = file.elements.filter(({ zone }) => zone === id).map((element) => element.name);
        const what = inside.length === 0 ? "nothing stands in it directly" : listed(inside);
        return { id, text: `${name}: ${what}.${description === "" ? "" : ` ${description}`}` };
      }),
    },
    {
      heading: "Interfaces",
      sentences: [
        `${count(file.ports.length, "interface")}, ${count(file.ports.filter(({ exposed }) => exposed).length, "of them reachable", "of them reachable")} from outside.`,
        ...(quiet.length === 0 ? [] : [`Not in normal use: ${count(quiet.length, "interface")}.`]),
      ],
      list: file.ports.map(({ id, name, element, kind, state, protocol, accessControl, approvedEndpoints }) => ({
        id,
        text: [
          `${name} of ${nameOf(element)}: ${PORT_WORD[kind]}, ${PORT_STATE_WORD[state]}`,
          ...(protocol === "" ? [] : [protocol]),
          ...(accessControl === "" ? [] : [`kept by ${accessControl}`]),
          ...(approvedEndpoints.length === 0 ? [] : [`for ${listed(approvedEndpoints)}`]),
        ].join("; "),
      })),
    },
    ...(file.assumptions.length === 0
      ? []
      : [
          {
            heading: "Taken for granted",
            sentences: [],
            list: file.assumptions.map(({ id, name, description }) => ({
              id,
              text: description === "" ? name : `${name}. ${description}`,
            })),
          },
        ]),
  ];
}

const MOST_ORIGINS = 20;

function explainPatients(file: SecurityFile, of?: string): Passage[] {
  const all = worstOrigins(file).filter(({ patients }) => patients > 0);
  const origin = file.elements.find(({ id }) => id === of) ?? all[0]?.origin;
  const reach = origin === undefined ? undefined : reachOf(file, origin);
  const several = all.filter(({ patients }) => patients > 1).slice(0, MOST_ORIGINS);
  return [
    {
      heading: "From one compromise to patients",
      sentences:
        reach === undefined
          ? ["No element is said to act on patients: give each element that does its number of patients."]
          : [
              `Whoever controls ${reach.origin.name} can reach ${count(reach.elements.length - 1, "other element")}, and through them ${count(reach.patients, "patient")} at the same time.`,
            ],
      list:
        reach === undefined
          ? []
          : reach.struck.flatMap(({ element, devices, patients }) => {
              const { id, name, onFailure } = file.elements[element] ?? { id: "", name: "", onFailure: "" };
              const how =
                onFailure === "" ? "What it does when attacked is not stated." : `When attacked: ${ended(onFailure)}`;
              return [{ id, text: `${name}: ${count(patients, "patient")} on ${count(devices, "device")}. ${how}` }];
            }),
    },
    {
      heading: "More than one patient",
      sentences:
        several.length === 0
          ? ["No single compromise reaches more than one patient."]
          : ["A compromise of one of these reaches more than one patient at the same time:"],
      list: several.map((each) => ({
        id: each.origin.id,
        text: `${each.origin.name}: ${count(each.patients, "patient")}, through ${count(each.devices, "device")}.`,
      })),
    },
  ];
}

function explainUpdates(file: SecurityFile, of?: string): Passage[] {
  if (file.updatePaths.length === 0)
    return [
      {
        heading: "Updates",
        sentences: ["No way of updates is described: add one, end to end, also the stretches in other hands."],
        list: [],
      },
    ];
  const elements = byId(file.elements);
  const stated = (label: string, text: string) => `${label}: ${ended(text === "" ? "not stated" : text)}`;
  return file.updatePaths
    .filter(({ id }) => of === undefined || id === of)
    .map((path) => {
      const others = path.steps.filter(({ controlled }) => !controlled);
      return {
        heading: path.name,
        sentences: [
          `Changes ${path.updates.length === 0 ? "nothing that is named" : listed(path.updates.map((id) => elements.get(id)?.name ?? id))}, in ${count(path.steps.length, "step")}; ${others.length === 0 ? "all in the manufacturer's hands" : `in other hands: ${listed(others.map(({ name }) => name))}`}.`,
          stated("Signed", path.signing),
          stated("Verified", path.verification),
          stated("When it is interrupted", path.onInterruption),
          stated("When it fails", path.onFailure),
          stated("An older version", path.rollback),
          stated("How often", path.cadence),
        ],
        list: path.steps.map((step, index) => ({
          id: path.id,
          text: `${index + 1}. ${step.name}${step.controlled ? "" : " (in other hands)"}: ${ended(step.protection === "" ? "protection not stated" : step.protection)}`,
        })),
      };
    });
}

function explainUseCases(file: SecurityFile, of?: string): Passage[] {
  const useCase = file.useCases.find(({ id }) => id === of) ?? file.useCases[0];
  if (useCase === undefined)
    return [
      {
        heading: "Security use cases",
        sentences: ["No use case is described: name one, its states, and its flows in their order."],
        list: [],
      },
    ];
  const elements = byId(file.elements);
  const flows = byId(file.flows);
  const nameOf = (id: string) => elements.get(id)?.name ?? id;
  const controls = useCase.controls.map((id) => file.controls.find((control) => control.id === id)?.name ?? id);
  return [
    {
      heading: useCase.name,
      sentences: [
        ...(useCase.description === "" ? [] : [useCase.description]),
        statesOf(file, useCase),
        controls.length === 0 ? "No control is named that guards it." : `Guarded by ${listed(controls)}.`,
      ],
      list: useCase.flows.flatMap((id, index) => {
        const flow = flows.get(id);
        if (flow === undefined) return [];
        const how =
          flow.path.protocol === ""
            ? ""
            : `, by ${flow.path.protocol}${flow.path.encrypted === true ? ", encrypted" : ""}`;
        return [{ id, text: `${index + 1}. ${nameOf(flow.from)} to ${nameOf(flow.to)}: ${flow.name}${ended(how)}` }];
      }),
    },
  ];
}
