import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Feed } from "../features/intel/feed.ts";
import { sync } from "../features/intel/intel.ts";
import { loadSource } from "../features/intel/loading/load-source.ts";
import { noState, type SourceState } from "../features/intel/loading/schema.ts";
import { READING_RULES } from "../features/intel/normalise/rules.ts";
import type { Source, Subject } from "../features/intel/source.ts";
import { stepMessage } from "../features/intel/sync/show.ts";
import { inScope, type Scope, type Trx } from "../platform/db.ts";
import type { Fetch } from "../platform/files/fetch-input.ts";
import type { JobContext } from "../platform/jobs/job.ts";
import { type KeptFiles, keptFiles } from "../platform/loading/kept-files.ts";
import { loadIo } from "../platform/loading/load-io.ts";
import type { Turn } from "../platform/turn.ts";

/** What visiting the catalogue's sources needs besides the organisation. */
export interface SourceTools {
  sources: readonly Source[];
  /** Base addresses other than the published ones, by source. */
  mirrors: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Reads a source's API key from its file; null: none. */
  keyOf(name: string): string | null;
  /** The folder of all organisations' indexes and documents. */
  folder: string;
  maxKeptBytes: number;
  fetch: Fetch;
}

/** The location of a source that a bundle carried here: it is not visited, the next bundle brings what is new. */
export const CARRIED = "bundle:";

/** An enabled source of the catalogue and what is kept of it after the visit. */
export interface Visited {
  id: string;
  name: string;
  source: Source;
  state: Omit<SourceState, "plugIn">;
}

type Context = Pick<JobContext, "db" | "scope" | "progress" | "signal"> & Pick<Turn, "fence">;

export const documentsOf = (folder: string, { organizationId }: Scope): KeptFiles =>
  keptFiles(join(folder, organizationId, "documents"));

const HOUR_MS = 3_600_000;
/** A source is due a little before its hours are over: the schedule comes once an hour. */
const EARLY_MS = HOUR_MS / 2;

/** Due: never looked at, its hours are over, it failed the last time, or the clock was set back since. */
export const isDue = (everyHours: number, triedAt: Date | null, failed: boolean, now: Date): boolean =>
  triedAt === null ||
  failed ||
  triedAt.getTime() > now.getTime() ||
  now.getTime() - triedAt.getTime() > everyHours * HOUR_MS - EARLY_MS;

/**
 * Visits the enabled sources of the catalogue, one after the other, and keeps after each step where it is: a stop or a crash goes on there.
 * A source that fails keeps what it gave before and says why; one that was removed meanwhile is left out. `all` visits also those that are
 * not due yet.
 */
export async function visitSources(
  tools: SourceTools,
  feeds: readonly Feed[],
  subjects: readonly Subject[],
  { all }: { all: boolean },
  context: Context,
): Promise<Visited[]> {
  const { db, scope, progress, signal, fence } = context;
  const files = documentsOf(tools.folder, scope);
  const rows = await inScope(db, scope, (trx) => sync.sourcesOf(trx, scope));
  const catalogued = rows.flatMap((row) => {
    const source = tools.sources.find(({ name }) => name === row.plugIn);
    return row.enabled && source !== undefined ? [{ row, source }] : [];
  });
  const visited: Visited[] = [];
  for (const [i, { row, source }] of catalogued.entries()) {
    const kept = await inScope(db, scope, (trx) => sync.stateOf(trx, scope, row.id));
    const before = kept === undefined ? noState(source.name) : stateIn(source.name, kept);
    const about = { id: row.id, name: row.name, source };
    if (row.location.startsWith(CARRIED)) {
      visited.push({ ...about, state: before });
      continue;
    }
    if (
      !all &&
      kept !== undefined &&
      !kept.anew &&
      !isDue(source.everyHours, kept.triedAt, kept.failure !== null, new Date())
    ) {
      visited.push({ ...about, state: before });
      continue;
    }
    const [main = ""] = Object.keys(source.bases);
    const ofMirror = tools.mirrors[source.name] ?? {};
    const named = row.location === (ofMirror[main] ?? source.bases[main]) ? {} : { [main]: row.location };
    const say = (what: string) => progress(i, catalogued.length, stepMessage("fetching", `${row.name}: ${what}`));
    const state = await loadSource(
      source,
      feeds,
      {
        bases: { ...ofMirror, ...named },
        choice: row.choice,
        key: tools.keyOf(source.name),
        subjects,
        maxKeptBytes: tools.maxKeptBytes,
        anew: kept?.anew ?? false,
      },
      before,
      {
        ...loadIo(files, { fetch: tools.fetch, signal, onWait: (why) => void say(why) }),
        save: (next) =>
          inScope(db, scope, async (trx) => {
            await fence(trx);
            const anew = (kept?.anew ?? false) && next.succeededAt === before.succeededAt;
            await sync.keepState(trx, scope, row.id, next, anew);
          }),
        progress: (step) => void say(inWords(step)),
      },
    );
    visited.push({ ...about, state });
  }
  return inScope(db, scope, async (trx) => {
    await fence(trx);
    const still = await documentsBySource(trx, scope);
    await files.prune(new Set([...still.values()].flat()));
    return visited.filter(({ id }) => still.has(id));
  });
}

function stateIn(plugIn: string, row: NonNullable<Awaited<ReturnType<typeof sync.stateOf>>>): SourceState {
  const { cursor, documents, seen, failure, problems, triedAt, succeededAt, changedAt } = row;
  const text = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...{ plugIn, cursor, documents, seen, failure, problems },
    ...{ triedAt: text(triedAt), succeededAt: text(succeededAt), changedAt: text(changedAt) },
  };
}

function inWords({
  what,
  done,
  total,
  doneBytes,
  totalBytes,
}: {
  what: string;
  done: number | null;
  total: number | null;
  doneBytes: number | null;
  totalBytes: number | null;
}): string {
  const mb = (bytes: number) => (bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 });
  const count =
    done === null || total === null ? "" : ` (${done.toLocaleString("en")} of ${total.toLocaleString("en")})`;
  if (doneBytes === null || doneBytes === 0) return `${what}${count}`;
  return `${what}${count}, ${mb(doneBytes)} ${totalBytes === null ? "MB" : `of ${mb(totalBytes)} MB`}`;
}

/** Also of sources that are switched off: their documents are kept until the source is removed. */
async function documentsBySource(trx: Trx, scope: Scope): Promise<Map<string, string[]>> {
  const documents = new Map<string, string[]>();
  for (const { id } of await sync.sourcesOf(trx, scope))
    documents.set(
      id,
      ((await sync.stateOf(trx, scope, id))?.documents ?? []).map(({ sha256 }) => sha256),
    );
  return documents;
}

/** The same text for the same documents in the same order, read by the same rules: then an index of them is the same too. */
export const madeOf = (visited: readonly Visited[]): string => {
  const parts = visited.map(({ id, state }) => [
    id,
    [...state.documents].sort((a, b) => a.sequence - b.sequence).map(({ sha256 }) => sha256),
  ]);
  return createHash("sha256")
    .update(JSON.stringify([READING_RULES, parts]))
    .digest("hex");
};
