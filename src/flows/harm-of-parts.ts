import type { DeviceFunction } from "../features/devices/schema.ts";
import { reachedFunctions, reachedHarm } from "../features/risk/harm/reached-harm.ts";
import { risks } from "../features/risk/risk.ts";
import type { ComponentAsked } from "../features/security-file/graph/components.ts";
import { buildGraph, type Graph } from "../features/security-file/graph/graph.ts";
import { reachOfPart } from "../features/security-file/graph/part.ts";
import type { SecurityFile } from "../features/security-file/schema.ts";
import { loadFile, releasesWithFile } from "../features/security-file/security-file.ts";
import { Fault } from "../lib/fault.ts";
import type { Scope, Trx } from "../platform/db.ts";

/** A part of a release, as its findings know it. */
export interface PartAsked extends ComponentAsked {
  identity: string;
}

export interface HarmOfPart {
  /** As `ReachedHarm`. */
  harm: number;
  harmFunction: string | null;
  functions: readonly DeviceFunction[];
  /** Whose word it is: somebody's recorded fact, the security file's graph, or the device's list of functions, where neither says. */
  by: "fact" | "file" | "device";
  /** Elements of the security file it is in. Null: there is no file, or one that cannot be asked. */
  elements: readonly string[] | null;
}

/** What a part of one of the releases asked about can do to a patient. */
export type HarmOfParts = (releaseId: string, part: PartAsked) => HarmOfPart;

/**
 * What each part of releases can do to a patient: by a fact somebody recorded, else by the graph of the release's security file where
 * it says which element the part is in, else by all functions of the device.
 */
export async function harmOfParts(
  trx: Trx,
  scope: Scope,
  releases: readonly { id: string; functions: readonly DeviceFunction[] }[],
): Promise<HarmOfParts> {
  const ids = releases.map(({ id }) => id);
  const facts = new Map((await risks.reachOf(trx, scope, ids)).map((fact) => [fact.releaseId + fact.identity, fact]));
  const graphs = new Map<string, Graph>();
  for (const id of await releasesWithFile(trx, scope, ids)) {
    const graph = graphOf((await loadFile(trx, scope, id)).file);
    if (graph !== null) graphs.set(id, graph);
  }
  const functionsOf = new Map(releases.map(({ id, functions }) => [id, functions]));
  return (releaseId, part) => {
    const functions = functionsOf.get(releaseId) ?? [];
    const only = facts.get(releaseId + part.identity)?.functions ?? null;
    const graph = graphs.get(releaseId);
    const reach = graph === undefined ? null : reachOfPart(graph, part);
    const elements = graph === undefined ? null : (reach?.elements ?? []);
    if (only !== null || reach === null) {
      const by = only === null ? "device" : "fact";
      return { ...reachedHarm(functions, only), functions: reachedFunctions(functions, only), by, elements };
    }
    return { harm: reach.harm, harmFunction: reach.harmFunction, functions: reach.functions, by: "file", elements };
  };
}

/** Null: too large to find ways in. */
function graphOf(file: SecurityFile): Graph | null {
  try {
    return buildGraph(file);
  } catch (error) {
    if (error instanceof Fault && error.code === "too_large") return null;
    throw error;
  }
}
