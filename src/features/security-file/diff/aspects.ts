import type { Item, ItemKind } from "../schema.ts";
import type { ItemChange } from "./compare-items.ts";
import type { Aspect } from "./schema.ts";

const words = (text: string) => text.split(" ");
const table = (rows: readonly (readonly [Aspect, string])[]): Readonly<Record<string, Aspect>> =>
  Object.fromEntries(rows.flatMap(([aspect, fields]) => words(fields).map((field) => [field, aspect])));

/** What a field is about where that differs from its kind of item. */
const FIELDS: Readonly<Record<string, Aspect>> = {
  ...table([
    ["wording", "*.name *.description *.sourceId *.methodologyBecause layouts.places layouts.note updatePaths.cadence"],
    ["components", "elements.components"],
    ["authentication", "ports.accessControl flows.path.accessControl"],
    ["interfaces", "flows.fromPort flows.toPort flows.path.protocol flows.path.protocolVersion flows.path.port"],
    [
      "cryptography",
      "flows.path.cryptography flows.path.cryptographyStrength flows.path.keyUsage flows.path.encrypted flows.path.integrityProtected flows.path.proprietaryCryptography flows.path.expertAnalysis",
    ],
    [
      "authentication",
      "flows.path.authentication flows.path.authenticationStrength flows.path.authorization flows.path.roles flows.path.credentials flows.path.mutual flows.path.antiReplay flows.path.verifiedWhere flows.path.credentialDistribution flows.path.identityManagement flows.path.sessionStart flows.path.sessionEnd",
    ],
    ["update", "flows.path.updateProtection"],
    [
      "assurance",
      "flows.path.evidence flows.path.notApplicable controls.freshnessDays controls.references controls.requirements controls.treatedIn",
    ],
  ]),
};

const KINDS: Readonly<Record<ItemKind, Aspect>> = {
  zones: "architecture",
  elements: "architecture",
  ports: "interfaces",
  assets: "architecture",
  credentials: "authentication",
  flows: "architecture",
  updatePaths: "update",
  states: "clinical",
  useCases: "assurance",
  assumptions: "assurance",
  functions: "clinical",
  hazards: "clinical",
  situations: "clinical",
  harms: "clinical",
  threats: "assurance",
  risks: "assurance",
  requirements: "assurance",
  controls: "controls",
  tests: "assurance",
  evidence: "assurance",
  labels: "assurance",
  layouts: "wording",
};

const OF_CONTROL: Partial<Record<string, Aspect>> = {
  authentication: "authentication",
  authorization: "authentication",
  cryptography: "cryptography",
  updates: "update",
};
const KEYS = new Set(["symmetric-key", "private-key", "certificate"]);

/** What a changed field is about. */
export const aspectOfField = (kind: ItemKind, field: string): Aspect =>
  FIELDS[`${kind}.${field}`] ?? FIELDS[`*.${field}`] ?? KINDS[kind];

/** Everything a change is about. A flow that comes or goes is new connectivity; a key is cryptography; a control is what it controls. */
export function aspectsOf({ kind, before, after, fields }: ItemChange): Aspect[] {
  const item = after ?? before;
  const own = before === null || after === null ? [KINDS[kind]] : fields.map(({ field }) => aspectOfField(kind, field));
  if ((before === null || after === null) && kind === "flows") own.push("interfaces");
  const real = own.some((aspect) => aspect !== "wording");
  if (real && kind === "credentials" && KEYS.has((item as Item<"credentials">).kind)) own.push("cryptography");
  if (real && kind === "controls") {
    const control = item as Item<"controls">;
    const of = OF_CONTROL[control.category ?? ""];
    if (of !== undefined && own.includes("controls")) own.push(of);
  }
  return [...new Set(own)];
}
