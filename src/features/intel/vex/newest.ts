import { asJson, canonicalJson } from "../../../lib/canonical-json.ts";
import type { VexStatement, VexStatus } from "./schema.ts";

/** The least careful first. */
export const CAREFUL: readonly VexStatus[] = ["not_affected", "fixed", "under_investigation", "affected"];

/** Which of two statements stands: positive when `a` does. Issued later, then of a higher version, then more careful; never by order of reading. */
export function compareStanding(a: VexStatement, b: VexStatement): number {
  return (
    compare(a.issuedAt ?? "", b.issuedAt ?? "") ||
    compareEditions(a.version, b.version) ||
    CAREFUL.indexOf(a.status) - CAREFUL.indexOf(b.status) ||
    compare(canonicalJson(asJson(a)), canonicalJson(asJson(b)))
  );
}

/** The statement that stands among all that speak of one vulnerability in one component of one product. */
export const standing = (statements: readonly VexStatement[]): VexStatement | null =>
  statements.reduce<VexStatement | null>(
    (best, one) => (best === null || compareStanding(one, best) > 0 ? one : best),
    null,
  );

/**
 * Leaves out what an earlier edition of a document said of a product where a later one of the same author speaks of the product too: a
 * new edition takes the place of the one before (OpenVEX "version", CSAF 3.1.11.2, CycloneDX "version"), so that what it says no more is
 * withdrawn. By product, since real publishers give one id to the documents of many products.
 */
export function ofLastEditions<S extends VexStatement>(statements: readonly S[]): S[] {
  const last = new Map<string, string>();
  for (const statement of statements)
    for (const series of seriesOf(statement)) {
      const edition = statement.source.edition ?? "";
      if (compareEditions(edition, last.get(series) ?? "") >= 0) last.set(series, edition);
    }
  return statements.filter((statement) => {
    const all = seriesOf(statement);
    return (
      all.length === 0 ||
      all.some((series) => compareEditions(statement.source.edition ?? "", last.get(series) ?? "") === 0)
    );
  });
}

/** Of one author: nobody takes the place of another's document by calling his own the same. */
const seriesOf = ({ author, products, source: { series } }: VexStatement): string[] =>
  author === null || series === undefined
    ? []
    : products.map(({ ref, name, purls }) =>
        JSON.stringify([author.trim().toLowerCase(), series, ref ?? purls[0] ?? name]),
      );

/** `1.10.0` is later than `1.9.0`, `2` than `1`, and `1.0.0` than `1.0.0-rc.1`. */
function compareEditions(a: string | null, b: string | null): number {
  const [own, other] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < Math.max(own.length, other.length); i++) {
    const difference = (own[i] ?? 0) - (other[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(isDraft(b)) - Number(isDraft(a));
}

const numbersOf = (edition: string | null): number[] =>
  (/^\d+(?:\.\d+)*/.exec(edition ?? "")?.[0] ?? "0").split(".").map(Number);
const isDraft = (edition: string | null): boolean => /^[\d.]+-/.test(edition ?? "");
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
