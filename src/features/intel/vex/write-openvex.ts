import type { VexPart, VexStatement } from "./schema.ts";

export interface VexDocument {
  /** A UUID. */
  id: string;
  title: string;
  issuedAt: Date;
  author: string;
  /** An https address of the author's, where one is known: CSAF asks for it. */
  namespace: string;
}

/** An OpenVEX 0.2.0 document. */
export function writeOpenVex({ id, issuedAt, author }: VexDocument, statements: readonly VexStatement[]): object {
  return {
    "@context": "https://openvex.dev/ns/v0.2.0",
    "@id": `urn:uuid:${id}`,
    author,
    timestamp: issuedAt.toISOString(),
    version: 1,
    statements: statements.map((one) => ({
      vulnerability: {
        name: one.vulnerabilities[0] ?? "",
        ...(one.vulnerabilities.length > 1 ? { aliases: one.vulnerabilities.slice(1) } : {}),
      },
      timestamp: one.issuedAt ?? issuedAt.toISOString(),
      products: one.products.map((product) => ({
        ...identified(product),
        ...(one.subcomponents.length > 0 ? { subcomponents: one.subcomponents.map(identified) } : {}),
      })),
      status: one.status,
      ...(one.justification === null ? {} : { justification: one.justification }),
      ...(one.impact === null ? {} : { impact_statement: one.impact }),
      ...(one.action === null ? {} : { action_statement: one.action }),
      ...(one.note === null ? {} : { status_notes: one.note }),
    })),
  };
}

function identified({ ref, purls, cpes }: VexPart): object {
  const [purl] = purls;
  const cpe23 = cpes.find((cpe) => cpe.startsWith("cpe:2.3:"));
  const cpe22 = cpes.find((cpe) => cpe.startsWith("cpe:/"));
  return {
    "@id": purl ?? ref ?? cpe23 ?? cpe22 ?? "",
    ...(cpe23 === undefined && cpe22 === undefined
      ? {}
      : {
          identifiers: {
            ...(purl === undefined ? {} : { purl }),
            ...(cpe23 === undefined ? {} : { cpe23 }),
            ...(cpe22 === undefined ? {} : { cpe22 }),
          },
        }),
  };
}
