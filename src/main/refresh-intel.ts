import { sync } from "../features/intel/intel.ts";
import { startSync } from "../flows/advisory-arrived.ts";
import { acrossOrganizations, inScope, type Scope } from "../platform/db.ts";
import type { Schedule } from "../platform/jobs/job.ts";

/** Every six hours each organisation's sources are read again, where it has any. */
export const refreshIntel: Schedule = {
  name: "intel.refresh",
  cron: "17 */6 * * *",
  async run({ db }) {
    const organizations = await acrossOrganizations(db, (trx) =>
      trx.selectFrom("organization").select("organizationId").execute(),
    );
    for (const { organizationId } of organizations) {
      const scope: Scope = { organizationId, actor: { kind: "system", id: "schedule", name: "Cordon" } };
      await inScope(db, scope, async (trx) => {
        const sources = await sync.sourcesOf(trx, scope);
        if (sources.some(({ enabled }) => enabled)) await startSync(trx, scope, new Date());
      });
    }
  },
};
