import type { Justification, State } from "../../findings/schema.ts";
import { justificationOf } from "../justification.ts";
import { namedPart } from "../named-part.ts";
import type { VexStatement, VexStatus } from "../schema.ts";

export interface StatedFinding {
  advisory: string;
  aliases: readonly string[];
  componentName: string;
  componentVersion: string | null;
  purl: string | null;
  cpe: string | null;
  state: State;
  justification: Justification | null;
  note: string;
  decidedAt: Date | null;
  foundAt: Date;
  /** Decided for another version of the component: the decision is not said again. */
  suspect: boolean;
}

const STATUS: Readonly<Record<State, VexStatus>> = {
  new: "under_investigation",
  "in-triage": "under_investigation",
  affected: "affected",
  "not-affected": "not_affected",
  fixed: "fixed",
  accepted: "affected",
};
/** CISA's minimum requirements ask for an action wherever a product is affected. */
const NO_ACTION = "No action is named yet.";

/** The findings of a release of a device as VEX statements, each about one component in it. */
export function statementsFromFindings(
  device: { name: string; version: string },
  author: string,
  findings: readonly StatedFinding[],
): VexStatement[] {
  const product = namedPart({ ...device, purl: null, cpes: [] });
  return findings.map((one, i): VexStatement => {
    const status = one.suspect ? "under_investigation" : STATUS[one.state];
    const note = one.note.trim() === "" || one.suspect ? null : one.note.trim();
    const isUntouched = status === "not_affected";
    return {
      vulnerabilities: [...new Set([one.advisory, ...one.aliases])],
      products: [product],
      subcomponents: [
        namedPart({
          name: one.componentName,
          version: one.componentVersion,
          purl: one.purl,
          cpes: one.cpe === null ? [] : [one.cpe],
        }),
      ],
      status,
      justification: isUntouched ? justificationOf(one.justification ?? "") : null,
      originalJustification: isUntouched ? one.justification : null,
      impact: isUntouched ? note : null,
      action: status === "affected" ? (note ?? NO_ACTION) : null,
      note: status === "fixed" || status === "under_investigation" ? note : null,
      author,
      source: { format: "cyclonedx", document: "findings", at: String(i) },
      issuedAt: (one.decidedAt ?? one.foundAt).toISOString(),
      version: "1",
    };
  });
}
