import { type DeviceFunction, FUNCTION_DOES, type Harm } from "../../devices/schema.ts";
import type { Severity } from "../assess/schema.ts";
import { harmOfLevel } from "./priority.ts";

/** What decides the place of a finding, in that order. */
export interface Place {
  /** The device in which it is worst. Null: in none now. */
  device: string | null;
  /** As `ReachedHarm`. */
  harm: number;
  /** The function through which it is worst, where one is stated. */
  through: Through | null;
  exploited: { ransomware: boolean } | null;
  severity: Pick<Severity, "score" | "rating">;
}

/** A function by name; its kind where the device's own list has it, null where only its security file does. */
export interface Through {
  kind: DeviceFunction["kind"] | null;
  name: string;
}

/** The function a finding's harm comes through. */
export const throughOf = (functions: readonly DeviceFunction[], name: string | null): Through | null =>
  name === null ? null : (functions.find((one) => one.name === name) ?? { kind: null, name });

const CAN: Record<Harm, string> = {
  catastrophic: "a patient could die",
  critical: "a patient's life or health could be damaged for good",
  serious: "a patient could be injured and need treatment",
  minor: "a patient could be hurt in a way that heals by itself",
  negligible: "a patient could be inconvenienced",
};

/** Why a finding stands where it stands, in one sentence a clinician can read: harm, then attacks, then score. */
export function whyHere({ device, harm, through, exploited, severity }: Place): string {
  return `${reach(device, harm, through)}${attacks(exploited)}${score(severity)}.`;
}

function reach(device: string | null, level: number, through: Place["through"]): string {
  if (device === null) return "No release has it now";
  if (level < 0) return `Its part reaches no function of ${device}, as is recorded`;
  const harm = harmOfLevel(level);
  if (harm === null) return `Nobody has stated what ${device} does for a patient, so any harm is thinkable`;
  const does =
    through === null
      ? ""
      : through.kind === null
        ? `, through its ${through.name}`
        : `, which ${FUNCTION_DOES[through.kind]} (${through.name})`;
  return `If this is misused in ${device}${does}, ${CAN[harm]}`;
}

const attacks = (exploited: Place["exploited"]): string =>
  exploited === null
    ? "; no attack with it is known"
    : `; it is being used in attacks${exploited.ransomware ? ", also by ransomware" : ""}`;

const score = ({ score, rating }: Place["severity"]): string =>
  score !== null
    ? `; its score of ${score.toFixed(1)} decides only among equals`
    : rating === "unknown"
      ? "; it has no score yet"
      : `; its rating, ${rating}, decides only among equals`;
