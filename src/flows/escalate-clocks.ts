import { listPeople } from "../features/people/people.ts";
import type { Role } from "../features/people/schema.ts";
import type { Stage } from "../features/work/clocks/escalation.ts";
import { ofClock } from "../features/work/notices/tellings.ts";
import { clocks, heardOf } from "../features/work/work.ts";
import { acrossOrganizations, type Db, inScope, type Scope } from "../platform/db.ts";
import type { Schedule } from "../platform/jobs/job.ts";
import { tell } from "./tell.ts";

const MOST_AT_ONCE = 100;
const ANSWER_FOR_CLOCKS: readonly Role[] = ["product-security", "regulatory", "hospital-operator"];
/** From here on administrators hear of it too. */
const PRESSING: readonly Stage[] = ["most", "last-day", "overdue"];

/**
 * Clocks make themselves heard: at the start, at half, at four fifths, a day before and when they ran out. Their owner hears of it,
 * or those whose role it is where there is none or the owner is here no more; from four fifths on administrators too. A clock's stage, its ledger entry and its
 * notices commit together, and a clock that one server looks at is left out by the others.
 */
export async function escalateClocks(db: Db, now: Date, signal: AbortSignal): Promise<number> {
  let heard = 0;
  for (const organizationId of await acrossOrganizations(db, (trx) => clocks.organizationsWithDueClocks(trx, now))) {
    const scope: Scope = { organizationId, actor: { kind: "system", id: "schedule", name: "Cordon" } };
    for (let more = true; more && !signal.aborted; )
      more = await inScope(db, scope, async (trx) => {
        const due = await clocks.takeDueClocks(trx, scope, now, MOST_AT_ONCE);
        const members = due.length === 0 ? [] : await listPeople(trx, scope);
        for (const clock of due) {
          const told = await heardOf(trx, scope, clock, now);
          if (told === null) continue;
          heard += 1;
          const owner = members.flatMap(({ userId, state }) =>
            userId === clock.ownerId && state === "active" ? [userId] : [],
          );
          const roles = [
            ...(owner.length === 0 ? ANSWER_FOR_CLOCKS : []),
            ...(PRESSING.includes(told.stage) ? (["administrator"] as const) : []),
          ];
          await tell(trx, scope, ofClock(told.stage, told.clock), { people: owner, roles }, now);
        }
        return due.length === MOST_AT_ONCE;
      });
  }
  return heard;
}

export const clockSchedule: Schedule = {
  name: "clocks.escalate",
  cron: "* * * * *",
  run: ({ db, signal }) => escalateClocks(db, new Date(), signal),
};
