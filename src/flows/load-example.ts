import { createReadStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as z from "zod";
import { readDeviceFile } from "../features/devices/device-file/read-device-file.ts";
import type { DeviceFile, FileRelease } from "../features/devices/device-file/schema.ts";
import { addDevice, addRelease, addUnits, enterPhase, isEmpty, keepInterfaces } from "../features/devices/devices.ts";
import { EvidenceClaim } from "../features/evidence/stored/schema.ts";
import { Decision } from "../features/intel/findings/schema.ts";
import { lists, sync } from "../features/intel/intel.ts";
import { evidenceFilesOf } from "../features/security-file/assurance/evidence-files.ts";
import { readSecurityFile } from "../features/security-file/read/read-security-file.ts";
import type { SecurityFile } from "../features/security-file/schema.ts";
import { newId } from "../lib/ids.ts";
import type { Blobs } from "../platform/blobs/blobs.ts";
import { type Db, inScope, type Scope, type Trx } from "../platform/db.ts";
import { readDocuments } from "../platform/files/read-documents.ts";
import { addJob } from "../platform/jobs/add-job.ts";
import { defineJob } from "../platform/jobs/job.ts";
import { record } from "../platform/ledger/ledger.ts";
import { type SyncTools, syncNow } from "./advisory-arrived.ts";
import { securityFileArrived } from "./change-security-file.ts";
import { decideFindings } from "./decide-findings.ts";
import { evidenceArrived } from "./evidence-arrived.ts";
import { keepArrived, type ReadArrival, readArrived } from "./sbom-arrived.ts";
import { takeDispositions } from "./weigh-evidence.ts";

const DEVICE_FILE = "device.yaml";

interface ReadDevice {
  folder: string;
  device: DeviceFile;
  /** SBOMs by the path the device file gives them. */
  sboms: Map<string, ReadArrival>;
  /** Security files by the path the device file gives them. */
  files: Map<string, SecurityFile>;
}

const Settle = z.object({
  /** Evidence files of security files, by their places on this machine. */
  evidence: z.array(z.object({ releaseId: z.uuid(), path: z.string(), claim: EvidenceClaim })),
  decisions: z.array(
    z.object({ releaseId: z.uuid(), advisory: z.string(), component: z.string(), decision: Decision }),
  ),
});
const SETTLE = { name: "example.settle", input: Settle };

/**
 * Puts the example program (device folders and an `advisories` folder) into an organisation that has no device yet, and queues its
 * assessment and its teams' decisions. Everything in one transaction: a stop in between leaves nothing, or a queued job.
 * Returns the run to wait for, or null when there are devices already.
 */
export async function loadExample(db: Db, scope: Scope, folder: string, now: Date): Promise<string | null> {
  if (!(await inScope(db, scope, (trx) => isEmpty(trx, scope)))) return null;
  const devices = await readExample(folder);
  return inScope(db, scope, async (trx) => {
    if (!(await isEmpty(trx, scope))) return null;
    const decisions: z.infer<typeof Settle>["decisions"] = [];
    const evidence: z.infer<typeof Settle>["evidence"] = [];
    for (const device of devices) {
      const added = await addExampleDevice(trx, scope, device, now);
      decisions.push(...added.decisions);
      evidence.push(...added.evidence);
    }
    const source = {
      id: newId(),
      name: "Starter advisories",
      location: join(folder, "advisories"),
      enabled: true,
      plugIn: null,
    };
    await sync.insertSource(trx, scope, source);
    await record(trx, scope, {
      action: "intel-source.added",
      subject: { type: "intel-source", id: source.id },
      before: null,
      after: source,
    });
    const id = await addJob(trx, scope, SETTLE, { evidence, decisions });
    await sync.insertRun(trx, scope, { id, startedAt: now, startedBy: scope.actor.name });
    return id;
  });
}

/** Reads the starter advisories, assesses the examples, and takes over their evidence and what their teams decided. */
export const settleExampleJob = (tools: SyncTools, blobs: Blobs) =>
  defineJob(SETTLE.name, SETTLE.input, async ({ evidence, decisions }, context) => {
    const result = await syncNow(tools, context);
    const { db, scope } = context;
    await takeEvidence(db, blobs, scope, evidence);
    for (const { releaseId, advisory, component, decision } of decisions)
      await inScope(db, scope, async (trx) => {
        const match = { releaseId, component, advisories: [advisory], state: ["new"] };
        const found = await lists.pageOfFindings(trx, scope, match, { sort: "harm", after: null, limit: 100 });
        await decideFindings(trx, scope, found, decision, new Date());
      });
    return result;
  });

async function takeEvidence(db: Db, blobs: Blobs, scope: Scope, files: z.infer<typeof Settle>["evidence"]) {
  for (const { releaseId, path, claim } of files) {
    const pieces = createReadStream(path);
    const arrival = { releaseId, fileName: basename(path), pieces, claim, origin: "command-line" as const };
    await evidenceArrived(db, blobs, scope, arrival, new Date());
  }
  for (const releaseId of new Set(files.map((one) => one.releaseId)))
    await inScope(db, scope, (trx) => takeDispositions(trx, scope, releaseId, new Date()));
}

async function readExample(folder: string): Promise<ReadDevice[]> {
  const devices: ReadDevice[] = [];
  for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name, DEVICE_FILE);
    const text = entry.isDirectory() ? await readFile(path, "utf8").catch(() => null) : null;
    if (text === null) continue;
    const device = readDeviceFile(text, path);
    const names = new Set(device.releases.flatMap((release) => release.sboms));
    const sboms = new Map<string, ReadArrival>();
    for (const name of names)
      sboms.set(name, await readArrived({ bytes: await readFile(join(folder, entry.name, name)), fileName: name }));
    const files = new Map<string, SecurityFile>();
    for (const { securityFile: name } of device.releases)
      if (name !== null) files.set(name, readSecurityFile(await readDocuments(join(folder, entry.name, name))).file);
    devices.push({ folder: join(folder, entry.name), device, sboms, files });
  }
  return devices;
}

async function addExampleDevice(trx: Trx, scope: Scope, { folder, device, sboms, files }: ReadDevice, now: Date) {
  const { releases, ...about } = device;
  const deviceId = await addDevice(trx, scope, about, now);
  const decisions: z.infer<typeof Settle>["decisions"] = [];
  const evidence: z.infer<typeof Settle>["evidence"] = [];
  for (const release of releases) {
    const releaseId = await addExampleRelease(trx, scope, deviceId, release, now);
    for (const name of release.sboms) {
      const read = sboms.get(name);
      if (read !== undefined) await keepArrived(trx, scope, releaseId, read, now);
    }
    const file = release.securityFile === null ? undefined : files.get(release.securityFile);
    if (file !== undefined) {
      const arrived = { file, how: "replace", seen: 0, note: "From the example program" } as const;
      await securityFileArrived(trx, scope, releaseId, arrived, now);
      for (const { path, claim } of evidenceFilesOf(file))
        evidence.push({ releaseId, path: join(folder, release.securityFile ?? "", path), claim });
    }
    for (const { advisory, component, state, justification = null, note } of release.decisions)
      decisions.push({ releaseId, advisory, component, decision: Decision.parse({ state, justification, note }) });
  }
  return { decisions, evidence };
}

async function addExampleRelease(
  trx: Trx,
  scope: Scope,
  deviceId: string,
  release: FileRelease,
  now: Date,
): Promise<string> {
  const { version, notes, endOfSupportOn, interfaces, networkPosition, dataHeld, patientRecords, units } = release;
  const [first, ...later] = release.phases;
  const { phase, since } = first ?? { phase: "concept" as const, since: now.toISOString().slice(0, 10) };
  const id = await addRelease(
    trx,
    scope,
    deviceId,
    { version, notes, endOfSupportOn, phase, since, current: true },
    now,
  );
  for (const [i, next] of later.entries()) await enterPhase(trx, scope, id, { ...next, revision: i + 1 }, now);
  const context = { networkPosition, dataHeld, patientRecords };
  if (interfaces.length > 0 || Object.values(context).some((value) => value !== null))
    await keepInterfaces(trx, scope, id, interfaces, context);
  if (units.length > 0) await addUnits(trx, scope, id, units);
  return id;
}
