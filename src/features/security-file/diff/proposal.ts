import { wordFor } from "../check/structure.ts";
import type { SecurityFile } from "../schema.ts";
import { FULL_SET, REDUCED_SET } from "./documents.ts";
import type { Aspect, ItemDifference, Proposal } from "./schema.ts";

/** Aspects whose change may impact cybersecurity: authentication or encryption, new connectivity, the way of updates (VII.D.1). */
const MAY_IMPACT: Partial<Record<Aspect, string>> = {
  authentication: "Authentication or authorisation changed",
  cryptography: "Cryptography changed",
  interfaces: "Connectivity changed: an interface, a path or what is spoken on it",
  update: "The way of updates changed",
  architecture: "The architecture changed",
  controls: "A security control changed",
};

type Reasons = Proposal["reasons"];

/** FDA premarket guidance, VII.D: "may impact" with the full set of documents, or "unlikely to impact" with the reduced one. */
export function propose(differences: readonly ItemDifference[], before: SecurityFile, after: SecurityFile): Proposal {
  const reasons = differences.flatMap((one) => [...byAspect(one), ...byComponents(one, before, after)]);
  if (reasons.length > 0) return { impact: "may-impact", section: "VII.D.1", reasons, documents: FULL_SET };
  return { impact: "unlikely", section: "VII.D.2", reasons: whyUnlikely(differences), documents: REDUCED_SET };
}

function byAspect(one: ItemDifference): Reasons {
  const { kind, id, name, change, aspects, fields } = one;
  return aspects.flatMap((aspect) => {
    const rule = MAY_IMPACT[aspect];
    if (rule === undefined) return [];
    const which = fields.filter((field) => field.aspect === aspect).map(({ field }) => field.replace("path.", ""));
    const said = change === "changed" && which.length > 0 ? `: ${which.join(", ")}` : "";
    return [{ aspect, because: `${rule} (${wordFor(kind)} “${name}” ${change}${said})`, at: { kind, id, name } }];
  });
}

/** New parts where a control of authentication, cryptography or updates works may bring another algorithm. */
function byComponents({ kind, id, name, aspects }: ItemDifference, before: SecurityFile, after: SecurityFile): Reasons {
  if (kind !== "elements" || !aspects.includes("components")) return [];
  const control = [...after.controls, ...before.controls].find(
    ({ category, elements }) =>
      elements.includes(id) && ["authentication", "authorization", "cryptography", "updates"].includes(category ?? ""),
  );
  if (control === undefined) return [];
  const because = `Parts changed where the control “${control.name}” works: look whether its algorithm is the same (element “${name}”)`;
  return [{ aspect: "components" as const, because, at: { kind, id, name } }];
}

function whyUnlikely(differences: readonly ItemDifference[]): Reasons {
  const about = (aspect: Aspect) => differences.filter(({ aspects }) => aspects.includes(aspect));
  const parts = about("components").map(({ kind, id, name }) => ({
    aspect: "components" as const,
    because: `Parts of “${name}” changed, and no control of authentication, cryptography or updates works there: their known vulnerabilities count`,
    at: { kind, id, name },
  }));
  const clinical = about("clinical").map(({ kind, id, name }) => ({
    aspect: "clinical" as const,
    because: `The clinical side changed (${wordFor(kind)} “${name}”), and nothing it rests on`,
    at: { kind, id, name },
  }));
  const none = {
    aspect: "architecture" as const,
    because: "No element, interface, path, credential, cryptography, control or way of updates changed",
    at: null,
  };
  return [none, ...parts, ...clinical];
}
