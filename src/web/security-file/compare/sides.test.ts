import { expect, test } from "vitest";
import { sidesOf } from "./sides.ts";

const NAMES: Record<string, string> = { pump: "Pump", server: "Pump server", tablet: "Tablet" };
const name = (id: string) => NAMES[id];
const sides = (before: unknown, after: unknown) =>
  sidesOf({ field: "elements", aspect: "architecture", before, after }, name, name);

test.each([
  ["ids are names", "pump", "server", { before: ["Pump"], after: ["Pump server"], same: 0 }],
  [
    "of a list only what went and what came",
    ["pump", "server"],
    ["pump", "tablet"],
    { before: ["Pump server"], after: ["Tablet"], same: 1 },
  ],
  [
    "another order of the same list is shown whole",
    ["pump", "tablet"],
    ["tablet", "pump"],
    { before: ["Pump", "Tablet"], after: ["Tablet", "Pump"], same: 0 },
  ],
  ["a list that comes to be", [], ["pump"], { before: [], after: ["Pump"], same: 0 }],
  ["nothing stated, and a yes", null, true, { before: [], after: ["Yes"], same: 0 }],
  [
    "a member of a closed set in words",
    "not-applicable",
    "TLS 1.3",
    { before: ["Not applicable"], after: ["TLS 1.3"], same: 0 },
  ],
  [
    "a record field by field",
    { level: "low", because: "" },
    { level: "high", because: "New radio" },
    { before: ["Level: Low"], after: ["Level: High; Because: New radio"], same: 0 },
  ],
])("%s", (_, before, after, expected) => {
  expect(sides(before, after)).toEqual(expected);
});
