import { Fault } from "../../../lib/fault.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../../../lib/json.ts";
import { justificationOf } from "./justification.ts";
import type { VexFormat, VexPart, VexReading, VexRefusal, VexStatement, VexStatus } from "./schema.ts";

/** A statement as a reader found it, before it is known to be one that can be used. */
export interface Draft {
  at: string;
  vulnerabilities: readonly (string | null)[];
  products: readonly VexPart[];
  subcomponents: readonly VexPart[];
  status: VexStatus;
  justification: string | null;
  impact: string | null;
  action: string | null;
  note: string | null;
  author: string | null;
  issuedAt: string | null;
  version: string | null;
}

export interface Taking {
  take(draft: Draft): void;
  refuse(at: string, reason: string): void;
  reading(): VexReading;
}

const MAX_REFUSED = 1_000;
/** Products times vulnerabilities: a short document can say a lot. */
const MAX_STATEMENTS = 100_000;

/**
 * Collects the statements of one document; what may not be used is refused with its place (RFC 6901 pointer). Fault `too_large` beyond
 * the limit.
 */
export function startTaking(
  format: VexFormat,
  formatVersion: string,
  document: string,
  edition: { series: string | null; edition: string | null } = { series: null, edition: null },
): Taking {
  const statements: VexStatement[] = [];
  const refused: VexRefusal[] = [];
  const refuse = (at: string, reason: string) => {
    if (refused.length < MAX_REFUSED) refused.push({ at: `${document} ${at}`, reason });
  };
  return {
    refuse,
    take(draft) {
      const reason = whyRefused(draft);
      if (reason !== null) {
        refuse(draft.at, reason);
        return;
      }
      const { at, justification, vulnerabilities, products, subcomponents, issuedAt, ...said } = draft;
      const instant = readInstant(issuedAt);
      if (issuedAt !== null && instant === null) {
        refuse(at, `"${clip(issuedAt)}" is no instant`);
        return;
      }
      if (statements.length === MAX_STATEMENTS)
        throw new Fault("too_large", `The document makes more than ${MAX_STATEMENTS} statements`, {
          at: `${document} ${at}`,
          fix: "Split it, by product or by vulnerability",
        });
      statements.push({
        ...said,
        vulnerabilities: distinct(vulnerabilities.filter((id) => id !== null)),
        products: [...products],
        subcomponents: [...subcomponents],
        justification: justification === null ? null : justificationOf(justification),
        originalJustification: justification,
        source: {
          ...{ format, document, at },
          ...(edition.series === null ? {} : { series: edition.series }),
          ...(edition.edition === null ? {} : { edition: edition.edition }),
        },
        issuedAt: instant,
      });
    },
    reading: () => ({ format, formatVersion, statements, refused }),
  };
}

function whyRefused({ vulnerabilities, products, status, justification, impact }: Draft): string | null {
  if (!vulnerabilities.some((id) => id !== null)) return "The statement names no vulnerability";
  if (products.length === 0)
    return "The statement names no product: by its vulnerability alone it would hold everywhere";
  if (justification !== null && justificationOf(justification) === null)
    return `The justification "${clip(justification)}" is not known`;
  if (status === "not_affected" && justification === null && impact === null)
    return "not_affected has neither a justification nor an impact statement";
  return null;
}

/** The instant a text writes, in UTC; null when it writes none. */
export function readInstant(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}([T ]|$)/i.test(text)) return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

export const clip = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
export const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

export const NO_PART: VexPart = { ref: null, name: null, version: null, range: null, purls: [], cpes: [] };

/** A member that is text and not blank; a number as its text. */
export function textOf(value: JsonValue | undefined, key: string): string | null {
  const text = member(value, key);
  if (typeof text === "number") return String(text);
  return typeof text === "string" && text.trim() !== "" ? text.trim() : null;
}

export function listOf(value: JsonValue | undefined, key: string): JsonValue[] {
  const list = member(value, key);
  return Array.isArray(list) ? list : [];
}

export const textsOf = (value: JsonValue | undefined, key: string): string[] =>
  listOf(value, key).filter((one): one is string => typeof one === "string" && one.trim() !== "");

export const objectOf = (value: JsonValue | undefined, key: string): JsonObject | null => {
  const object = member(value, key);
  return isObject(object) ? object : null;
};
