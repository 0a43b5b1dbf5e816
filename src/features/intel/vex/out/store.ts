import { Fault } from "../../../../lib/fault.ts";
import type { Scope, Trx } from "../../../../platform/db.ts";

/**
 * Findings that are there now as far as a statement needs them: of a release, or of a vulnerability everywhere. Fault `too_large` when
 * there are more than `most`: one left out in silence would be taken for not affected.
 */
export async function statedFindings(
  trx: Trx,
  scope: Scope,
  about: { releaseId: string } | { advisories: readonly string[] },
  most: number,
) {
  const found = await trx
    .selectFrom("finding")
    .select([
      "advisory",
      "aliases",
      "deviceId",
      "releaseId",
      "componentName",
      "componentVersion",
      "purl",
      "cpe",
      "fixedIn",
      "state",
      "justification",
      "note",
      "decidedAt",
      "foundAt",
      "suspect",
    ])
    .where("organizationId", "=", scope.organizationId)
    .where("goneAt", "is", null)
    .$if("releaseId" in about, (q) => q.where("releaseId", "=", "releaseId" in about ? about.releaseId : ""))
    .$if("advisories" in about, (q) => q.where("advisory", "in", "advisories" in about ? [...about.advisories] : []))
    .orderBy("advisory")
    .orderBy("componentName")
    .orderBy("id")
    .limit(most + 1)
    .execute();
  if (found.length > most)
    throw new Fault("too_large", `More than ${most.toLocaleString("en")} findings would have to be stated at once`, {
      at: "releaseId" in about ? "id" : "vulnerabilities",
      fix: "releaseId" in about ? "Take the findings through the API, page by page" : "Name fewer vulnerabilities",
    });
  return found;
}
