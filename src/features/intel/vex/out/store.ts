import type { Scope, Trx } from "../../../../platform/db.ts";

/** Findings that are there now as far as a statement needs them: of a release, or of a vulnerability everywhere. */
export const statedFindings = (
  trx: Trx,
  scope: Scope,
  about: { releaseId: string } | { advisories: readonly string[] },
  limit: number,
) =>
  trx
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
    .limit(limit)
    .execute();
