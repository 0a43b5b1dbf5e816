import { Fault } from "../../../lib/fault.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../../../lib/json.ts";
import { VEX_STATUSES, type VexPart, type VexReading } from "./schema.ts";
import {
  clip,
  distinct,
  listOf,
  NO_PART,
  objectOf,
  startTaking,
  type Taking,
  textOf,
  textsOf,
} from "./take-statement.ts";

const CONTEXT = /^https:\/\/openvex\.dev\/ns(?:\/v?(\d+\.\d+\.\d+))?\/?$/;

/** Whether a JSON document is OpenVEX; documents before 0.0.1 name a format instead of a context. */
export const isOpenVex = (value: JsonObject): boolean =>
  /openvex\.dev/.test(textOf(value, "@context") ?? "") ||
  (Array.isArray(member(value, "statements")) && textOf(value, "author") !== null);

/** Reads OpenVEX 0.0.1 and 0.2.0. Fault `bad_input` for versions that are not known. */
export function readOpenVex(document: JsonObject, name: string): VexReading {
  const context = textOf(document, "@context");
  const version = context === null ? "0.0.0" : (CONTEXT.exec(context)?.[1] ?? (CONTEXT.test(context) ? "0.0.1" : null));
  if (version === null || !/^0\.[0-2]\.\d+$/.test(version))
    throw new Fault("bad_input", `The OpenVEX version of "${clip(context ?? "")}" is not known here`, {
      at: `${name} /@context`,
      fix: "Write it as OpenVEX 0.0.1 or 0.2.0",
    });
  const taking = startTaking("openvex", version, name, {
    series: textOf(document, "@id"),
    edition: textOf(document, "version"),
  });
  for (const [i, statement] of listOf(document, "statements").entries())
    readStatement(taking, document, statement, `/statements/${i}`);
  return taking.reading();
}

function readStatement(taking: Taking, document: JsonObject, statement: JsonValue, at: string): void {
  if (!isObject(statement)) {
    taking.refuse(at, "The statement is no object");
    return;
  }
  const word = textOf(statement, "status");
  const status = VEX_STATUSES.find((one) => one === word);
  if (status === undefined) {
    taking.refuse(`${at}/status`, `The status "${clip(word ?? "")}" is not known`);
    return;
  }
  const said = {
    at,
    vulnerabilities: vulnerabilitiesOf(statement),
    status,
    justification: textOf(statement, "justification"),
    impact: textOf(statement, "impact_statement"),
    action: textOf(statement, "action_statement"),
    note: textOf(statement, "status_notes"),
    author: textOf(document, "author"),
    issuedAt:
      textOf(statement, "last_updated") ??
      textOf(statement, "timestamp") ??
      textOf(document, "last_updated") ??
      textOf(document, "timestamp"),
    version: textOf(statement, "version") ?? textOf(document, "version"),
  };
  const common = partsOf(statement, "subcomponents");
  const products = listOf(statement, "products").map((value) => ({
    part: partOf(value),
    own: [...partsOf(value, "subcomponents"), ...common],
  }));
  if (products.some(({ part }) => part === null)) {
    taking.refuse(`${at}/products`, "A product has no identity");
    return;
  }
  const parts = products.flatMap(({ part, own }) => (part === null ? [] : [{ part, own }]));
  const whole = parts.filter(({ own }) => own.length === 0).map(({ part }) => part);
  if (whole.length > 0 || parts.length === 0) taking.take({ ...said, products: whole, subcomponents: [] });
  for (const { part, own } of parts) if (own.length > 0) taking.take({ ...said, products: [part], subcomponents: own });
}

function vulnerabilitiesOf(statement: JsonObject): (string | null)[] {
  const value = member(statement, "vulnerability");
  if (typeof value === "string") return [value.trim() || null];
  return [textOf(value, "name"), ...textsOf(value, "aliases")];
}

const partsOf = (value: JsonValue, key: string): VexPart[] => listOf(value, key).map((one) => partOf(one) ?? NO_PART);

function partOf(value: JsonValue): VexPart | null {
  const id = typeof value === "string" ? value.trim() : textOf(value, "@id");
  const identifiers = isObject(value) ? objectOf(value, "identifiers") : null;
  const named = [id, textOf(identifiers ?? undefined, "purl")].filter((one) => one !== null);
  const purls = distinct(named.filter((one) => one.startsWith("pkg:")));
  const cpes = ["cpe23", "cpe22"].flatMap((key) => textOf(identifiers ?? undefined, key) ?? []);
  const stated = id?.startsWith("cpe:") === true ? distinct([id, ...cpes]) : cpes;
  return id === null && purls.length + stated.length === 0 ? null : { ...NO_PART, ref: id, purls, cpes: stated };
}
