import type { Component, Sbom } from "../../devices/sbom/schema.ts";
import { nameOf } from "../assess/findings.ts";
import type { Assessment, ComponentName, Finding, Settled } from "../assess/schema.ts";
import { bomLink, type Present, partMeets } from "./meets.ts";
import { ofLastEditions, standing } from "./newest.ts";
import type { VexRefusal, VexStatement } from "./schema.ts";

/** A component where it stands: itself, what it is nested in, and the products around it. */
interface Occurrence {
  self: Present;
  around: Present[];
}

/**
 * Holds VEX statements against the findings of an assessment. A finding whose newest statement says not affected or fixed moves to
 * `settled`, with that statement; every other finding stays. A statement holds for the products and components it names and no others.
 */
export function settle(
  assessment: Assessment,
  sboms: readonly { sbom: Sbom }[],
  statements: readonly VexStatement[],
  refused: readonly VexRefusal[] = [],
): Assessment {
  const { name, version } = assessment.subject;
  const device = { name, version, purl: null, cpes: [], link: null };
  const speakers = speakersAbout([device], sboms, ofLastEditions(statements));
  const used = new Set<VexStatement>();
  const findings: Finding[] = [];
  const settled: Settled[] = [];
  for (const finding of assessment.findings) {
    const speaking = speakers(finding);
    for (const statement of speaking) used.add(statement);
    const winner = standing(speaking);
    if (winner?.status === "not_affected" || winner?.status === "fixed") settled.push({ ...finding, vex: winner });
    else findings.push(finding);
  }
  const unused = statements.filter((statement) => !used.has(statement));
  return {
    ...assessment,
    findings,
    settled,
    vex: { statements: statements.length, used: used.size, unused, refused: [...refused] },
  };
}

/**
 * Which statements speak of a finding: by any id of its vulnerability, and at every place its component stands in these SBOMs of the
 * devices (one device under all its names).
 */
export function speakersAbout<S extends VexStatement>(
  devices: readonly Present[],
  sboms: readonly { sbom: Sbom }[],
  statements: readonly S[],
): (finding: Pick<Finding, "advisory" | "aliases" | "component">) => S[] {
  const places = occurrences(devices, sboms);
  const byVulnerability = new Map<string, S[]>();
  for (const statement of statements)
    for (const id of new Set(statement.vulnerabilities.map((one) => one.toLowerCase()))) {
      const known = byVulnerability.get(id);
      if (known === undefined) byVulnerability.set(id, [statement]);
      else known.push(statement);
    }
  return ({ advisory, aliases, component }) => {
    const about = new Set([advisory, ...aliases].flatMap((id) => byVulnerability.get(id.toLowerCase()) ?? []));
    const here = places.get(keyOf(component)) ?? [];
    return [...about].filter((statement) => holds(statement, here));
  };
}

/** Whether a statement speaks of a component at every place it stands: what holds in one place only settles nothing. */
function holds({ products, subcomponents }: VexStatement, here: readonly Occurrence[]): boolean {
  return (
    here.length > 0 &&
    here.every(({ self, around }) =>
      subcomponents.length === 0
        ? products.some((product) => [self, ...around].some((present) => partMeets(product, present)))
        : subcomponents.some((part) => partMeets(part, self)) &&
          products.some((product) => around.some((present) => partMeets(product, present))),
    )
  );
}

const keyOf = ({ name, version, purl, cpe }: ComponentName) => JSON.stringify([name, version, purl, cpe]);

function occurrences(devices: readonly Present[], sboms: readonly { sbom: Sbom }[]): Map<string, Occurrence[]> {
  const places = new Map<string, Occurrence[]>();
  for (const { sbom } of sboms) {
    const parts = sbom.subject === null ? sbom.components : [sbom.subject, ...sbom.components];
    const byRef = new Map(parts.map((part) => [part.ref, part]));
    const whole = sbom.subject === null ? [] : [presentOf(sbom.subject, sbom), documentOf(sbom.subject, sbom)];
    for (const part of parts) {
      const key = keyOf(nameOf(part));
      const around = [...ancestorsOf(part, byRef).map((one) => presentOf(one, sbom)), ...whole, ...devices];
      const known = places.get(key) ?? [];
      known.push({ self: presentOf(part, sbom), around });
      places.set(key, known);
    }
  }
  return places;
}

function ancestorsOf(part: Component, byRef: ReadonlyMap<string, Component>): Component[] {
  const chain: Component[] = [];
  for (let ref = part.parent; ref !== null; ) {
    const parent = byRef.get(ref);
    if (parent === undefined || chain.includes(parent)) break;
    chain.push(parent);
    ref = parent.parent;
  }
  return chain;
}

function presentOf(part: Component, sbom: Sbom): Present {
  const { name, version, purl, cpes } = part;
  return { name: nameOf(part).name || name, version, purl, cpes, link: linkOf(sbom, part.ref) };
}

/** A BOM-Link without a reference names the BOM, and with it what the BOM is about. */
const documentOf = (subject: Component, sbom: Sbom): Present => ({
  ...presentOf(subject, sbom),
  link: linkOf(sbom, ""),
});

const linkOf = ({ serial }: Sbom, ref: string): string | null =>
  serial === null ? null : bomLink(`urn:cdx:${serial.replace(/^urn:uuid:/i, "")}/1#${ref}`);
