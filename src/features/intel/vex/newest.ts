import { asJson, canonicalJson } from "../../../lib/canonical-json.ts";
import type { VexStatement, VexStatus } from "./schema.ts";

/** Of two that were issued together the more careful one stands. */
const CAREFUL: readonly VexStatus[] = ["not_affected", "fixed", "under_investigation", "affected"];

/** Which of two statements stands: positive when `a` does. Issued later, then of a higher version, then more careful; never by order of reading. */
export function compareStanding(a: VexStatement, b: VexStatement): number {
  return (
    compare(a.issuedAt ?? "", b.issuedAt ?? "") ||
    versionNumber(a.version) - versionNumber(b.version) ||
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

const versionNumber = (version: string | null) => {
  const number = Number.parseFloat(version ?? "");
  return Number.isFinite(number) ? number : 0;
};
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
