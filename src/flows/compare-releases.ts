import { compared } from "../features/devices/devices.ts";
import { ASSESSMENT_RULES } from "../features/intel/assess/rules.ts";
import { currentIndex } from "../features/intel/intel.ts";
import { keyNumber } from "../features/intel/match/asked-keys.ts";
import { stepMessage } from "../features/intel/sync/show.ts";
import { inScope, lookAgain } from "../platform/db.ts";
import type { JobContext } from "../platform/jobs/job.ts";
import { assessWith } from "./assess-release.ts";
import type { IntelFiles } from "./intel-index.ts";

type CompareContext = Pick<JobContext, "db" | "scope" | "progress" | "signal">;

/** What comparing fills, and what it is held against on the way. */
const FILLED = ["finding", "findingName", "vulnerability", "vulnerabilityAlias", "release", "releaseKey"] as const;
/** New findings. */
const FIRST_LOOK = 1_000;

/**
 * Compares the releases that the new index may say something else of than the one before (`before`, null: there is none, or nothing is
 * known of it): those with a part that is looked up under a key whose records, vulnerabilities, KEV or EPSS changed, and those that
 * were not compared with the one before. The others only note the new index. Each in its own transaction: a stop in between loses none,
 * the job goes on where it was.
 */
export async function compareReleases(
  intel: IntelFiles,
  { db, scope, progress, signal }: CompareContext,
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
    await inScope(db, scope, (trx) => compared.passOver(trx, scope, { ...passed, vulnerabilities, now: new Date() }));
  }
  await intel.keepOnly(scope.organizationId, index.sha256);
  const comparison = { index: index.sha256, rules: ASSESSMENT_RULES, onDay: new Date().toISOString().slice(0, 10) };
  const releases = await inScope(db, scope, (trx) => compared.releasesToCompare(trx, scope, comparison));
  let enough = FIRST_LOOK;
  for (const [i, release] of releases.entries()) {
    signal.throwIfAborted();
    const outcome = await inScope(db, scope, (trx) => assessWith(trx, scope, release.id, open, new Date()));
    outcomes.newFindings += (outcome?.added ?? 0) + (outcome?.returned ?? 0);
    outcomes.goneFindings += outcome?.gone ?? 0;
    if (outcomes.newFindings >= enough) {
      await lookAgain(db, FILLED);
      enough = 4 * outcomes.newFindings;
    }
    await progress(i + 1, releases.length, stepMessage("assessing", `${i + 1} of ${releases.length} releases`));
  }
  return outcomes;
}
