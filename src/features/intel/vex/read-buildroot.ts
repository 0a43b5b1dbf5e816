import { Fault } from "../../../lib/fault.ts";
import type { VexReading } from "./schema.ts";
import { NO_PART, startTaking } from "./take-statement.ts";

const COLUMNS = ["buildroot_tag", "package", "cve"];

export const isBuildrootReasons = (text: string): boolean => text.startsWith(COLUMNS.join("\t"));

/**
 * The CVEs that recipes of Buildroot ignore, with the comment that says why: tab-separated tag, package, CVE, comment. A patch that
 * is named fixed it in this tag's package; any other comment says why it does not apply. A row holds for its tag only.
 */
export function readBuildrootReasons(text: string, name: string): VexReading {
  const [head = "", ...rows] = text.split(/\r?\n/);
  if (!isBuildrootReasons(head))
    throw new Fault("bad_input", "The columns are not those of Buildroot's ignored CVEs", {
      at: `${name}:1`,
      fix: `Start with ${COLUMNS.join(", ")} and the comment, separated by tabs`,
    });
  const taking = startTaking("buildroot", "1", name);
  rows.forEach((row, i) => {
    if (row.trim() === "") return;
    const at = `line ${i + 2}`;
    const [tag = "", part = "", cve = "", comment = ""] = row.split("\t").map((cell) => cell.trim());
    if (tag === "" || part === "" || !/^CVE-\d{4}-\d{4,}$/.test(cve)) {
      taking.refuse(at, "The row lacks a tag, a package or a CVE");
      return;
    }
    const isPatch = /\.(patch|dpatch|diff)\b/.test(comment);
    taking.take({
      at,
      vulnerabilities: [cve],
      products: [{ ...NO_PART, name: "buildroot", version: tag }],
      subcomponents: [{ ...NO_PART, name: part }],
      status: isPatch ? "fixed" : "not_affected",
      justification: null,
      impact: isPatch || comment === "" ? null : comment,
      action: null,
      note: isPatch ? `Patched in the recipe: ${comment}` : null,
      author: "Buildroot",
      issuedAt: null,
      version: tag,
    });
  });
  return taking.reading();
}
