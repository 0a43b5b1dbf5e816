import { readFile } from "node:fs/promises";
import { named, recordOnDevices } from "../features/devices/devices.ts";
import { readFdaPage, readReports, reportSubjectKey } from "../features/intel/fda/fda-answers.ts";
import { type RecallMatch, recallMatcher } from "../features/intel/fda/match-recalls.ts";
import type { FdaRecall, ReportCounts } from "../features/intel/fda/schema.ts";
import { fda } from "../features/intel/intel.ts";
import type { Subject } from "../features/intel/source.ts";
import { inScope, type Scope } from "../platform/db.ts";
import type { JobContext } from "../platform/jobs/job.ts";
import { documentsOf, type Visited } from "./visit-sources.ts";

type Context = Pick<JobContext, "db" | "scope" | "signal">;
type Device = { id: string; subject: Subject };

const MOST_OF_A_DEVICE = 1_000;

/** The organisation's devices as sources ask about them: a device without a maker is the organisation's own. */
export const subjectsOf = async (context: Context): Promise<Subject[]> =>
  (await devicesOf(context)).map(({ subject }) => subject);

const devicesOf = ({ db, scope }: Context): Promise<Device[]> =>
  inScope(db, scope, async (trx) => {
    const devices = await named.namesOfDevices(trx, scope);
    const { name: own } = await trx
      .selectFrom("organization")
      .select("name")
      .where("organizationId", "=", scope.organizationId)
      .executeTakeFirstOrThrow();
    return devices.map(({ id, name, manufacturer, model }) => ({
      id,
      subject: { manufacturer: manufacturer.trim() || own, product: name, model: model.trim() || null },
    }));
  });

/**
 * What openFDA answered about the makers and brands of our devices: recalls that may mean a device stand with it, with the reasons, and
 * those met for the first time in its history; so do the counts of reports. The same answers again write nothing.
 */
export async function keepFdaRecords(folder: string, context: Context, visited: readonly Visited[]): Promise<void> {
  const { db, scope, signal } = context;
  const recalls = visited.find(({ source }) => source.name === "openfda-recalls");
  const events = visited.find(({ source }) => source.name === "openfda-events");
  if (recalls === undefined && events === undefined) return;
  const devices = await devicesOf(context);
  if (recalls !== undefined) {
    const matches = await matchesIn(folder, scope, recalls, devices, signal);
    for (const { id } of devices) await keepRecallsOf(context, id, matches.get(id) ?? []);
  }
  if (events !== undefined) {
    const counted = await countsIn(folder, scope, events, devices);
    await inScope(db, scope, (trx) => fda.keepReportCounts(trx, scope, counted));
  }
}

async function matchesIn(
  folder: string,
  scope: Scope,
  { state }: Visited,
  devices: readonly Device[],
  signal: AbortSignal,
): Promise<Map<string, RecallMatch[]>> {
  const matchers = devices.map(({ id, subject }) => ({ id, match: recallMatcher(subject) }));
  const found = new Map<string, RecallMatch[]>();
  const classes = new Map<string, FdaRecall["classification"]>();
  for (const document of state.documents) {
    signal.throwIfAborted();
    for (const record of readFdaPage(await textOf(folder, scope, document.sha256)) ?? []) {
      if (record?.type === "class") classes.set(record.number, record.classification);
      if (record?.type !== "recall") continue;
      for (const { id, match } of matchers) {
        const met = match(record.recall);
        if (met !== null) found.set(id, [...(found.get(id) ?? []), met]);
      }
    }
  }
  const withClass = (met: RecallMatch): RecallMatch => ({
    ...met,
    recall: { ...met.recall, classification: classes.get(met.recall.number) ?? null },
  });
  return new Map([...found].map(([id, all]) => [id, newest(all).map(withClass)]));
}

/** Each number once; a firm can have more recalls of a family than anybody reads. */
function newest(all: readonly RecallMatch[]): RecallMatch[] {
  const on = ({ recall }: RecallMatch) => recall.initiatedOn ?? recall.postedOn ?? "";
  const once = new Map(all.map((met) => [met.recall.number, met]));
  return [...once.values()].sort((a, b) => (on(a) < on(b) ? 1 : -1)).slice(0, MOST_OF_A_DEVICE);
}

const keepRecallsOf = ({ db, scope }: Context, deviceId: string, matches: readonly RecallMatch[]): Promise<void> =>
  inScope(db, scope, async (trx) => {
    const added = await fda.keepRecalls(trx, scope, deviceId, matches, new Date());
    if (added.length === 0) return;
    await recordOnDevices(trx, scope, [
      {
        action: "device.recalls-listed",
        subject: { type: "device", id: deviceId },
        before: null,
        after: { recalls: added },
        deviceId,
        releaseId: null,
      },
    ]);
  });

async function countsIn(
  folder: string,
  scope: Scope,
  { state }: Visited,
  devices: readonly Device[],
): Promise<{ deviceId: string; counts: ReportCounts }[]> {
  const counts = new Map<string, ReportCounts>();
  for (const { sha256 } of state.documents) {
    const read = readReports(await textOf(folder, scope, sha256));
    if (read !== undefined) counts.set(reportSubjectKey(read.subject), read.counts);
  }
  return devices.flatMap(({ id, subject }) => {
    const known = counts.get(reportSubjectKey(subject));
    return known === undefined ? [] : [{ deviceId: id, counts: known }];
  });
}

const textOf = (folder: string, scope: Scope, sha256: string): Promise<string> =>
  readFile(documentsOf(folder, scope).pathOf(sha256), "utf8");
