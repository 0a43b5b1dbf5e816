import { HARM_MEANING } from "../../devices/schema.ts";
import type { AttackPath, Exposure, HarmPath, Step, WayControl } from "./schema.ts";
import { controlsOfWay } from "./steps.ts";

/**
 * A way to a harm as a clinician reads it: "OpenSSL in Communication module can reach Infusion inside the device, through Motor
 * control; worst: Overdose (can end in death). One control stands in the way: “Mutual TLS”."
 */
export function harmSentence(path: Omit<HarmPath, "sentence">): string {
  const { steps, reach } = path;
  const stations = steps.filter(({ kind }) => kind === "element");
  const through = stations.slice(1).map(({ name }) => name);
  const way = through.length === 0 ? "" : `through ${listed(through, "then")}`;
  const how =
    reach === "direct"
      ? [" can change ", way === "" ? "" : `, as a part of ${through.at(-1)}`]
      : reach === "within"
        ? [" can reach ", ` inside the device, ${way}`]
        : [" can reach ", ` over the network, ${way}`];
  return `${originOf(steps)}${how[0]}${path.function.name}${how[1]}; ${worstOf(path.harm)}.${standsText(reach, controlsOfWay(steps))}`;
}

/** "Somebody at USB service port (a service port) can reach Infusion through Main board; worst: Overdose (can end in death)." */
export function attackSentence({ entry, harm, steps }: Pick<AttackPath, "entry" | "harm" | "steps">): string {
  const stations = steps.filter(({ kind }) => kind === "element").map(({ name }) => name);
  const inside = entry.kind === "user" || entry.kind === "external-system" ? stations.slice(1) : stations;
  const through = inside.length === 0 ? "" : `, through ${listed(inside, "then")}`;
  const reached = steps.find(({ kind }) => kind === "function")?.name ?? "";
  return `${WHO[entry.kind]} ${entry.name} can reach ${reached}${through}; ${worstOf(harm)}.${controlsText(controlsOfWay(steps))}`;
}

/** Where nothing has to be passed, nothing is said of what stands in the way. */
const standsText = (reach: HarmPath["reach"], controls: readonly WayControl[]): string =>
  reach === "direct" && controls.length === 0 ? "" : controlsText(controls);

const WHO: Record<AttackPath["entry"]["kind"], string> = {
  port: "Somebody who reaches the interface",
  "service-port": "Somebody who can open the device and use",
  removable: "Somebody who hands over a medium for",
  user: "Somebody who acts as",
  "external-system": "Whoever holds",
};

/** "One compromised Update server reaches 400 × Infusion pump: up to 400 patients." */
export function exposureSentence(
  who: string,
  { devices, patients, on }: Pick<Exposure, "devices" | "patients" | "on">,
): string {
  if (on.length === 0) return `${who} reaches nothing that acts on a patient.`;
  const each = on.slice(0, 3).map((one) => `${number(one.devices)} × ${one.name}`);
  const more = on.length > 3 ? `, ${number(devices)} devices in all` : "";
  const people = patients === 1 ? "one patient" : `up to ${number(patients)} patients`;
  return `${who} reaches ${listed(each, "and")}${more}: ${people}.`;
}

function originOf(steps: readonly Step[]): string {
  const [first, second] = steps;
  if (first === undefined) return "";
  if (first.kind === "element" || second === undefined) return first.name;
  return LEADS[first.kind]?.(first.name, second.name) ?? `${first.name} in ${second.name}`;
}

const LEADS: Partial<Record<Step["kind"], (name: string, element: string) => string>> = {
  flow: (name, element) => `Whoever sits on ${name} to ${element}`,
  port: (name, element) => `Whoever uses ${name} of ${element}`,
  credential: (name, element) => `Whoever has ${name}, at ${element},`,
  update: (name, element) => `A changed update by ${name} in ${element}`,
  zone: (name, element) => `Whoever is in ${name}, at ${element},`,
};

const worstOf = (harm: HarmPath["harm"]): string =>
  harm === null ? "no harm is stated for it" : `worst: ${harm.name} (${HARM_MEANING[harm.severity]})`;

function controlsText(controls: readonly WayControl[]): string {
  const standing = controls.filter(({ stands }) => stands !== "planned").map(({ name }) => name);
  const planned = controls.filter(({ stands }) => stands === "planned").map(({ name }) => name);
  const only = planned.length === 0 ? "" : ` Only planned: ${short(planned)}.`;
  if (standing.length === 0) return ` Nothing stands in the way.${only}`;
  return standing.length === 1
    ? ` One control stands in the way: ${short(standing)}.${only}`
    : ` ${number(standing.length)} controls stand in the way: ${short(standing)}.${only}`;
}

/** Names have commas of their own: each in quotes. */
const short = (names: readonly string[]): string => {
  const quoted = names.map((name) => `“${name}”`);
  return quoted.length <= 3 ? listed(quoted, "and") : `${quoted.slice(0, 3).join(", ")} and ${names.length - 3} more`;
};

const listed = (names: readonly string[], word: string): string =>
  names.length <= 1 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;

/** "1,200", as `toLocaleString` writes it, at a tenth of its time. */
const number = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
