import type { DataHeld, DeviceFunction, DeviceInterface, NetworkPosition } from "../devices/schema.ts";

/** What scoring knows: the advisory's word, and the device's own file. */
export interface RiskFacts {
  /** CVSS vector as the advisory's source gives it. */
  vector: string | null;
  /** Functions the part can reach. */
  functions: readonly DeviceFunction[];
  /** False: by a recorded fact it reaches none. */
  reachesFunction: boolean;
  interfaces: readonly DeviceInterface[];
  networkPosition: NetworkPosition | null;
  /** Null: not stated. */
  dataHeld: readonly DataHeld[] | null;
  /** Patients whose records one unit can hold or reach. Null: not stated. */
  patientRecords: number | null;
  /** Units in use. */
  units: number;
  /** In CISA's catalogue of known exploited vulnerabilities. `unknown`: it was not read here. */
  inKev: "yes" | "no" | "unknown";
  /** What CISA's coordinators say (Vulnrichment). */
  coordinator: { exploitation: string; automatable: string; technicalImpact: string; source: string } | null;
  /** 1 (negligible) to 5 (catastrophic); 0: not stated; -1: none reached. */
  harm: number;
  harmFunction: string | null;
}

/** The metrics a vector states. The value of a metric that stands twice is the last. */
export function metricsOf(vector: string | null): ReadonlyMap<string, string> {
  const parts = (vector ?? "").replace(/^\(|\)$/g, "").split("/");
  return new Map(parts.flatMap((part) => (part.includes(":") ? [part.split(":", 2) as [string, string]] : [])));
}

const NAMES = { C: ["C", "VC"], I: ["I", "VI"], A: ["A", "VA"] } as const;

/** Whether the advisory says the vulnerability touches confidentiality, integrity or availability. Null: it has no vector. */
export function touches(facts: Pick<RiskFacts, "vector">, dimension: "C" | "I" | "A"): boolean | null {
  const metrics = metricsOf(facts.vector);
  const stated = NAMES[dimension].map((name) => metrics.get(name)).find((value) => value !== undefined);
  const later = metrics.get(`S${dimension}`);
  return stated === undefined ? null : stated !== "N" || (later !== undefined && later !== "N");
}

/** "Wi-Fi (IEEE 802.11)" of interfaces, at most three. */
export const named = (interfaces: readonly DeviceInterface[]): string =>
  interfaces
    .slice(0, 3)
    .map(({ name, protocol }) => (protocol === "" ? name : `${name} (${protocol})`))
    .join(", ");
