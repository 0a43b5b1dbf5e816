import { isObject, type JsonObject, type JsonValue, member } from "../../../lib/json.ts";
import type { Rating } from "../../intel/assess/schema.ts";
import { Draft } from "../draft.ts";
import { objectsIn, textOf, textsIn } from "../json-texts.ts";
import { defineJson } from "../parser.ts";
import { ratingOfScore, ratingOfWord } from "../severity.ts";

/** SARIF 2.1.0 (OASIS): every result of every run but those a baseline calls absent. Suppressed ones stay, with a note. */
export default defineJson({
  recognises: (value) =>
    Array.isArray(member(value, "runs")) &&
    (typeof member(value, "version") === "string" || /sarif/i.test(textOf(value, "$schema") ?? "")),

  read(name, value) {
    const version = textOf(value, "version") ?? "";
    const draft = new Draft(name, "sarif", `SARIF ${version}`);
    if (version !== "2.1.0") draft.problem("/version", `Version ${version || "(none)"} was read as 2.1.0.`);
    for (const [i, run] of objectsIn(member(value, "runs")).entries()) readRun(draft, run, `/runs/${i}`);
    return draft;
  },
});

function readRun(draft: Draft, run: JsonObject, at: string): void {
  const driver = member(member(run, "tool"), "driver");
  const invocations = objectsIn(member(run, "invocations"));
  const settings = invocations.map((one) => textOf(one, "commandLine") ?? textsIn(member(one, "arguments")).join(" "));
  draft.toolIs(
    textOf(driver, "name"),
    textOf(driver, "semanticVersion") ?? textOf(driver, "version"),
    settings.find((text) => text !== "") ?? null,
  );
  invocations.forEach((one, i) => {
    draft.performed(textOf(one, "startTimeUtc"), `${at}/invocations/${i}/startTimeUtc`);
    draft.performed(textOf(one, "endTimeUtc"), `${at}/invocations/${i}/endTimeUtc`);
    if (member(one, "executionSuccessful") === false)
      draft.problem(`${at}/invocations/${i}`, "The tool says that it did not run to its end.");
  });
  for (const one of objectsIn(member(run, "versionControlProvenance")))
    draft.subject("source", `${textOf(one, "repositoryUri") ?? ""}@${textOf(one, "revisionId") ?? "?"}`);
  for (const one of objectsIn(member(run, "artifacts")))
    if (textsIn(member(one, "roles")).includes("analysisTarget"))
      draft.subject("artefact", textOf(one, "location", "uri"), textOf(one, "hashes", "sha-256"));
  const rules = rulesOf(run);
  const results = objectsIn(member(run, "results"));
  if (!Array.isArray(member(run, "results"))) draft.problem(at, "The run has no list of results.");
  for (const result of results) readResult(draft, result, rules);
}

interface Rules {
  byIndex(extension: number | null, index: number): JsonObject | undefined;
  byId: ReadonlyMap<string, JsonObject>;
}

function rulesOf(run: JsonObject): Rules {
  const tool = member(run, "tool");
  const driver = objectsIn(member(member(tool, "driver"), "rules"));
  const extensions = objectsIn(member(tool, "extensions")).map((one) => objectsIn(member(one, "rules")));
  const byId = new Map<string, JsonObject>();
  for (const rule of [...extensions.flat(), ...driver]) {
    const id = textOf(rule, "id");
    if (id !== null) byId.set(id, rule);
  }
  return {
    byIndex: (extension, index) => (extension === null ? driver : extensions[extension])?.[index],
    byId,
  };
}

const number = (value: JsonValue | undefined): number | null =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : null;

function readResult(draft: Draft, result: JsonObject, rules: Rules): void {
  if (textOf(result, "baselineState") === "absent") return;
  const kind = textOf(result, "kind") ?? "fail";
  if (kind === "pass" || kind === "notApplicable") {
    draft.tests ??= { run: 0, passed: 0, failed: 0, skipped: 0 };
    draft.tests.run++;
    if (kind === "pass") draft.tests.passed++;
    else draft.tests.skipped++;
    return;
  }
  const reference = member(result, "rule");
  const id = textOf(result, "ruleId") ?? textOf(reference, "id");
  const index = number(member(result, "ruleIndex")) ?? number(member(reference, "index"));
  const extension = number(member(member(reference, "toolComponent"), "index"));
  const rule =
    (index === null ? undefined : rules.byIndex(extension, index)) ?? (id === null ? undefined : rules.byId.get(id));
  const ruleId = id ?? textOf(rule, "id") ?? "(no rule)";
  const message = messageOf(result, rule);
  draft.finding({
    rule: ruleId,
    title: textOf(rule, "shortDescription", "text") ?? textOf(rule, "name") ?? message ?? ruleId,
    ...severityOf(result, rule, kind),
    place: placeOf(result),
    weaknesses: [...weaknessesOf(rule), ...weaknessesOf(result), ruleId, message ?? ""],
    description: message ?? textOf(rule, "fullDescription", "text") ?? "",
    note: suppressedBy(result),
  });
}

function messageOf(result: JsonObject, rule: JsonObject | undefined): string | null {
  const id = textOf(result, "message", "id");
  const text = textOf(result, "message", "text") ?? (id === null ? null : textOf(rule, "messageStrings", id, "text"));
  const parts = textsIn(member(member(result, "message"), "arguments"));
  // Links inside a message, `[words](1)`: the words stay (SARIF 3.11.6).
  return (
    text
      ?.replaceAll(/\{(\d{1,2})\}/g, (whole, n: string) => parts[Number(n)] ?? whole)
      .replaceAll(/\[([^[\]]{1,200})\]\([^()\s]{1,300}\)/g, "$1") ?? null
  );
}

function severityOf(
  result: JsonObject,
  rule: JsonObject | undefined,
  kind: string,
): { severity: Rating; said: string } {
  const score = textOf(result, "properties", "security-severity") ?? textOf(rule, "properties", "security-severity");
  const scored = score === null ? null : ratingOfScore(score);
  const level = textOf(result, "level") ?? textOf(rule, "defaultConfiguration", "level") ?? "warning";
  if (scored !== null) return { severity: scored, said: `${level}, ${score}` };
  return { severity: kind === "informational" ? "none" : ratingOfWord(level), said: kind === "fail" ? level : kind };
}

function placeOf(result: JsonObject): string {
  const [first] = objectsIn(member(result, "locations"));
  const physical = member(first, "physicalLocation");
  const uri = textOf(physical, "artifactLocation", "uri");
  const line = textOf(physical, "region", "startLine");
  const [logical] = objectsIn(member(first, "logicalLocations"));
  const named = textOf(logical, "fullyQualifiedName") ?? textOf(logical, "name");
  return uri === null ? (named ?? "") : line === null ? uri : `${uri}:${line}`;
}

/** Tags (`external/cwe/cwe-079`), taxa (`{ id: "79", toolComponent: { name: "CWE" } }`) and relationships of a rule. */
function weaknessesOf(holder: JsonObject | undefined): string[] {
  const taxa = [
    ...objectsIn(member(holder, "taxa")),
    ...objectsIn(member(holder, "relationships")).flatMap((one) => {
      const target = member(one, "target");
      return isObject(target) ? [target] : [];
    }),
  ];
  return [
    ...textsIn(member(member(holder, "properties"), "tags")),
    ...textsIn(member(member(holder, "properties"), "cwe")),
    ...taxa.map(
      (one) => `${textOf(one, "toolComponent", "name") ?? ""}-${(textOf(one, "id") ?? "").replace(/^CWE-/i, "")}`,
    ),
  ];
}

function suppressedBy(result: JsonObject): string | null {
  const [first] = objectsIn(member(result, "suppressions"));
  if (first === undefined) return null;
  const state = textOf(first, "status") ?? "accepted";
  return `Suppressed in the tool (${state}): ${textOf(first, "justification") ?? "no reason given"}`;
}
