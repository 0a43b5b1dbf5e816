import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scoresOfVector } from "../../intel/severity/cvss.ts";
import type { RiskFacts } from "../facts.ts";
import { deviceVector } from "./device-metrics.ts";

const monitor: RiskFacts = {
  vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
  functions: [
    { kind: "monitoring", name: "vital signs", harm: "critical" },
    { kind: "alarm", name: "alarms", harm: "catastrophic" },
  ],
  reachesFunction: true,
  interfaces: [{ kind: "wired", name: "LAN", protocol: "Ethernet", exposed: true, notes: "" }],
  networkPosition: "hospital-network",
  dataHeld: [{ kind: "patient", name: "names" }],
  patientRecords: 1,
  units: 3,
  inKev: "no",
  coordinator: null,
  harm: 5,
  harmFunction: "alarms",
};
const of = (over: Partial<RiskFacts>) => deviceVector({ ...monitor, ...over })?.vector;
const BASE4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N";

describe("the device's environmental metrics", () => {
  test.each<[string, Partial<RiskFacts>, string]>([
    ["on the hospital's network", {}, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/CR:M/IR:H/AR:H"],
    [
      "in a network of its own",
      { networkPosition: "device-network" },
      "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/MAV:A/CR:M/IR:H/AR:H",
    ],
    [
      "on no network, with no way in",
      { networkPosition: "isolated", interfaces: [] },
      "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/MAV:L/CR:M/IR:H/AR:H",
    ],
    [
      "said to be isolated, yet with a network interface",
      { networkPosition: "isolated" },
      "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/CR:M/IR:H/AR:H",
    ],
    [
      "with many patients' records",
      { patientRecords: 9_000 },
      "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/CR:H/IR:H/AR:H",
    ],
    ["with nothing secret", { dataHeld: [] }, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/CR:L/IR:H/AR:H"],
    [
      "of which nothing is stated",
      { dataHeld: null, functions: [], harm: 0, networkPosition: null },
      "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    ],
    [
      "whose part reaches no function",
      { reachesFunction: false },
      "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/CR:M/IR:L/AR:L",
    ],
    ["in CVSS 4.0, where people can come to harm", { vector: BASE4 }, `${BASE4}/CR:M/IR:H/AR:H/MSI:S`],
    [
      "in CVSS 2.0, where harm is collateral damage",
      { vector: "(AV:N/AC:L/Au:N/C:P/I:P/A:C)" },
      "AV:N/AC:L/Au:N/C:P/I:P/A:C/CDP:H/CR:M/IR:H/AR:H",
    ],
    [
      "in place of what the advisory's own vector says",
      { vector: `${monitor.vector}/MAV:P/AR:L` },
      "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/MAV:P/CR:M/IR:H/AR:H",
    ],
  ])("%s", (_, over, vector) => {
    expect(of(over)).toBe(vector);
  });

  test("without a vector there is nothing to change", () => {
    expect(deviceVector({ ...monitor, vector: null })).toBeNull();
  });

  test.each([
    ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5, 9.3],
    ["CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5, 9.3],
    ["AV:N/AC:L/Au:N/C:N/I:N/A:C", 7.8, 10],
  ])("%s: base %s, on this monitor %s", (vector, base, device) => {
    const changed = deviceVector({ ...monitor, vector });
    expect(scoresOfVector(vector)?.base).toBe(base);
    expect(scoresOfVector(changed?.vector ?? "")?.score).toBe(device);
  });

  test("whatever the facts, the changed vector is a complete one of the same version", () => {
    const vector = fc.constantFrom(
      monitor.vector,
      "CVSS:3.0/AV:A/AC:H/PR:L/UI:R/S:C/C:L/I:L/A:N",
      BASE4,
      "AV:L/AC:M/Au:S/C:C/I:C/A:C",
    );
    const functions = fc.array(
      fc.record({
        kind: fc.constantFrom("therapy" as const, "records" as const, "alarm" as const, "diagnosis" as const),
        name: fc.constant("f"),
        harm: fc.constantFrom("catastrophic" as const, "serious" as const, "negligible" as const),
      }),
      { maxLength: 3 },
    );
    const position = fc.constantFrom(null, "isolated" as const, "device-network" as const, "internet" as const);
    fc.assert(
      fc.property(vector, functions, position, fc.boolean(), fc.option(fc.nat(2_000)), (v, f, p, reaches, records) => {
        const given = {
          ...monitor,
          vector: v,
          functions: f,
          networkPosition: p,
          reachesFunction: reaches,
          patientRecords: records,
        };
        const changed = deviceVector(given)?.vector ?? "";
        expect(scoresOfVector(changed)?.version).toBe(scoresOfVector(v ?? "")?.version);
      }),
    );
  });
});
