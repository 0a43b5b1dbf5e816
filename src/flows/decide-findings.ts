import { takeReleases } from "../features/devices/devices.ts";
import { decide, isOpen, isSuspect } from "../features/intel/findings/decision.ts";
import type { Decision, DecisionReceipt } from "../features/intel/findings/schema.ts";
import { type DecidedFinding, decisions, statements } from "../features/intel/intel.ts";
import { ofAssignment } from "../features/work/notices/tellings.ts";
import { Fault } from "../lib/fault.ts";
import { newId } from "../lib/ids.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { tell } from "./tell.ts";
import { weighVex } from "./weigh-vex.ts";
import { type Next, stateOf, writeChanges } from "./write-changes.ts";

interface Asked {
  id: string;
  revision: number;
}

/**
 * Somebody decided findings: each that nobody else changed since it was seen gets its new state, its history, its counts and its
 * ledger entry; the others are handed back. Fault `not_found` when one is not there at all.
 */
export async function decideFindings(
  trx: Trx,
  scope: Scope,
  asked: readonly Asked[],
  decision: Decision,
  now: Date,
): Promise<DecisionReceipt> {
  const { fresh, conflicts } = await takeFindings(trx, scope, asked);
  const changeId = newId();
  const next = fresh.map((finding) => ({
    finding,
    after: decide(stateOf(finding), decision, scope.actor, now, changeId),
  }));
  await writeChanges(trx, scope, next, "decided", changeId, now);
  await weighAgain(trx, scope, next, now);
  return receipt(next, conflicts, changeId);
}

/** Decides every open finding of a vulnerability, in some releases, one device or everywhere, at most 10,000 at once. */
export async function decideVulnerability(
  trx: Trx,
  scope: Scope,
  name: string,
  where: Parameters<typeof decisions.openFindingsOf>[3],
  decision: Decision,
  now: Date,
): Promise<DecisionReceipt> {
  const advisories = await decisions.advisoriesNamed(trx, scope, name);
  const found = [];
  for (const advisory of advisories)
    found.push(...(await decisions.openFindingsOf(trx, scope, advisory, where, MOST_AT_ONCE)));
  if (advisories.length === 0) throw new Fault("not_found", `No finding here is about ${name}`, { at: "advisory" });
  return decideFindings(trx, scope, found.slice(0, MOST_AT_ONCE), decision, now);
}

const MOST_AT_ONCE = 10_000;

/** Says who looks into a finding; null: nobody. */
export async function assignFinding(
  trx: Trx,
  scope: Scope,
  asked: Asked,
  assignee: { id: string; name: string } | null,
  now: Date,
): Promise<void> {
  const { fresh, conflicts } = await takeFindings(trx, scope, [asked]);
  if (conflicts[0] !== undefined)
    throw new Fault("conflict", "Someone changed this finding since you opened it", {
      at: "revision",
      fix: "Look at it again",
    });
  const changeId = newId();
  const next = fresh.map((finding) => ({
    finding,
    after: {
      ...stateOf(finding),
      assigneeId: assignee?.id ?? null,
      assigneeName: assignee?.name ?? null,
      lastChangeId: changeId,
    },
  }));
  await writeChanges(trx, scope, next, "assigned", changeId, now);
  if (assignee === null) return;
  for (const { finding } of next)
    await tell(trx, scope, ofAssignment(finding, scope.actor.name, changeId), { people: [assignee.id] }, now);
}

/** Takes a change back where nothing was decided on top of it. Fault `not_found` when there is no such change. */
export async function undoChange(trx: Trx, scope: Scope, changeId: string, now: Date): Promise<DecisionReceipt> {
  const known = await decisions.changedBy(trx, scope, changeId);
  if (known.length === 0) throw new Fault("not_found", "There is no such change", { at: "changeId" });
  const locked = await lock(
    trx,
    scope,
    known.map((change) => change.findingId),
  );
  const before = new Map(known.map((change) => [change.findingId, change.before]));
  const next = locked.flatMap((finding) => {
    const was = before.get(finding.id);
    if (was === undefined || finding.lastChangeId !== changeId) return [];
    const suspect =
      (isOpen(was.state) && was.suspect) || isSuspect(was.state, was.decidedVersion, finding.componentVersion);
    const decidedThrough = was.decidedThrough ?? (was.decidedAt === null ? null : "person");
    return [{ finding, after: { ...was, suspect, decidedThrough } }];
  });
  await writeChanges(trx, scope, next, "undone", null, now);
  await weighAgain(trx, scope, next, now);
  const conflicts = locked.filter((finding) => finding.lastChangeId !== changeId);
  return { ...receipt(next, conflicts, changeId), changeId: null };
}

/** Statements that said otherwise may agree now, and the other way round. */
async function weighAgain(trx: Trx, scope: Scope, next: readonly Next[], now: Date): Promise<void> {
  const releases = [...new Set(next.map(({ finding }) => finding.releaseId))];
  for (const releaseId of await statements.releasesWithVex(trx, scope, releases))
    await weighVex(trx, scope, releaseId, now);
}

/** Releases first, then findings: everybody locks in this order. */
async function lock(trx: Trx, scope: Scope, ids: readonly string[]): Promise<DecidedFinding[]> {
  const releases = await decisions.releasesOfFindings(trx, scope, ids);
  if (releases.length > 0) await takeReleases(trx, scope, releases);
  return decisions.lockFindings(trx, scope, ids);
}

async function takeFindings(trx: Trx, scope: Scope, asked: readonly Asked[]) {
  const seen = new Map(asked.map(({ id, revision }) => [id, revision]));
  const locked = await lock(trx, scope, [...seen.keys()]);
  const known = new Set(locked.map((finding) => finding.id));
  const unknown = [...seen.keys()].find((id) => !known.has(id));
  if (unknown !== undefined) throw new Fault("not_found", `There is no finding ${unknown}`, { at: "id" });
  const isFresh = (finding: DecidedFinding) => finding.revision === seen.get(finding.id);
  return { fresh: locked.filter(isFresh), conflicts: locked.filter((finding) => !isFresh(finding)) };
}

const receipt = (next: readonly Next[], conflicts: readonly DecidedFinding[], changeId: string): DecisionReceipt => ({
  changeId: next.length === 0 ? null : changeId,
  changed: next.map(({ finding, after }) => ({ id: finding.id, revision: finding.revision + 1, state: after.state })),
  conflicts: conflicts.map(({ id, revision, state, decidedBy }) => ({ id, revision, state, decidedBy })),
});
