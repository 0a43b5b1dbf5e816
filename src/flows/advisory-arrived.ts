import * as z from "zod";
import type { Feed } from "../features/intel/feed.ts";
import { currentIndex, sync } from "../features/intel/intel.ts";
import { readKept } from "../features/intel/loading/read-kept.ts";
import type { FeedItem } from "../features/intel/read-document.ts";
import { readFeeds } from "../features/intel/read-feeds.ts";
import type { FeedRecord } from "../features/intel/schema.ts";
import { allowedLocation, type SourceRules } from "../features/intel/sync/location.ts";
import type { SyncRun } from "../features/intel/sync/schema.ts";
import { type SyncResult, stepMessage } from "../features/intel/sync/show.ts";
import { Fault } from "../lib/fault.ts";
import { inScope, type Scope, type Trx } from "../platform/db.ts";
import { feedLimits } from "../platform/files/input-limits.ts";
import { walkInputs } from "../platform/files/walk-inputs.ts";
import { addJob } from "../platform/jobs/add-job.ts";
import { defineJob, type JobContext } from "../platform/jobs/job.ts";
import { record } from "../platform/ledger/ledger.ts";
import { keptInputs } from "../platform/loading/load-io.ts";
import { inTurn, type Turn } from "../platform/turn.ts";
import { compareReleases } from "./compare-releases.ts";
import { devicesToMatch } from "./devices-to-match.ts";
import type { IntelFiles } from "./intel-index.ts";
import { keepFdaRecords, subjectsOf } from "./keep-fda-records.ts";
import { matchDevice } from "./match-device.ts";
import { tellFailedSync, tellNewFindings } from "./tell-findings.ts";
import { documentsOf, madeOf, type SourceTools, type Visited, visitSources } from "./visit-sources.ts";

export interface SyncTools extends SourceTools {
  intel: IntelFiles;
  feeds: readonly Feed[];
  rules: SourceRules;
}

/** `all`: also the sources of the catalogue that are not due yet, as when a person asks. */
const SYNC = { name: "intel.sync", input: z.object({ all: z.boolean().default(true) }) };

/** The ledger keeps that a run was started; how it went stands for a quarter of a year. */
const RUNS_KEPT_MS = 92 * 86_400_000;

/**
 * Queues reading all sources, unless that is under way already. `again`: one that has begun may have passed by what is new, another
 * follows it. Returns the run's id.
 */
export async function startSync(
  trx: Trx,
  scope: Scope,
  now: Date,
  { all = true, again = false }: { all?: boolean; again?: boolean } = {},
): Promise<string> {
  await sync.holdStarts(trx, scope);
  const [open] = await sync.runsOf(trx, scope, { open: true, limit: 1 });
  if (open !== undefined && !(again && open.state === "running")) return open.id;
  await sync.dropOldRuns(trx, scope, new Date(now.getTime() - RUNS_KEPT_MS));
  const id = await addJob(trx, scope, SYNC, { all }, { key: "sync" });
  await sync.insertRun(trx, scope, { id, startedAt: now, startedBy: scope.actor.name });
  await record(trx, scope, {
    action: "intel.sync-started",
    subject: { type: "intel-run", id },
    before: null,
    after: { at: now.toISOString() },
  });
  return id;
}

/**
 * Advisories arrived: the catalogue's sources are visited for what is new, everything known is compiled into a new index that takes the
 * old one's place in one step, and the releases it may touch are compared with it. When the documents are the very same as before,
 * the index stays. A source that cannot be read is named, what it gave before and the others count; when nothing at all could be read
 * the old index stays (Fault `unavailable`).
 */
export const syncJob = (tools: SyncTools) =>
  defineJob(SYNC.name, SYNC.input, async (input, context) => {
    const { db, scope, runId } = context;
    try {
      const result = await syncNow(tools, context, input);
      await inScope(db, scope, async (trx) => {
        const [run] = await sync.runsOf(trx, scope, { id: runId, limit: 1 });
        if (run !== undefined) await tellNewFindings(trx, scope, { run: runId, since: run.startedAt }, new Date());
      });
      return result;
    } catch (fault) {
      if (fault instanceof Fault) await inScope(db, scope, (trx) => tellFailedSync(trx, scope, fault, new Date()));
      throw fault;
    }
  });

type JobPart = Pick<JobContext, "db" | "scope" | "progress" | "signal">;
type SyncContext = JobPart & Pick<Turn, "fence">;

/** The work itself, for a job that has more to do after it; one at a time for an organisation. */
export const syncNow = (tools: SyncTools, context: JobPart, { all } = { all: true }): Promise<SyncResult> =>
  inTurn(
    context.db,
    context.scope,
    {
      signal: context.signal,
      onWait: () => context.progress(0, null, stepMessage("fetching", "another run is still at work")),
    },
    ({ signal, fence }) => syncInTurn(tools, { ...context, signal, fence }, { all }),
  );

async function syncInTurn(tools: SyncTools, context: SyncContext, { all }: { all: boolean }): Promise<SyncResult> {
  const problems: SyncRun["problems"] = [];
  const visited = await visitSources(tools, tools.feeds, await subjectsOf(context), { all }, context);
  for (const { name, state } of visited) {
    if (state.failure !== null) problems.push({ at: name, reason: state.failure.reason });
    problems.push(...state.problems.map(({ at, reason }) => ({ at: `${name}: ${at}`, reason })));
  }
  problems.splice(MOST_PROBLEMS);
  await keepFdaRecords(tools.folder, context, visited);
  const { db, scope } = context;
  const before = await inScope(db, scope, (trx) => currentIndex(trx, scope));
  const records = await buildIndex(tools, context, visited, problems);
  const assessed = await compareReleases(tools.intel, context, before?.sha256 ?? null);
  const matched = await matchAll(tools, context);
  const newFindings = assessed.newFindings + matched.newFindings;
  return { records, newFindings, goneFindings: assessed.goneFindings + matched.goneFindings, problems };
}

const MOST_PROBLEMS = 100;
const PROGRESS_EVERY = 1_000;

async function buildIndex(
  { intel, feeds, rules, fetch, folder }: SyncTools,
  { db, scope, progress, signal, fence }: SyncContext,
  visited: readonly Visited[],
  problems: SyncRun["problems"],
): Promise<number> {
  const enabled = (await inScope(db, scope, (trx) => sync.sourcesOf(trx, scope))).filter((source) => source.enabled);
  const plain = enabled.filter(({ plugIn }) => plugIn === null);
  const advising = visited.filter(({ source }) => source.formats.length > 0);
  if (enabled.length === 0)
    throw new Fault("bad_input", "No source of advisories is set up", {
      fix: "Add one under Threats, or with cordon intel",
    });
  if (plain.length + advising.length === 0) return 0;
  const tell = (at: string, reason: string) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ at, reason });
  };
  const made = plain.length === 0 ? madeOf(advising) : null;
  const index = await inScope(db, scope, (trx) => currentIndex(trx, scope));
  if (made !== null && index?.madeOf === made && intel.has(scope.organizationId, index.sha256))
    return advising.flatMap(({ state }) => state.documents).reduce((sum, one) => sum + one.records, 0);
  const files = documentsOf(folder, scope);
  let count = 0;

  async function* items(): AsyncGenerator<FeedItem & { from: string }, void, undefined> {
    for (const { name, state, source } of advising) {
      const formats = feeds.filter((feed) => source.formats.includes(feed.name));
      const inputs = (sha256: string, document: string) => keptInputs(files, sha256, `${name}/${document}`);
      for await (const item of readKept(source, state, formats, inputs)) yield { ...item, from: name };
    }
    for (const source of plain)
      try {
        const location = allowedLocation(source.location, rules);
        for await (const item of readFeeds(walkInputs([location], { limits: feedLimits, fetch }), { feeds }))
          yield { ...item, from: source.name };
      } catch (fault) {
        if (!(fault instanceof Fault)) throw fault;
        tell(source.name, fault.message);
      }
  }

  async function* records(): AsyncGenerator<FeedRecord, void, undefined> {
    for await (const item of items()) {
      signal.throwIfAborted();
      if (item.type !== "record") {
        tell(item.type === "problem" ? `${item.path} ${item.at}` : item.path, item.reason);
        continue;
      }
      if (item.record.kind !== "as-of") count += 1;
      if (count % PROGRESS_EVERY === 0) await progress(count, null, stepMessage("reading", item.from));
      yield item.record;
    }
    if (count === 0)
      throw new Fault("unavailable", `No source could be read: ${problems[0]?.reason ?? "they hold no advisory"}`, {
        fix: "Look at the sources; what was known before stays in use",
      });
    await progress(count, count, stepMessage("building", `${count} records`));
  }

  const now = new Date();
  const built = await intel.build(scope.organizationId, records(), now);
  await inScope(db, scope, async (trx) => {
    await fence(trx);
    const before = await currentIndex(trx, scope);
    const { feeds: ages, counts } = built.about;
    await sync.writeIndex(trx, scope, {
      sha256: built.sha256,
      sizeBytes: built.sizeBytes,
      advisories: counts.vulnerabilities,
      feeds: ages,
      builtAt: now,
      madeOf: made,
    });
    if (before?.sha256 !== built.sha256)
      await record(trx, scope, {
        action: "intel.index-replaced",
        subject: { type: "intel-index", id: built.sha256 },
        before: before === undefined ? null : { sha256: before.sha256 },
        after: { sha256: built.sha256, counts },
      });
  });
  return count;
}

/** Compares devices by their names with the advisories that know devices by names only, where something else is said of their makers. */
async function matchAll({ intel }: SyncTools, { db, scope, signal }: SyncContext) {
  const index = await inScope(db, scope, (trx) => currentIndex(trx, scope));
  let newFindings = 0;
  let goneFindings = 0;
  if (index === undefined) return { newFindings, goneFindings };
  const open = intel.open(scope.organizationId, index.sha256);
  for (const deviceId of await inScope(db, scope, (trx) => devicesToMatch(trx, scope, open))) {
    signal.throwIfAborted();
    const outcome = await inScope(db, scope, (trx) => matchDevice(trx, scope, deviceId, intel, new Date()));
    newFindings += outcome.added + outcome.returned;
    goneFindings += outcome.gone;
  }
  return { newFindings, goneFindings };
}
