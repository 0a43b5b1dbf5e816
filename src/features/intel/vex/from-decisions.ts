import type { DeviceFile, FileDecision, FileRelease } from "../../devices/device-file/schema.ts";
import type { Component } from "../../devices/sbom/schema.ts";
import { nameOf } from "../assess/findings.ts";
import { justificationOf } from "./justification.ts";
import { namedPart } from "./named-part.ts";
import type { VexPart, VexRefusal, VexStatement, VexStatus } from "./schema.ts";
import { distinct } from "./take-statement.ts";

const STATUS: Readonly<Record<FileDecision["state"], VexStatus>> = {
  "in-triage": "under_investigation",
  affected: "affected",
  "not-affected": "not_affected",
  fixed: "fixed",
  accepted: "affected",
};
/** CISA's minimum requirements ask for an action wherever a product is affected. */
const NO_ACTION = "No action is named yet.";

export interface DecidedRelease {
  device: Pick<DeviceFile, "name" | "manufacturer">;
  release: Pick<FileRelease, "version" | "decisions">;
  /** The parts of the release's SBOMs. */
  components: readonly Component[];
  /** Where the decisions stand, for refusals. */
  path: string;
  issuedAt: Date;
}

/**
 * A release's decisions as VEX statements, each about the components it names inside this release of the device. A decision on a
 * component the SBOMs do not hold, or without the reason not-affected needs, is refused.
 */
export function statementsFromDecisions({ device, release, components, path, issuedAt }: DecidedRelease): {
  statements: VexStatement[];
  refused: VexRefusal[];
} {
  const product = namedPart({ name: device.name, version: release.version, purl: null, cpes: [] });
  const statements: VexStatement[] = [];
  const refused: VexRefusal[] = [];
  release.decisions.forEach((decision, i) => {
    const at = `releases[${release.version}].decisions[${i}]`;
    const parts = componentsNamed(components, decision.component);
    const reason = whyRefused(decision, parts.length);
    if (reason !== null) {
      refused.push({ at: `${path} ${at}`, reason });
      return;
    }
    const status = STATUS[decision.state];
    const note = decision.note.trim() === "" ? null : decision.note.trim();
    statements.push({
      vulnerabilities: [decision.advisory],
      products: [product],
      subcomponents: parts,
      status,
      justification: status === "not_affected" ? justificationOf(decision.justification ?? "") : null,
      originalJustification: status === "not_affected" ? (decision.justification ?? null) : null,
      impact: status === "not_affected" ? note : null,
      action: status === "affected" ? (note ?? NO_ACTION) : null,
      note: status === "fixed" || status === "under_investigation" ? note : null,
      author: device.manufacturer || device.name,
      source: { format: "cyclonedx", document: path, at },
      issuedAt: issuedAt.toISOString(),
      version: "1",
    });
  });
  return { statements, refused };
}

function whyRefused({ state, justification, note, component }: FileDecision, found: number): string | null {
  if (found === 0) return `The SBOMs of this release hold no component "${component}"`;
  if (justification !== undefined && justificationOf(justification) === null)
    return `The justification "${justification}" is not known`;
  if (state === "not-affected" && justification === undefined && note.trim() === "")
    return "not-affected has neither a justification nor a note";
  return null;
}

/** Decisions write `group/name`, or the name alone. */
function componentsNamed(components: readonly Component[], wanted: string): VexPart[] {
  const named = components.filter((one) => nameOf(one).name === wanted || one.name === wanted);
  const parts = named.map((one) => namedPart({ ...one, name: nameOf(one).name }));
  return distinct(parts.map((part) => JSON.stringify(part))).map((text): VexPart => JSON.parse(text));
}
