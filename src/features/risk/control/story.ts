import { type DeviceFunction, FUNCTION_DOES } from "../../devices/schema.ts";
import { metricsOf } from "../facts.ts";

/** What a story is told of. */
export interface StoryFacts {
  device: string;
  /** Functions that can be reached, as the device states them. */
  functions: readonly Pick<DeviceFunction, "kind" | "name">[];
  /** The rubric's vector. */
  vector: string;
  /** The advisory's own: what comes from the same network only is no attack from far away, though the rubric counts one over IP as such. */
  advisory: string | null;
  exploited: boolean;
  units: number;
}

const FROM: Record<string, string> = {
  N: "Somebody on another network, far away,",
  A: "Somebody on the same network, or near enough for its radio,",
  L: "Somebody who gets into the device itself",
  P: "Somebody who can touch the device",
};

/** What could happen, for people who look after patients: who, what, to which function, how near. No score, no jargon. */
export function bedsideStory({ device, functions, vector, advisory, exploited, units }: StoryFacts): string[] {
  const metrics = metricsOf(vector);
  const counted = metrics.get("AV") ?? "N";
  const from = counted === "N" && metricsOf(advisory).get("AV") === "A" ? "A" : counted;
  const can = [
    metrics.get("A") !== "N" && "stop working",
    metrics.get("I") !== "N" && "do or show something wrong",
    metrics.get("C") !== "N" && "give away what it knows of patients",
  ].filter((one) => one !== false);
  const does = functions.map(({ kind, name }) => `${FUNCTION_DOES[kind]} (${name})`);
  const helped = metrics.get("UI") === "R" ? ", once a person at the device is misled" : "";
  return [
    `${FROM[from] ?? FROM.N} could make ${device} ${can.length === 0 ? "do nothing we know of" : listed(can, "or")}${helped}.`,
    does.length === 0 ? `What ${device} does for a patient is not stated.` : `It ${listed(does, "and")}.`,
    `${units === 1 ? "One unit is" : `${units === 0 ? "No" : units.toLocaleString("en")} units are`} in use. ${exploited ? "Attackers use this weakness elsewhere already." : "No attack with it is known."}`,
  ];
}

const listed = (items: readonly string[], word: string): string =>
  items.length <= 1 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
