import type { Clock, ClockEvent, ClockState } from "../../features/work/clocks/schema.ts";
import type { Shape } from "../kit/mark.tsx";

interface Look {
  word: string;
  shape: Shape;
  tone: "quiet" | "warn" | "bad" | "good";
}

const ENDED: Record<Exclude<ClockState, "running">, Look> = {
  late: { word: "Overdue", shape: "triangle", tone: "bad" },
  stopped: { word: "Done in time", shape: "check", tone: "good" },
  "stopped-late": { word: "Done, late", shape: "check", tone: "warn" },
  voided: { word: "Started by mistake", shape: "dash", tone: "quiet" },
};

/** How a clock stands, in a word and a shape: colour is never alone. */
export function lookOf({ state, used }: Pick<Clock, "state" | "used">): Look {
  if (state !== "running") return ENDED[state];
  if (used >= 0.8) return { word: "Little time left", shape: "diamond", tone: "warn" };
  return used >= 0.5
    ? { word: "Half gone", shape: "half", tone: "quiet" }
    : { word: "Runs", shape: "ring", tone: "quiet" };
}

/** What happened, as a person would say it; in the order of how often it does. */
export const EVENT_WORDS: Record<ClockEvent, string> = {
  "uncontrolled-risk-decided": "A vulnerability's risk to patients is uncontrolled",
  "vulnerability-report-received": "Somebody reported a vulnerability to us",
  "actively-exploited-learned": "A vulnerability of our product is actively exploited",
  "corrective-measure-available": "A corrective measure is available",
  "severe-security-incident-learned": "A severe incident hit the security of our product",
  "serious-incident-learned": "A serious incident with a device",
  "death-or-deterioration-learned": "A death, or an unanticipated serious deterioration",
  "public-health-threat-learned": "A serious public health threat",
  "remedial-action-needed-learned": "Remedial action is needed against substantial harm (5-day report)",
  "user-facility-event-learned": "At our facility, a device may have caused a death or serious injury",
  "correction-or-removal-begun": "We began to correct or remove devices",
  "breach-discovered": "A breach of health information, fewer than 500 people",
  "large-breach-discovered": "A breach of health information, 500 people or more",
  "breach-discovered-by-associate": "As a business associate, we discovered a breach",
};
