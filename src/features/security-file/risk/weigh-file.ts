import { buildGraph, type Graph } from "../graph/graph.ts";
import type { SecurityFile } from "../schema.ts";
import type { AcceptanceMatrix } from "../threats/schema.ts";
import { concludeResidual } from "./conclude.ts";
import { rankRisks, rankThreats } from "./rank.ts";
import { type Reaching, reachingOf } from "./reached.ts";
import type { WeighedRisk, WeighedRisks } from "./schema.ts";
import { weighRisk } from "./weigh.ts";

const MOST_THREATS = 500;

/** Every risk of a graph's file weighed, in its order. Without a matrix nobody says what is acceptable. */
export function weighRisks(reaching: Reaching, matrix: AcceptanceMatrix | null): WeighedRisk[] {
  const { threats, risks } = reaching.graph.file;
  const byId = new Map(threats.map((threat) => [threat.id, threat]));
  return risks.map((risk) => weighRisk(reaching, matrix, risk, byId));
}

/**
 * Every risk of a file weighed, and the accepted threats no risk weighs, the most urgent first: by the file's own acceptance criteria,
 * else by `fallback`.
 */
export function weighFile(
  file: SecurityFile,
  fallback: AcceptanceMatrix,
  graph: Graph = buildGraph(file),
): WeighedRisks {
  const { head, threats, risks } = file;
  const matrix = head.acceptance ?? fallback;
  const reaching = reachingOf(graph);
  const weighed = weighRisks(reaching, matrix);
  const covered = new Set(risks.flatMap((risk) => risk.threats));
  const alone = threats.filter(({ id, state }) => state === "accepted" && !covered.has(id));
  return {
    matrix,
    isDefault: head.acceptance === null,
    risks: rankRisks(weighed),
    threats: rankThreats(reaching, alone, MOST_THREATS),
    conclusion: concludeResidual(weighed),
  };
}
