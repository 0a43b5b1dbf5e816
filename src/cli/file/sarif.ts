import { contentRule } from "../../features/security-file/check/content/content.ts";
import { literal, uriOf } from "../sarif-text.ts";
import type { PlacedProblem } from "./placed-problem.ts";

const LINE = /^(.*):(\d+):(\d+)$/s;

/** SARIF 2.1.0 (OASIS): a rule for each thing a file must say, a result for each place where it does not. */
export function toSarif(problems: readonly PlacedProblem[]) {
  const ids = [...new Set(problems.map(({ rule }) => rule))];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Cordon", semanticVersion: "0.1.0", rules: ids.map(ruleOf) } },
        results: problems.map((problem) => resultOf(problem, ids.indexOf(problem.rule))),
      },
    ],
  };
}

function ruleOf(id: string) {
  const rule = contentRule(id);
  if (rule === undefined) return { id };
  return {
    id,
    shortDescription: { text: literal(rule.title) },
    help: { text: literal(rule.fix) },
    properties: { section: rule.section },
  };
}

function resultOf({ rule, severity, at, field, message, fix, place }: PlacedProblem, ruleIndex: number) {
  const [, path = place, line, column] = LINE.exec(place) ?? [];
  const region = line === undefined ? {} : { region: { startLine: Number(line), startColumn: Number(column) } };
  const name = at === null ? (field ?? "file") : `${at.kind}/${at.id}${field === null ? "" : `/${field}`}`;
  return {
    ruleId: rule,
    ruleIndex,
    level: severity === "error" ? "error" : "warning",
    message: { text: literal(`${message}. ${fix}.`) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(path) }, ...region },
        logicalLocations: [{ fullyQualifiedName: name }],
      },
    ],
    partialFingerprints: { "rule/item": `${rule}|${name}` },
  };
}
