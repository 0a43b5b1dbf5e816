import { cyclonedxJustification } from "./justification.ts";
import type { VexPart, VexStatement, VexStatus } from "./schema.ts";
import { distinct } from "./take-statement.ts";
import type { VexDocument } from "./write-openvex.ts";

const STATE: Readonly<Record<VexStatus, string>> = {
  not_affected: "not_affected",
  affected: "exploitable",
  fixed: "resolved",
  under_investigation: "in_triage",
};

/** A CycloneDX 1.6 document about the one product of its statements: the components they name and an analysis for each statement. */
export function writeCycloneDxVex({ id, issuedAt, author }: VexDocument, statements: readonly VexStatement[]): object {
  const product = statements[0]?.products[0];
  const parts = new Map(statements.flatMap((one) => one.subcomponents).map((part) => [refOf(part), part]));
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${id}`,
    version: 1,
    metadata: {
      timestamp: issuedAt.toISOString(),
      authors: [{ name: author }],
      ...(product === undefined ? {} : { component: component(product, "device") }),
    },
    components: [...parts.values()].map((part) => component(part, "library")),
    vulnerabilities: statements.map((one) => ({
      id: one.vulnerabilities[0] ?? "",
      ...(one.vulnerabilities.length > 1
        ? {
            references: one.vulnerabilities
              .slice(1)
              .map((alias) => ({ id: alias, source: { name: alias.split("-")[0] } })),
          }
        : {}),
      analysis: {
        state: STATE[one.status],
        ...(one.justification === null
          ? {}
          : { justification: cyclonedxJustification(one.justification, one.originalJustification) }),
        ...detailOf(one),
        ...(one.issuedAt === null ? {} : { lastUpdated: one.issuedAt }),
      },
      affects: distinct((one.subcomponents.length > 0 ? one.subcomponents : one.products).map(refOf)).map((ref) => ({
        ref,
      })),
    })),
  };
}

function detailOf({ impact, action, note }: VexStatement): { detail?: string } {
  const detail = impact ?? action ?? note;
  return detail === null ? {} : { detail };
}

const refOf = ({ ref, purls, name, version }: VexPart): string => ref ?? purls[0] ?? `${name ?? ""}@${version ?? ""}`;

function component(part: VexPart, type: "device" | "library"): object {
  const { name, version, purls, cpes } = part;
  return {
    type,
    "bom-ref": refOf(part),
    name: name ?? refOf(part),
    ...(version === null ? {} : { version }),
    ...(cpes[0] === undefined ? {} : { cpe: cpes[0] }),
    ...(purls[0] === undefined ? {} : { purl: purls[0] }),
  };
}
