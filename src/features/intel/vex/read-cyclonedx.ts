import { Fault } from "../../../lib/fault.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../../../lib/json.ts";
import { cyclonedxParts, type PartsByRef } from "./cyclonedx-parts.ts";
import type { VexPart, VexReading, VexStatus } from "./schema.ts";
import { clip, distinct, listOf, objectOf, startTaking, type Taking, textOf, textsOf } from "./take-statement.ts";

/** `impactAnalysisState` in the shared vocabulary. */
const STATUS: Readonly<Record<string, VexStatus>> = {
  resolved: "fixed",
  resolved_with_pedigree: "fixed",
  exploitable: "affected",
  in_triage: "under_investigation",
  false_positive: "not_affected",
  not_affected: "not_affected",
};
const FALSE_POSITIVE = "False positive: the vulnerability was wrongly associated with this component";

/** Reads the analyses of CycloneDX 1.4 to 1.7, alone or inside an SBOM. Vulnerabilities without an analysis say nothing. */
export function readCycloneDxVex(bom: JsonObject, name: string): VexReading {
  const version = textOf(bom, "specVersion") ?? "";
  if (!/^1\.[4-7]$/.test(version))
    throw new Fault("bad_input", `CycloneDX ${clip(version)} is not read for VEX`, {
      at: `${name} /specVersion`,
      fix: "Write it as CycloneDX 1.4 to 1.7",
    });
  const taking = startTaking("cyclonedx", version, name, {
    series: textOf(bom, "serialNumber")?.toLowerCase() ?? null,
    edition: textOf(bom, "version"),
  });
  const parts = cyclonedxParts(bom);
  const about = { author: authorOf(bom), issuedAt: timestampOf(bom), version: textOf(bom, "version") };
  for (const [i, vulnerability] of listOf(bom, "vulnerabilities").entries())
    readVulnerability(taking, vulnerability, `/vulnerabilities/${i}`, parts, about);
  return taking.reading();
}

interface About {
  author: string | null;
  issuedAt: string | null;
  version: string | null;
}

function readVulnerability(taking: Taking, value: JsonValue, at: string, parts: PartsByRef, about: About): void {
  if (!isObject(value)) {
    taking.refuse(at, "The vulnerability is no object");
    return;
  }
  const analysis = member(value, "analysis");
  if (analysis === undefined) return;
  const state = textOf(analysis, "state");
  const status = state !== null && Object.hasOwn(STATUS, state) ? STATUS[state] : undefined;
  if (status === undefined) {
    taking.refuse(`${at}/analysis/state`, `The state "${clip(state ?? "")}" is not known`);
    return;
  }
  const detail = textOf(analysis, "detail");
  const responses = textsOf(analysis, "response").join(", ");
  const said = {
    vulnerabilities: [textOf(value, "id"), ...listOf(value, "references").map((reference) => textOf(reference, "id"))],
    status,
    justification: textOf(analysis, "justification"),
    impact: status === "not_affected" ? (detail ?? (state === "false_positive" ? FALSE_POSITIVE : null)) : null,
    action:
      status === "affected"
        ? (detail ?? textOf(value, "recommendation") ?? textOf(value, "workaround") ?? (responses || null))
        : null,
    note: status === "fixed" || status === "under_investigation" ? detail : null,
    ...about,
    issuedAt:
      textOf(analysis, "lastUpdated") ?? textOf(analysis, "firstIssued") ?? about.issuedAt ?? textOf(value, "updated"),
  };
  const products: VexPart[] = [];
  const components: VexPart[] = [];
  for (const [i, target] of listOf(value, "affects").entries()) {
    const place = `${at}/affects/${i}`;
    const ref = textOf(target, "ref");
    const part = ref === null ? null : parts.find(ref);
    if (part === null) {
      taking.refuse(
        `${place}/ref`,
        `"${clip(ref ?? "")}" is no component of this document, nor a BOM-Link or package URL`,
      );
      continue;
    }
    const isWhole = parts.subject === null || part.ref === parts.subject.ref || isBomLink(part);
    (isWhole ? products : components).push(...withVersions(taking, target, part, status, place));
  }
  if (products.length > 0) taking.take({ at, ...said, products, subcomponents: [] });
  if (components.length > 0 && parts.subject !== null)
    taking.take({ at, ...said, products: [parts.subject], subcomponents: components });
  if (listOf(value, "affects").length === 0) taking.take({ at, ...said, products: [], subcomponents: [] });
}

const isBomLink = ({ ref }: VexPart) => ref?.startsWith("urn:cdx:") === true;

/**
 * The versions of a target an analysis is about. CycloneDX gives each version a status of its own: those that fit the analysis
 * carry it, the others have no analysis and are refused.
 */
function withVersions(taking: Taking, target: JsonValue, part: VexPart, status: VexStatus, at: string): VexPart[] {
  const versions = listOf(target, "versions");
  if (versions.length === 0) return [part];
  const fits =
    status === "affected" ? ["affected"] : status === "under_investigation" ? ["affected", "unknown"] : ["unaffected"];
  return versions.flatMap((entry, i) => {
    const version = textOf(entry, "version");
    const range = textOf(entry, "range");
    const said = textOf(entry, "status") ?? fits[0] ?? "";
    if ((version === null) === (range === null)) {
      taking.refuse(`${at}/versions/${i}`, "It needs either a version or a range");
      return [];
    }
    if (fits.includes(said)) return [{ ...part, version, range, purls: part.purls.map(withoutVersion), cpes: [] }];
    taking.refuse(
      `${at}/versions/${i}`,
      `A version that is "${clip(said)}" contradicts an analysis that says ${status}`,
    );
    return [];
  });
}

const withoutVersion = (purl: string) => purl.replace(/@[^@/?#]*(?=[?#]|$)/, "");

function authorOf(bom: JsonObject): string | null {
  const metadata = objectOf(bom, "metadata");
  if (metadata === null) return null;
  const authors = listOf(metadata, "authors").map((author) => textOf(author, "name") ?? textOf(author, "email"));
  const makers = ["manufacturer", "manufacture", "supplier"].map((key) => textOf(member(metadata, key), "name"));
  return distinct([...authors, ...makers]).find((one) => one !== null) ?? null;
}

const timestampOf = (bom: JsonObject) => textOf(member(bom, "metadata"), "timestamp");
