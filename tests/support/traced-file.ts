import { SecurityFile } from "../../src/features/security-file/schema.ts";

const FDA = "fda-premarket-2026-02-03";

/** A small pump whose chain holds from the threat to the labeling; tests break it in one place. */
export const wholeFile = () => ({
  cordon: "security-file/1",
  elements: [
    { id: "E-1", name: "Pump controller", kind: "process", components: ["pkg:generic/zephyr"], assets: ["A-1"] },
    { id: "E-2", name: "Drug library server", kind: "external-system", inScope: false },
  ],
  ports: [{ id: "P-1", name: "Debug port", element: "E-1", kind: "debug", exposed: true }],
  assets: [{ id: "A-1", name: "Drug library", kind: "configuration" }],
  flows: [{ id: "F-1", name: "Library download", from: "E-2", to: "E-1", assets: ["A-1"] }],
  threats: [
    {
      id: "T-1",
      name: "A forged library",
      category: "tampering",
      targets: ["F-1"],
      mitigations: [{ name: "Signed library", control: "C-1", state: "verified" }],
    },
    {
      id: "T-2",
      name: "Firmware read by the debug port",
      category: "information-disclosure",
      targets: ["P-1"],
      mitigations: [{ name: "Closed port", control: "C-2", state: "implemented" }],
    },
  ],
  risks: [
    { id: "R-1", name: "Wrong dose", threats: ["T-1"], treatment: "reduce", requirements: ["RQ-1"] },
    {
      id: "R-2",
      name: "Copied firmware",
      threats: ["T-2"],
      treatment: "transfer",
      transfer: { to: "Hospital", label: "L-1" },
    },
  ],
  requirements: [
    {
      id: "RQ-1",
      name: "Libraries are signed",
      references: [{ catalog: "iec-62443-4-2", id: "CR 3.4 RE(1)" }],
    },
  ],
  controls: [
    {
      id: "C-1",
      name: "Signature over the library",
      category: "integrity",
      state: "implemented",
      requirements: ["RQ-1"],
      references: [{ catalog: FDA, id: "FDA-INT-2" }],
      elements: ["F-1"],
    },
    {
      id: "C-2",
      name: "Debug port fused off",
      state: "implemented",
      references: [{ catalog: "fda-premarket", id: "FDA-INT-6" }],
      elements: ["P-1"],
    },
    {
      id: "C-3",
      name: "No confidentiality of the library",
      category: "confidentiality",
      state: "not-applicable",
      reason: "Nothing in it is secret; weighed in R-1.",
    },
  ],
  tests: [
    {
      id: "TS-1",
      name: "Forged library is refused",
      method: "abuse",
      verifies: ["RQ-1"],
      results: [
        { outcome: "failed", on: "2026-01-05" },
        { outcome: "passed", on: "2026-02-05" },
      ],
    },
    {
      id: "TS-2",
      name: "Debug port stays silent",
      method: "penetration",
      verifies: ["C-2"],
      results: [{ outcome: "passed", on: "2026-02-06" }],
    },
  ],
  labels: [{ id: "L-1", name: "Keep the housing closed", about: ["R-2"] }],
});

export type Whole = ReturnType<typeof wholeFile>;

/** The file after something was done to it. */
export function fileAfter(change: (file: Whole) => unknown = () => {}): SecurityFile {
  const file = wholeFile();
  change(file);
  return SecurityFile.parse(file);
}
