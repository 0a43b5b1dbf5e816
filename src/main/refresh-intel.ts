import { sync } from "../features/intel/intel.ts";
import type { Source } from "../features/intel/source.ts";
import { startSync } from "../flows/advisory-arrived.ts";
import { isDue } from "../flows/visit-sources.ts";
import { acrossOrganizations, inScope, type Scope } from "../platform/db.ts";
import type { Schedule } from "../platform/jobs/job.ts";

/** Sources that are read as they are, in full: every so many hours. */
const PLAIN_EVERY_HOURS = 6;

/** Every hour the sources of the catalogue that are due are visited, and every six hours the others read, where an organisation has any. */
export const refreshIntel = (catalogue: readonly Source[]): Schedule => ({
  name: "intel.refresh",
  cron: "17 * * * *",
  async run({ db }) {
    const now = new Date();
    const organizations = await acrossOrganizations(db, (trx) =>
      trx.selectFrom("organization").select("organizationId").execute(),
    );
    for (const { organizationId } of organizations) {
      const scope: Scope = { organizationId, actor: { kind: "system", id: "schedule", name: "Cordon" } };
      await inScope(db, scope, async (trx) => {
        const due = (await sync.standingsOf(trx, scope)).some(({ enabled, plugIn, triedAt, failure }) => {
          if (!enabled) return false;
          if (plugIn === null) return now.getUTCHours() % PLAIN_EVERY_HOURS === 0;
          const every = catalogue.find(({ name }) => name === plugIn)?.everyHours ?? PLAIN_EVERY_HOURS;
          return isDue(every, triedAt, failure !== null, now);
        });
        if (due) await startSync(trx, scope, now, { all: false });
      });
    }
  },
});
