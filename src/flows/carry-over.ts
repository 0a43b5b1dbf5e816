import { getReleaseBefore } from "../features/devices/devices.ts";
import {
  type Carried,
  type Configuration,
  carryOver,
  configurationChange,
} from "../features/intel/findings/carry-over.ts";
import { decisions, statements, type WeighedFinding } from "../features/intel/intel.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { weighVex } from "./weigh-vex.ts";
import { type Next, stateOf, withoutVersion, writeChanges } from "./write-changes.ts";

type Pair = Carried<WeighedFinding, WeighedFinding>;

/**
 * A release was compared for the first time, or more was found in it: what people decided in the release before, and what VEX said
 * there, holds on where component, version and configuration are the same. Elsewhere the finding stays open and says "decide again".
 * `foundAt`: when the findings that are new here were written. The release must be locked.
 */
export async function carryOverDecisions(
  trx: Trx,
  scope: Scope,
  release: { id: string; deviceId: string } & Configuration,
  foundAt: Date,
): Promise<void> {
  const before = await getReleaseBefore(trx, scope, release);
  if (before === undefined) return;
  const settled = await decisions.settledFindingsOf(trx, scope, before.id);
  if (settled.length === 0) return;
  const found = await decisions.lockFindingsOf(trx, scope, release.id, foundAt);
  const pairs = carryOver(found, settled, configurationChange(release, before));
  await carryStatements(trx, scope, release.id, before.id, pairs);
  const decided = pairs.filter(({ before: was }) => was.decidedThrough === "person" && CARRIED.has(was.state));
  const same = decided.filter(({ again }) => again === null);
  await writeChanges(
    trx,
    scope,
    same.map((pair) => carried(pair, before.version)),
    "carried-over",
    null,
    foundAt,
  );
  const again = pairs.filter(({ again: why, before: was }) => why !== null && (CARRIED.has(was.state) || was.suspect));
  await writeChanges(
    trx,
    scope,
    again.map((pair) => toDecide(pair, before.version)),
    "decide-again",
    null,
    foundAt,
  );
}

/** Being in triage is work of that release, not a decision. */
const CARRIED: ReadonlySet<string> = new Set(["affected", "not-affected", "fixed", "accepted"]);

function carried({ finding, before }: Pair, version: string): Next {
  const { assigneeId, assigneeName } = finding;
  const after = { ...plainState(before), assigneeId, assigneeName, suspect: false, lastChangeId: null };
  return { finding, after, said: `From release ${version}: ${told(before)}` };
}

function toDecide({ finding, before, again }: Pair, version: string): Next {
  const after = { ...plainState(finding), suspect: true };
  return { finding, after, said: `Release ${version} had: ${told(before)}. Decide again: ${again ?? ""}` };
}

const plainState = (finding: WeighedFinding) => withoutVersion(stateOf(finding));

const told = ({ state, note, decidedBy, decidedAt }: WeighedFinding): string =>
  decidedAt === null
    ? "nothing decided yet"
    : `${state.replaceAll("-", " ")}${note === "" ? "" : ` (${note})`}, decided by ${decidedBy ?? "nobody"} on ${decidedAt.toISOString().slice(0, 10)}`;

async function carryStatements(trx: Trx, scope: Scope, releaseId: string, fromId: string, pairs: readonly Pair[]) {
  const same = pairs.filter(({ again }) => again === null);
  const spoken = Map.groupBy(await statements.spokenOf(trx, scope, fromId), ({ findingId }) => findingId);
  const links = same.flatMap(({ finding, before }) =>
    (spoken.get(before.id) ?? []).map(({ statementId, carriedFrom }) => ({
      findingId: finding.id,
      statementId,
      role: "speaks" as const,
      carriedFrom: carriedFrom ?? fromId,
      carriedVersion: finding.componentVersion,
    })),
  );
  await statements.keepSpoken(trx, scope, releaseId, links);
}

/**
 * Somebody changed the ways a release can be reached: what was carried over to it and nobody decided here since is to be decided again,
 * and statements that were said for another release speak no longer. The release must be locked.
 */
export async function doubtCarried(
  trx: Trx,
  scope: Scope,
  { id: releaseId, ...before }: { id: string } & Configuration,
  after: Configuration,
  now: Date,
): Promise<void> {
  const why = configurationChange(after, before);
  if (why === null) return;
  await weighVex(trx, scope, releaseId, now, { forgetCarried: true });
  const doubtful = (await decisions.lockFindingsOf(trx, scope, releaseId)).filter(
    ({ state, decidedThrough, decidedAt, foundAt, suspect }) =>
      decidedThrough === "person" && CARRIED.has(state) && !suspect && decidedAt !== null && decidedAt < foundAt,
  );
  await writeChanges(
    trx,
    scope,
    doubtful.map((finding) => ({
      finding,
      after: { ...plainState(finding), suspect: true },
      said: `Decide again: ${why}`,
    })),
    "decide-again",
    null,
    now,
  );
}
