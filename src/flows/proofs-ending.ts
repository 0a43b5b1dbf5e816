import { type Ending, endingsOf } from "../features/evidence/coverage/ending.ts";
import { proofs, testFindings } from "../features/evidence/evidence.ts";
import type { Role } from "../features/people/schema.ts";
import { ofProofsEnding } from "../features/work/notices/tellings.ts";
import type { Today } from "../features/work/schema.ts";
import { acrossOrganizations, type Db, inScope, type Scope, type Trx } from "../platform/db.ts";
import type { Schedule } from "../platform/jobs/job.ts";
import { tell } from "./tell.ts";
import { standingOn } from "./weigh-evidence.ts";

const MONTH_DAYS = 30;
const WEEK_DAYS = 7;
const MOST_RELEASES = 100;
/** Those who may add evidence and answer for it. */
const PROVE: readonly Role[] = ["product-security", "engineer", "regulatory"];

const dayOf = (at: Date) => at.toISOString().slice(0, 10);

async function endingByRelease(trx: Trx, scope: Scope, now: Date) {
  const today = dayOf(now);
  const found = [];
  for (const release of await proofs.releasesWithProofs(trx, scope, MOST_RELEASES)) {
    const endings = endingsOf(await standingOn(trx, scope, release.id, today), today, MONTH_DAYS);
    if (endings.length > 0) found.push({ release, endings });
  }
  return found;
}

/** What runs out, and what tests found and nobody decided on, for the page of today. */
export async function evidenceToday(
  trx: Trx,
  scope: Scope,
  now: Date,
  most: number,
): Promise<Pick<Today, "proofsEnding" | "testFindings">> {
  const open = await testFindings.openByRelease(trx, scope, dayOf(now), most);
  const ending = await endingByRelease(trx, scope, now);
  return {
    testFindings: open.map(({ deviceId, deviceName, releaseId, version, open: undecided, overdue }) => ({
      device: { id: deviceId, name: deviceName },
      release: { id: releaseId, version },
      open: undecided,
      overdue,
    })),
    proofsEnding: ending
      .map(({ release, endings }) => {
        const next = endings.find(({ daysLeft }) => daysLeft >= 0);
        return {
          device: { id: release.deviceId, name: release.device },
          release: { id: release.id, version: release.version },
          ended: endings.filter(({ daysLeft }) => daysLeft < 0).length,
          ending: endings.filter(({ daysLeft }) => daysLeft >= 0).length,
          next: next === undefined ? null : { name: next.name, on: next.on },
        };
      })
      .sort((a, b) => (a.next?.on ?? "").localeCompare(b.next?.on ?? ""))
      .slice(0, most),
  };
}

/** A month before, a week before, and when it has run out; each told once, controls of one day together. */
export async function tellProofsEnding(db: Db, now: Date): Promise<void> {
  const organizations = await acrossOrganizations(db, (trx) =>
    trx.selectFrom("organization").select("organizationId").execute(),
  );
  for (const { organizationId } of organizations) {
    const scope: Scope = { organizationId, actor: { kind: "system", id: "schedule", name: "Cordon" } };
    await inScope(db, scope, async (trx) => {
      for (const { release, endings } of await endingByRelease(trx, scope, now))
        for (const [on, same] of Map.groupBy(endings, (ending) => ending.on)) {
          const names = same.map(({ name }) => name);
          await tell(trx, scope, ofProofsEnding(release, names, on, stageOf(same)), { roles: PROVE }, now);
        }
    });
  }
}

function stageOf([first]: readonly Ending[]): "month" | "week" | "ended" {
  const left = first?.daysLeft ?? 0;
  return left < 0 ? "ended" : left <= WEEK_DAYS ? "week" : "month";
}

export const proofSchedule: Schedule = {
  name: "proofs.tell-ending",
  cron: "23 5 * * *",
  run: ({ db }) => tellProofsEnding(db, new Date()),
};
