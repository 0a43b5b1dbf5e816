import { addReportedVulnerability, type ReportedVulnerability } from "../cyclonedx-vulnerability.ts";
import { Draft } from "../draft.ts";
import { defineXml } from "../parser.ts";
import { countParts } from "../part-facts.ts";

type Vulnerability = {
  -readonly [K in keyof ReportedVulnerability]: ReportedVulnerability[K] extends readonly (infer T)[]
    ? T[]
    : ReportedVulnerability[K];
};
const MOST_OF_A_LIST = 1_000;

interface Part {
  ref: string | null;
  group: string;
  name: string;
  version: string;
  licenses: string[];
  hashes: string[];
  sha256: string | null;
}

/** CycloneDX XML: a vulnerability report (VDR), or what it says of licences and hashes. */
export default defineXml({
  recognises: ({ name, namespace }) => name === "bom" && namespace.startsWith("http://cyclonedx.org/schema/bom/"),

  start(name, root) {
    const version = root.namespace.split("/").at(-1) ?? "";
    const draft = new Draft(name, "bom-facts", `CycloneDX ${version} XML`);
    const names = new Map<string, string>();
    const facts = countParts();
    const vulnerabilities: Vulnerability[] = [];
    const parts: Part[] = [];
    const tool = { name: "", version: "" };
    let algorithm = "";

    const closePart = (part: Part, isSubject: boolean) => {
      const called = [part.group, part.name, part.version].filter(Boolean).join(" ");
      if (isSubject) return draft.subject("artefact", called, part.sha256);
      if (part.ref !== null) names.set(part.ref, called);
      facts.add(part);
    };

    return {
      draft,
      open(element, path) {
        if (element.name === "component" || element.name === "service")
          parts.push({
            ref: element.attribute("bom-ref"),
            group: "",
            name: "",
            version: "",
            licenses: [],
            hashes: [],
            sha256: null,
          });
        if (element.name === "hash") algorithm = element.attribute("alg") ?? "";
        if (element.name === "vulnerabilities" && path.length === 2) draft.kind = "cyclonedx-vdr";
        if (element.name === "vulnerability" && path.at(-2) === "vulnerabilities")
          vulnerabilities.push({
            id: "",
            ratings: [],
            cwes: [],
            references: [],
            description: "",
            detail: "",
            state: null,
            justification: null,
            response: "",
            affects: [],
          });
        const current = vulnerabilities.at(-1);
        if (
          element.name === "rating" &&
          path.at(-3) === "vulnerability" &&
          (current?.ratings.length ?? MOST_OF_A_LIST) < 100
        )
          current?.ratings.push({ severity: null, score: null });
      },
      close(text, path) {
        const [element, around, above] = [path.at(-1), path.at(-2), path.at(-3)];
        const part = parts.at(-1);
        if (element === "component" || element === "service") {
          const closed = parts.pop();
          const inTools = path.includes("tools");
          if (closed !== undefined && inTools)
            draft.toolIs([closed.group, closed.name].filter(Boolean).join(" "), closed.version || null, null);
          if (closed !== undefined && !inTools) closePart(closed, around === "metadata");
          return;
        }
        if (element === "timestamp" && around === "metadata") draft.performed(text, "metadata/timestamp");
        if (around === "tool" && (element === "name" || element === "version")) tool[element] = text;
        if (element === "tool") draft.toolIs(tool.name, tool.version || null, null);
        if (part !== undefined && (around === "component" || around === "service")) {
          if (element === "group" || element === "name" || element === "version") part[element] = text;
        }
        if (part !== undefined && element === "hash" && around === "hashes" && part.hashes.length < MOST_OF_A_LIST) {
          part.hashes.push(algorithm);
          if (algorithm === "SHA-256") part.sha256 = text;
        }
        const isLicence =
          (around === "license" && (element === "id" || element === "name")) || element === "expression";
        if (part !== undefined && isLicence && part.licenses.length < MOST_OF_A_LIST) part.licenses.push(text);
        const current = vulnerabilities.at(-1);
        if (current === undefined || !path.includes("vulnerability")) return;
        const push = (list: string[]) => list.length < MOST_OF_A_LIST && list.push(text);
        if (around === "vulnerability") {
          if (element === "id") current.id = text;
          if (element === "description") current.description = text;
          if (element === "detail") current.detail ||= text;
        }
        const rating = current.ratings.at(-1);
        if (around === "rating" && rating !== undefined) {
          if (element === "severity") rating.severity = text;
          if (element === "score") rating.score = text;
        }
        if (element === "cwe") push(current.cwes);
        if (element === "id" && around === "reference") push(current.references);
        if (element === "ref" && above === "affects") push(current.affects);
        if (around === "analysis") {
          if (element === "state") current.state = text;
          if (element === "justification") current.justification = text;
          if (element === "detail") current.detail = text;
        }
        if (element === "response" && above === "analysis")
          current.response = current.response ? `${current.response}, ${text}` : text;
      },
      end() {
        if (names.size > 0 || draft.kind === "bom-facts") facts.tell(draft);
        for (const one of vulnerabilities)
          addReportedVulnerability(draft, { ...one, id: one.id || "(no id)" }, (ref) => names.get(ref) ?? ref);
      },
    };
  },
});
