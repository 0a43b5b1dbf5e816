import type { FeedAge } from "../schema.ts";
import type { Feed, Source, SyncRun } from "./schema.ts";

/** A feed whose newest record is older is named as stale. */
export const STALE_DAYS = 7;
const DAY_MS = 86_400_000;

export function showFeed({ name, newestAt, records }: FeedAge, now: Date): Feed {
  const ageDays = newestAt === null ? null : Math.max(0, Math.floor((now.getTime() - Date.parse(newestAt)) / DAY_MS));
  return { name, newestAt, ageDays, records, stale: ageDays === null || ageDays > STALE_DAYS };
}

export interface SourceFacts {
  id: string;
  name: string;
  location: string;
  enabled: boolean;
  plugIn: string | null;
  choice: string[];
  revision: number;
  triedAt: Date | null;
  succeededAt: Date | null;
  changedAt: Date | null;
  failure: NonNullable<Source["standing"]>["failure"];
  problems: NonNullable<Source["standing"]>["problems"] | null;
  records: number | null;
  sizeBytes: number | null;
  cursor: unknown;
}

const HOUR_MS = 3_600_000;
const MOST_CURSOR = 400;

/** `everyHours`: how often the catalogue says it is looked at. */
export function showSource(
  { triedAt, succeededAt, changedAt, failure, problems, records, sizeBytes, cursor, ...source }: SourceFacts,
  everyHours: number | undefined,
  now: Date,
): Source {
  if (source.plugIn === null || problems === null) return { ...source, standing: null };
  const silentMs = now.getTime() - (succeededAt?.getTime() ?? 0);
  return {
    ...source,
    standing: {
      triedAt: triedAt?.toISOString() ?? null,
      succeededAt: succeededAt?.toISOString() ?? null,
      changedAt: changedAt?.toISOString() ?? null,
      failure,
      problems,
      records: records ?? 0,
      sizeBytes: Number(sizeBytes ?? 0),
      cursor: cursor === null ? "" : JSON.stringify(cursor).slice(0, MOST_CURSOR),
      late: failure !== null || silentMs > 2 * (everyHours ?? 24) * HOUR_MS,
    },
  };
}

/** What the job leaves behind when it is done. */
export interface SyncResult {
  records: number;
  newFindings: number;
  goneFindings: number;
  problems: SyncRun["problems"];
}

/** The step of a running job travels in its message: `reading: osv.zip`. */
export const STEPS = ["fetching", "reading", "building", "assessing"] as const;
export const stepMessage = (step: (typeof STEPS)[number], what: string): string => `${step}: ${what}`;

export interface RunFacts {
  id: string;
  startedAt: Date;
  startedBy: string;
  state: "waiting" | "running" | "done" | "failed";
  done: number;
  total: number | null;
  message: string;
  result: unknown;
  endedAt: Date | null;
}

export function showRun(run: RunFacts): SyncRun {
  const { step, what } = stepOf(run.message);
  const result = run.result as SyncResult | null;
  return {
    id: run.id,
    startedAt: run.startedAt.toISOString(),
    startedBy: run.startedBy,
    finishedAt: run.endedAt?.toISOString() ?? null,
    state: run.state === "waiting" ? "queued" : run.state === "running" ? step : run.state,
    step: run.state === "running" ? what : "",
    done: run.done,
    total: run.total,
    records: result?.records ?? (step === "reading" ? run.done : 0),
    newFindings: result?.newFindings ?? 0,
    goneFindings: result?.goneFindings ?? 0,
    problems: result?.problems ?? [],
    failure: run.state === "failed" ? run.message : null,
  };
}

function stepOf(message: string): { step: (typeof STEPS)[number]; what: string } {
  const [word = "", ...rest] = message.split(": ");
  const step = STEPS.find((candidate) => candidate === word);
  return step === undefined ? { step: "reading", what: message } : { step, what: rest.join(": ") };
}
