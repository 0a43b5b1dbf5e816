import { compared } from "../features/devices/devices.ts";
import { ASSESSMENT_RULES } from "../features/intel/assess/rules.ts";
import { currentIndex, holdIndex } from "../features/intel/intel.ts";
import { keyNumber } from "../features/intel/match/asked-keys.ts";
import { stepMessage } from "../features/intel/sync/show.ts";
import { inScope, lookAgain } from "../platform/db.ts";
import type { JobContext } from "../platform/jobs/job.ts";
import type { Turn } from "../platform/turn.ts";
import { assessReleases } from "./assess-release.ts";
import type { IntelFiles } from "./intel-index.ts";

type CompareContext = Pick<JobContext, "db" | "scope" | "progress" | "signal"> & Pick<Turn, "fence">;

/** What comparing fills, and what it is held against on the way. */
const FILLED = ["finding", "findingName", "vulnerability", "vulnerabilityAlias", "release", "releaseKey"] as const;
/** Of one transaction. */
const MOST_RELEASES = 10;
const MOST_PARTS = 5_000;
/** New findings. */
const FIRST_LOOK = 1_000;

/**
 * Compares the releases that the new index may say something else of than the one before (`before`, null: there is none, or nothing is
 * known of it): those with a part that is looked up under a key whose records, vulnerabilities, KEV or EPSS changed, and those that
 * were not compared with the one before. The others only note the new index. A few in each transaction: a stop in between loses none,
 * the job goes on where it was.
 */
export async function compareReleases(
  intel: IntelFiles,
  { db, scope, progress, signal, fence }: CompareContext,
  before: string | null,
) {
  const outcomes = { newFindings: 0, goneFindings: 0 };
  const index = await inScope(db, scope, (trx) => currentIndex(trx, scope));
  if (index === undefined) return outcomes;
  const changed =
    before === null || before === index.sha256
      ? null
      : intel.changedBetween(scope.organizationId, before, index.sha256);
  const open = intel.open(scope.organizationId, index.sha256);
  if (changed !== null && before !== null) {
    const passed = { from: before, to: index.sha256, rules: ASSESSMENT_RULES, keys: [...changed].map(keyNumber) };
    const { vulnerabilities } = open.lookup.about.counts;
    await inScope(db, scope, async (trx) => {
      if ((await holdIndex(trx, scope))?.sha256 === index.sha256)
        await compared.passOver(trx, scope, { ...passed, vulnerabilities, now: new Date() });
    });
  }
  const since = changed === null || before === null ? null : { from: before, to: index.sha256, changed };
  await inScope(db, scope, async (trx) => {
    await fence(trx);
    if ((await currentIndex(trx, scope))?.sha256 === index.sha256)
      await intel.keepOnly(scope.organizationId, index.sha256);
  });
  const comparison = { index: index.sha256, rules: ASSESSMENT_RULES, onDay: new Date().toISOString().slice(0, 10) };
  const releases = await inScope(db, scope, (trx) => compared.releasesToCompare(trx, scope, comparison));
  let enough = FIRST_LOOK;
  let done = 0;
  for (const batch of batches(releases)) {
    signal.throwIfAborted();
    const ids = batch.map(({ id }) => id);
    for (const outcome of (
      await inScope(db, scope, (trx) => assessReleases(trx, scope, ids, intel, new Date(), since))
    ).values()) {
      outcomes.newFindings += outcome.added + outcome.returned;
      outcomes.goneFindings += outcome.gone;
    }
    if (outcomes.newFindings >= enough) {
      await lookAgain(db, FILLED);
      enough = 4 * outcomes.newFindings;
    }
    done += batch.length;
    await progress(done, releases.length, stepMessage("assessing", `${done} of ${releases.length} releases`));
  }
  return outcomes;
}

/** Releases in their order, a few at a time: as many as people who decide about one of them can wait for. */
function* batches<T extends { parts: number }>(releases: readonly T[]): Generator<T[]> {
  let batch: T[] = [];
  let parts = 0;
  for (const release of releases) {
    if (batch.length === MOST_RELEASES || (batch.length > 0 && parts + release.parts > MOST_PARTS)) {
      yield batch;
      batch = [];
      parts = 0;
    }
    batch.push(release);
    parts += release.parts;
  }
  if (batch.length > 0) yield batch;
}
