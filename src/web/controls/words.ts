import type { ControlCategory, ControlState } from "../../features/security-file/assurance/schema.ts";
import type { CategoryState, ProofState, TraceColumn } from "../../features/security-file/trace/schema.ts";
import type { Shape } from "../kit/mark.tsx";

export interface Said {
  word: string;
  shape: Shape;
  tone: "bad" | "warn" | "good" | "plain";
}

export const CATEGORY_WORD: Readonly<Record<ControlCategory, string>> = {
  authentication: "Authentication",
  authorization: "Authorization",
  cryptography: "Cryptography",
  integrity: "Code, data, execution integrity",
  confidentiality: "Confidentiality",
  "event-logging": "Event detection and logging",
  resiliency: "Resiliency and recovery",
  updates: "Firmware and software updates",
};

export const CATEGORY_STATE: Readonly<Record<CategoryState, Said>> = {
  proven: { word: "Implemented and tested", shape: "check", tone: "good" },
  alternative: { word: "Alternative, weighed in a risk", shape: "shield", tone: "good" },
  implemented: { word: "Not every test passed", shape: "half", tone: "warn" },
  planned: { word: "Not all implemented", shape: "ring", tone: "warn" },
  missing: { word: "Nothing yet", shape: "triangle", tone: "bad" },
};

export const CONTROL_STATE: Readonly<Record<ControlState, Said>> = {
  implemented: { word: "Implemented", shape: "circle", tone: "plain" },
  planned: { word: "Planned", shape: "ring", tone: "warn" },
  "not-applicable": { word: "Not applicable", shape: "dash", tone: "plain" },
};

export const PROOF: Readonly<Record<ProofState, Said>> = {
  passed: { word: "Tests passed", shape: "check", tone: "good" },
  failed: { word: "A test failed", shape: "cross", tone: "bad" },
  partly: { word: "Some tests not run", shape: "half", tone: "warn" },
  "not-run": { word: "Tests never run", shape: "ring", tone: "warn" },
  untested: { word: "No test", shape: "triangle", tone: "bad" },
};

export const COLUMN_WORD: Readonly<Record<TraceColumn, string>> = {
  threats: "Threat",
  risks: "Risk",
  requirements: "Requirement",
  controls: "Control",
  elements: "Element",
  tests: "Test",
  labels: "Labeling",
};
