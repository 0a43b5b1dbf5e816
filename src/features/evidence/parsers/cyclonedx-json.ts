import { type JsonObject, type JsonValue, member } from "../../../lib/json.ts";
import { addReportedVulnerability } from "../cyclonedx-vulnerability.ts";
import { Draft } from "../draft.ts";
import { objectsIn, textOf, textsIn } from "../json-texts.ts";
import { defineJson } from "../parser.ts";
import { countParts } from "../part-facts.ts";

/** CycloneDX JSON: with vulnerabilities it is a vulnerability report (VDR), without them what it says of licences and hashes. */
export default defineJson({
  recognises: (value) => textOf(value, "bomFormat") === "CycloneDX",

  read(name, value) {
    const version = textOf(value, "specVersion") ?? "";
    const isReport = Array.isArray(member(value, "vulnerabilities"));
    const draft = new Draft(name, isReport ? "cyclonedx-vdr" : "bom-facts", `CycloneDX ${version} JSON`);
    const metadata = member(value, "metadata");
    const [tool] = toolsOf(metadata);
    const maker = textOf(tool, "vendor") ?? textOf(tool, "publisher");
    const toolName = textOf(tool, "name");
    draft.toolIs(
      toolName === null || maker === null ? toolName : `${maker} ${toolName}`,
      textOf(tool, "version"),
      null,
    );
    draft.performed(textOf(metadata, "timestamp"), "/metadata/timestamp");
    const subject = member(metadata, "component");
    draft.subject("artefact", subject === undefined ? null : nameOf(subject), sha256Of(subject));

    const names = new Map<string, string>();
    const facts = countParts();
    eachComponent(member(value, "components"), (component) => {
      const ref = textOf(component, "bom-ref");
      if (ref !== null) names.set(ref, nameOf(component));
      facts.add({
        licenses: objectsIn(member(component, "licenses")).flatMap((one) => {
          const text = textOf(one, "expression") ?? textOf(one, "license", "id") ?? textOf(one, "license", "name");
          return text === null ? [] : [text];
        }),
        hashes: objectsIn(member(component, "hashes")).map((one) => textOf(one, "alg") ?? "unknown"),
      });
    });
    if (names.size > 0 || !isReport) facts.tell(draft);
    for (const one of objectsIn(member(value, "vulnerabilities")))
      addReportedVulnerability(draft, reported(one), (ref) => names.get(ref) ?? ref);
    return draft;
  },
});

function toolsOf(metadata: JsonValue | undefined): JsonObject[] {
  const tools = member(metadata, "tools");
  return [...objectsIn(tools), ...objectsIn(member(tools, "components"))];
}

const nameOf = (component: JsonValue): string =>
  [textOf(component, "group"), textOf(component, "name"), textOf(component, "version")].filter(Boolean).join(" ");

const sha256Of = (component: JsonValue | undefined): string | null =>
  objectsIn(member(component, "hashes"))
    .filter((one) => textOf(one, "alg") === "SHA-256")
    .map((one) => textOf(one, "content"))[0] ?? null;

/** Nested ones too, without recursion. */
function eachComponent(list: JsonValue | undefined, visit: (component: JsonObject) => void): void {
  const open = objectsIn(list);
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    visit(one);
    for (const inner of objectsIn(member(one, "components"))) open.push(inner);
  }
}

const reported = (one: JsonObject) => ({
  id: textOf(one, "id") ?? textOf(one, "bom-ref") ?? "(no id)",
  ratings: objectsIn(member(one, "ratings")).map((rating) => ({
    severity: textOf(rating, "severity"),
    score: textOf(rating, "score"),
  })),
  cwes: (Array.isArray(member(one, "cwes")) ? (member(one, "cwes") as JsonValue[]) : []).flatMap((cwe) =>
    typeof cwe === "number" || typeof cwe === "string" ? [String(cwe)] : [],
  ),
  references: objectsIn(member(one, "references")).flatMap((reference) => textOf(reference, "id") ?? []),
  description: textOf(one, "description") ?? "",
  detail: textOf(one, "analysis", "detail") ?? textOf(one, "detail") ?? "",
  state: textOf(one, "analysis", "state"),
  justification: textOf(one, "analysis", "justification"),
  response: textsIn(member(member(one, "analysis"), "response")).join(", "),
  affects: objectsIn(member(one, "affects")).flatMap((affected) => textOf(affected, "ref") ?? []),
});
