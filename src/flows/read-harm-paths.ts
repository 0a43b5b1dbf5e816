import { riskCatalogue } from "../features/risk/risk.ts";
import { type AttackLimits, attacksOf } from "../features/security-file/graph/attacks.ts";
import { askedByRef } from "../features/security-file/graph/components.ts";
import { exposureOf } from "../features/security-file/graph/exposure.ts";
import { buildGraph, type Graph } from "../features/security-file/graph/graph.ts";
import { harmPaths } from "../features/security-file/graph/harm-paths.ts";
import type { HarmAttacks, WaysOut } from "../features/security-file/graph/schema.ts";
import { type Start, startsOf, startsOfComponent, startsOfThreat } from "../features/security-file/graph/starts.ts";
import type { WeighedRisks } from "../features/security-file/risk/schema.ts";
import { weighFile } from "../features/security-file/risk/weigh-file.ts";
import { Fault } from "../lib/fault.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { readSecurityFileOf } from "./read-security-file.ts";

interface From {
  component?: string | undefined;
  element?: string | undefined;
  threat?: string | undefined;
}

/**
 * The ways from one thing of a release to patients. Fault `bad_input` when not exactly one thing is asked for, `not_found` for an
 * unknown release, element or threat; a component the file does not know has no ways.
 */
export async function readPaths(trx: Trx, scope: Scope, releaseId: string, from: From, most: number): Promise<WaysOut> {
  const graph = await graphOf(trx, scope, releaseId);
  const { name, starts, hazards } = beginning(graph, from);
  const numbers = [...new Set(starts.map(({ element }) => element))];
  return {
    elements: numbers.flatMap((i) => {
      const element = graph.file.elements[i];
      return element === undefined ? [] : [{ id: element.id, name: element.name }];
    }),
    paths: harmPaths(graph, starts, most, { hazards, situations: null }),
    exposure: exposureOf(graph, name, starts),
  };
}

function beginning(graph: Graph, { component, element, threat }: From) {
  const given = [component, element, threat].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw new Fault("bad_input", "Ask from one component, element or threat", {
      at: "component",
      fix: "Give exactly one of component, element and threat",
    });
  if (component !== undefined) {
    const asked = askedByRef(component);
    return { name: asked.name, starts: startsOfComponent(graph, asked), hazards: null };
  }
  const strikes = graph.file.threats.find(({ id }) => id === threat);
  if (strikes !== undefined) {
    const hazards = strikes.hazards.length === 0 ? null : new Set(strikes.hazards);
    const starts: readonly Start[] = startsOfThreat(graph, strikes);
    return { name: starts.map((start) => nameOf(graph, start)).join(" or ") || strikes.name, starts, hazards };
  }
  const starts = element === undefined ? [] : startsOf(graph, element);
  if (starts.length === 0)
    throw new Fault("not_found", "The security file has nothing of that name that an attacker could hold", {
      at: element === undefined ? "threat" : "element",
    });
  const [first] = starts;
  return { name: first?.lead?.name ?? (first === undefined ? "" : nameOf(graph, first)), starts, hazards: null };
}

const nameOf = ({ file }: Graph, { element }: Start): string => file.elements[element]?.name ?? "";

/** The ways from outside to harms, the worst harm first. Fault `not_found` for an unknown release or harm. */
export async function readAttacks(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  harm: string | null,
  limits: AttackLimits,
): Promise<HarmAttacks[]> {
  const attacks = attacksOf(await graphOf(trx, scope, releaseId), limits, harm);
  if (harm !== null && attacks.length === 0)
    throw new Fault("not_found", `The security file has no harm ${harm}`, { at: "harm" });
  return attacks;
}

/** Every risk of a release weighed, by the file's own acceptance criteria or the default ones. */
export async function readRisks(trx: Trx, scope: Scope, releaseId: string): Promise<WeighedRisks> {
  const { file } = await readSecurityFileOf(trx, scope, releaseId);
  return weighFile(file, riskCatalogue().acceptance);
}

const graphOf = async (trx: Trx, scope: Scope, releaseId: string): Promise<Graph> =>
  buildGraph((await readSecurityFileOf(trx, scope, releaseId)).file);
