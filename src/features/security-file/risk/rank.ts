import { HARMS, type Harm, placeOfHarm } from "../../devices/schema.ts";
import type { Exploitability } from "../../risk/schema.ts";
import { harmPaths } from "../graph/harm-paths.ts";
import { startsOfThreat } from "../graph/starts.ts";
import { harmOfLevel } from "../graph/worst.ts";
import type { Threat } from "../threats/schema.ts";
import { levelOfThreat, patientsOf, type Reaching } from "./reached.ts";
import type { Ranked, WeighedRisk } from "./schema.ts";

/** What is ranked by: the same for a threat, a risk and a finding. */
export interface Urgency {
  /** Null: not known, which may be anything. */
  severity: Harm | null;
  /** Null: not rated, which counts as high. */
  exploitability: Exploitability | null;
  exploited?: boolean;
  patients?: number;
}

const EASE: Record<Exploitability, number> = { low: 1, medium: 2, high: 3 };

/**
 * The order of all that threatens a release, most urgent first: harm to a patient, then exploited in the wild, then exploitability,
 * then how many patients. What is not known stands where findings put it: harm between minor and serious, exploitability as high.
 */
export function byUrgency(a: Urgency, b: Urgency): number {
  const key = ({ severity, exploitability, exploited, patients }: Urgency) =>
    [
      placeOfHarm(severity === null ? 0 : HARMS.length - HARMS.indexOf(severity)),
      exploited === true ? 1 : 0,
      EASE[exploitability ?? "high"],
      patients ?? 0,
    ] as const;
  const [left, right] = [key(a), key(b)];
  for (const [i, value] of left.entries()) if (value !== right[i]) return (right[i] ?? 0) - value;
  return 0;
}

/** Threats that no risk weighs, by what each reaches: nobody rated how easily. */
export function rankThreats(reaching: Reaching, threats: readonly Threat[], most: number): Ranked[] {
  const { graph } = reaching;
  const found = threats.map((threat) => {
    const severity = harmOfLevel(levelOfThreat(reaching, threat));
    return {
      threat,
      severity,
      exploitability: null,
      patients: severity === null ? 0 : patientsOf(graph, startsOfThreat(graph, threat)),
    };
  });
  return found
    .sort((a, b) => byUrgency(a, b) || a.threat.name.localeCompare(b.threat.name, "en"))
    .slice(0, most)
    .map(({ threat, severity, patients }) => {
      const hazards = threat.hazards.length === 0 ? null : new Set(threat.hazards);
      const [path] = harmPaths(graph, startsOfThreat(graph, threat), 1, { hazards, situations: null });
      const sentence = path?.sentence ?? "It reaches no function of the device.";
      return { kind: "threat", id: threat.id, name: threat.name, exploitability: null, severity, patients, sentence };
    });
}

/** Risks in the order of what they would be without mitigation. */
export const rankRisks = (risks: readonly WeighedRisk[]): WeighedRisk[] =>
  [...risks].sort(
    (a, b) =>
      byUrgency({ ...a.before, patients: a.patients }, { ...b.before, patients: b.patients }) ||
      a.name.localeCompare(b.name, "en"),
  );
