import { buildGraph, MAX_ELEMENTS } from "../graph/graph.ts";
import { lookUp } from "../model/look-up.ts";
import { reachingOf } from "../risk/reached.ts";
import { weighRisks } from "../risk/weigh-file.ts";
import type { Problem, SecurityFile } from "../schema.ts";
import { NOTHING_REFERRED, traceFile } from "../trace/look.ts";
import type { Referred } from "../trace/schema.ts";
import { checkContent } from "./content/content.ts";
import type { CheckContext } from "./content/rule.ts";
import { checkStructure } from "./structure.ts";

/**
 * What is known besides the file. What is not given is not asked for: no day, no ages; no SBOM, no parts; no folder, no hashes; no
 * catalogues, no references.
 */
export type Besides = Partial<Omit<CheckContext, "model" | "gaps" | "weighed">> & { referred?: Referred };

/** Everything that is wrong with a security file or missing from it, errors first. */
export function checkFile(
  file: SecurityFile,
  { asOf = null, sbom = null, hashOf = null, referred = NOTHING_REFERRED }: Besides = {},
): Problem[] {
  const { gaps } = traceFile(file, referred);
  const isTooLarge = file.elements.length > MAX_ELEMENTS;
  const risks = isTooLarge ? [] : weighRisks(reachingOf(buildGraph(file)), file.head.acceptance);
  const weighed = new Map(risks.map((risk) => [risk.id, risk]));
  const problems = [
    ...checkStructure(file),
    ...checkContent({ model: lookUp(file), gaps, weighed, asOf, sbom, hashOf }),
  ];
  const isError = ({ severity }: Problem) => severity === "error";
  return [...problems.filter(isError), ...problems.filter((problem) => !isError(problem))];
}
