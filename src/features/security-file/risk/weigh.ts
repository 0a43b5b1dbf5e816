import { HARMS, type Harm } from "../../devices/schema.ts";
import { harmPaths } from "../graph/harm-paths.ts";
import type { HarmPath } from "../graph/schema.ts";
import { type Start, startsOfThreat } from "../graph/starts.ts";
import type { SecurityFile } from "../schema.ts";
import type { AcceptanceMatrix, Risk, Threat } from "../threats/schema.ts";
import { placeIn } from "./place.ts";
import { patientsOf, type Reaching } from "./reached.ts";
import type { Place, Residual, WeighedRisk } from "./schema.ts";

/**
 * A risk before and after mitigation: exploitability as rated, severity the worst harm its threats reach unless somebody stated one,
 * acceptability by the matrix (ISO 14971, 5.5, 6 and 7.3). Threats that were rejected count for nothing.
 */
export function weighRisk(
  { graph }: Reaching,
  matrix: AcceptanceMatrix | null,
  risk: Risk,
  threats: ReadonlyMap<string, Threat>,
): WeighedRisk {
  const its = risk.threats.flatMap((id) => threats.get(id) ?? []).filter(({ state }) => state === "accepted");
  const worst = worstPath(graph, risk, its);
  const reached = worst?.harm?.severity ?? null;
  const patients = Math.max(0, ...its.map((threat) => patientsOf(graph, startsOfThreat(graph, threat))));
  const manyPatients = patients > 1 && reached !== null;
  const severity = risk.severity ?? reached;
  const before = placeIn(matrix, risk.before?.exploitability ?? null, severity, manyPatients);
  const after = placeIn(matrix, risk.after?.exploitability ?? null, risk.severityAfter ?? severity, manyPatients);
  const residual = residualOf(risk, after);
  return {
    id: risk.id,
    name: risk.name,
    threats: its.length,
    before,
    after,
    statedBelow: isBelow(risk.severity, reached) ? risk.severity : null,
    patients,
    manyPatients,
    treatment: risk.treatment,
    residual,
    countsOnPlanned: plannedOf(graph.file, its),
    open: openPoints(risk, residual, its),
    worst,
  };
}

const isBelow = (stated: Harm | null, reached: Harm | null) =>
  stated !== null && reached !== null && HARMS.indexOf(stated) > HARMS.indexOf(reached);

/** The worst harm of any of the threats, by the shortest way, narrowed to what the threat and the risk name. */
function worstPath(graph: Reaching["graph"], risk: Risk, threats: readonly Threat[]): HarmPath | null {
  const situations = risk.situations.length === 0 ? null : new Set(risk.situations);
  const paths = threats.flatMap((threat): HarmPath[] => {
    const starts: readonly Start[] = startsOfThreat(graph, threat);
    const hazards = threat.hazards.length === 0 ? null : new Set(threat.hazards);
    return harmPaths(graph, starts, 1, { hazards, situations }).filter(({ harm }) => harm !== null);
  });
  const rank = ({ harm, distance }: HarmPath) => HARMS.indexOf(harm?.severity ?? "negligible") * 1e6 + distance;
  return paths.reduce<HarmPath | null>((best, path) => (best === null || rank(path) < rank(best) ? path : best), null);
}

/** Measures that a rating after mitigation counts on, and that are not there yet (ISO 14971, 7.2). */
function plannedOf({ controls }: SecurityFile, threats: readonly Threat[]): string[] {
  const planned = new Set(controls.filter(({ state }) => state === "planned").map(({ id }) => id));
  const measures = threats
    .flatMap(({ mitigations }) => mitigations)
    .filter(
      ({ state, control }) => state === "planned" || (state !== "dropped" && control !== null && planned.has(control)),
    );
  return [...new Set(measures.map(({ name }) => name))];
}

function residualOf({ treatment, residual, before }: Risk, after: Place): Residual {
  if (treatment === "avoid") return "avoided";
  if (before === null || after.acceptability === null) return "not-rated";
  const hasReason = residual.trim() !== "";
  if (after.acceptability === "acceptable") return "acceptable";
  if (after.acceptability === "reduce") return hasReason ? "with-reason" : "needs-reason";
  return hasReason && (treatment === "accept" || treatment === "transfer") ? "benefit" : "unacceptable";
}

function openPoints(risk: Risk, residual: Residual, threats: readonly Threat[]): string[] {
  const { treatment, transfer } = risk;
  return [
    risk.before === null && "Not rated before mitigation",
    risk.after === null && "Not rated after mitigation",
    treatment === "undecided" && "Nobody decided how it is treated",
    residual === "needs-reason" && "It is on the line: say why no more can be done",
    residual === "unacceptable" && "Unacceptable by the matrix: reduce it further, or say why the benefit outweighs it",
    treatment === "transfer" && transfer === null && "Transferred, but nobody says to whom",
    treatment === "transfer" &&
      transfer !== null &&
      transfer.label === null &&
      "Transferred without the labeling that tells them",
    threats.length === 0 && "No accepted threat leads to it",
  ].filter((one) => one !== false);
}
