import { type JsonObject, member } from "../../../lib/json.ts";
import { createDependencies, type Refs } from "./graph.ts";
import { type Locate, type Reading, readObjects, readText, readTexts } from "./reading.ts";
import type { Sbom } from "./schema.ts";

type Meaning = "needs" | "needed-by" | "holds" | "held-by" | "describes" | "described-by" | "other";

/** Relationship types of SPDX 2.3 (table 68) that say what a thing is made of or needs. */
const MEANINGS: Record<string, Meaning> = {
  DEPENDS_ON: "needs",
  DYNAMIC_LINK: "needs",
  STATIC_LINK: "needs",
  HAS_PREREQUISITE: "needs",
  DEPENDENCY_OF: "needed-by",
  RUNTIME_DEPENDENCY_OF: "needed-by",
  BUILD_DEPENDENCY_OF: "needed-by",
  DEV_DEPENDENCY_OF: "needed-by",
  OPTIONAL_DEPENDENCY_OF: "needed-by",
  PROVIDED_DEPENDENCY_OF: "needed-by",
  TEST_DEPENDENCY_OF: "needed-by",
  PREREQUISITE_FOR: "needed-by",
  CONTAINS: "holds",
  CONTAINED_BY: "held-by",
  DESCRIBES: "describes",
  DESCRIBED_BY: "described-by",
  /** Written by tern. */
  DESCRIBE: "describes",
};

export interface SpdxRelations {
  /** References of what the document describes. */
  described: string[];
  dependencies: Sbom["dependencies"];
  /** Component to the first one that is said to contain it. */
  containers: Map<string, string>;
}

/** Both forms SPDX JSON has: `relationships`, and `documentDescribes` for the document's own. */
export function mapRelationships(
  reading: Reading,
  document: JsonObject,
  refs: Refs,
  locate: Locate,
  root: string,
): SpdxRelations {
  const own = member(document, "SPDXID");
  const dependencies = createDependencies();
  const described = readTexts(reading, document, "documentDescribes", root);
  const containers = new Map<string, string>();
  const known = (ref: string, at: string): boolean => {
    if (refs.has(ref)) return true;
    if (!isElsewhere(ref))
      reading.report(at, `No package or file has the identifier ${ref}; the relationship was left out.`);
    return false;
  };
  for (const { object, pointer } of readObjects(reading, document, "relationships", root)) {
    const at = locate(object, pointer);
    const from = readText(reading, object, "spdxElementId", at);
    const to = readText(reading, object, "relatedSpdxElement", at);
    const type = readText(reading, object, "relationshipType", at);
    if (from === null || to === null || type === null) {
      reading.report(at, "This relationship lacks an end or a type; it was left out.");
      continue;
    }
    const [meaning, one, other] = turn(meaningOf(type), from, to);
    if (meaning === "describes") {
      if (one === own || one === "SPDXRef-DOCUMENT") described.push(other);
    } else if (meaning === "needs") {
      if (other === "NONE" && known(one, at)) dependencies.add(one, null);
      else if (known(one, at) && known(other, at)) dependencies.add(one, other);
    } else if (meaning === "holds" && one !== own && one !== "SPDXRef-DOCUMENT") {
      if (other !== "NONE" && known(one, at) && known(other, at) && !containers.has(other)) containers.set(other, one);
    }
  }
  return { described, dependencies: dependencies.list(), containers };
}

function meaningOf(type: string): Meaning {
  const key = type.toUpperCase();
  return Object.hasOwn(MEANINGS, key) ? (MEANINGS[key] ?? "other") : "other";
}

/** Says passive relationships actively. */
function turn(meaning: Meaning, from: string, to: string): [Meaning, string, string] {
  if (meaning === "needed-by") return ["needs", to, from];
  if (meaning === "held-by") return ["holds", to, from];
  if (meaning === "described-by") return ["describes", to, from];
  return [meaning, from, to];
}

/** Things SPDX lets a relationship name that are in no list here: other documents, snippets, nothing. */
function isElsewhere(ref: string): boolean {
  return /^(?:DocumentRef-|NOASSERTION$|NONE$|SPDXRef-Snippet)/.test(ref);
}
