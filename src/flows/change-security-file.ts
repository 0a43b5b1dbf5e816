import { getRelease, keepInterfaces, recordOnDevices, takeRelease } from "../features/devices/devices.ts";
import { changesTo } from "../features/security-file/change/apply.ts";
import type { Changed, FileChange } from "../features/security-file/change/schema.ts";
import { interfacesOf } from "../features/security-file/design/interfaces.ts";
import { mergeModel } from "../features/security-file/formats/merge.ts";
import type { SecurityFile } from "../features/security-file/schema.ts";
import { addMatrix, keepChanges, type Loaded, loadFile } from "../features/security-file/security-file.ts";
import type { AcceptanceMatrix } from "../features/security-file/threats/schema.ts";
import { asJson, canonicalJson } from "../lib/canonical-json.ts";
import { Fault } from "../lib/fault.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { record } from "../platform/ledger/ledger.ts";
import { doubtCarried } from "./carry-over.ts";
import { askMoveToHarm } from "./move-to-harm.ts";

/** Somebody changed a release's security file: all of the changes are kept, or none. Faults as `applyChanges`. */
export async function changeSecurityFile(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  changes: readonly FileChange[],
  note: string,
  now: Date,
): Promise<Changed> {
  const release = await takeRelease(trx, scope, releaseId);
  return keep(trx, scope, release, await loadFile(trx, scope, releaseId), changes, note, now);
}

/**
 * A whole file arrived: it takes the place of the release's, or is merged into it (its items win). `seen` is the revision that was
 * there when somebody decided so. Fault `conflict` when there is another now.
 */
export async function securityFileArrived(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  { file, how, seen, note }: { file: SecurityFile; how: "replace" | "merge"; seen: number; note: string },
  now: Date,
): Promise<Changed> {
  const release = await takeRelease(trx, scope, releaseId);
  const before = await loadFile(trx, scope, releaseId);
  if (before.revision !== seen)
    throw new Fault("conflict", `The release has a security file at revision ${before.revision}`, {
      at: "revision",
      fix: `Look at it, then send “revision=${before.revision}”`,
    });
  const next = how === "replace" ? file : mergeModel(before.file, file).file;
  return keep(trx, scope, release, before, changesTo(before, next), note, now);
}

/** Starts a release's file from that of another release. Fault `conflict` when it has one, `not_found` when the other has none. */
export async function copySecurityFile(
  trx: Trx,
  scope: Scope,
  { releaseId, from }: { releaseId: string; from: string },
  now: Date,
): Promise<Changed> {
  const origin = await getRelease(trx, scope, from);
  const { file, revision } = await loadFile(trx, scope, from);
  if (revision === 0)
    throw new Fault("not_found", `Release ${origin.version} has no security file`, {
      at: "from",
      fix: "Choose another",
    });
  const note = `Taken over from release ${origin.version}, revision ${revision}`;
  return securityFileArrived(trx, scope, releaseId, { file, how: "replace", seen: 0, note }, now);
}

/** Somebody added an edition of the organisation's acceptance criteria. */
export async function addAcceptanceMatrix(
  trx: Trx,
  scope: Scope,
  matrix: AcceptanceMatrix,
  now: Date,
): Promise<string> {
  const id = await addMatrix(trx, scope, matrix, now);
  const subject = { type: "acceptance-matrix", id };
  await record(trx, scope, { action: "acceptance-matrix.added", subject, before: null, after: matrix });
  return id;
}

const same = (a: unknown, b: unknown) => canonicalJson(asJson(a)) === canonicalJson(asJson(b));

/** What ways from a part to a patient are made of: with another one of these, findings may stand elsewhere. */
const SAYS_OF_HARM: ReadonlySet<string> = new Set([
  "elements",
  "flows",
  "updatePaths",
  "functions",
  "hazards",
  "situations",
  "harms",
]);

/** Keeps the changes. Where the file names interfaces, the release's are those. */
async function keep(
  trx: Trx,
  scope: Scope,
  release: Awaited<ReturnType<typeof takeRelease>>,
  before: Loaded,
  changes: readonly FileChange[],
  note: string,
  now: Date,
): Promise<Changed> {
  const { id: releaseId, deviceId } = release;
  const { file, revision, differences } = await keepChanges(trx, scope, releaseId, before, changes, note, now);
  if (revision !== before.revision) {
    const interfaces = interfacesOf(file);
    const isOther = interfaces.length > 0 && !same(interfaces, release.interfaces);
    if (isOther) await keepInterfaces(trx, scope, releaseId, interfaces);
    const side = (which: "before" | "after") =>
      Object.fromEntries(differences.map((one) => [`${one.kind}/${one.id}`, one[which]]));
    await recordOnDevices(trx, scope, [
      {
        action: before.revision === 0 ? "security-file.added" : "security-file.changed",
        subject: { type: "security-file", id: releaseId },
        before: before.revision === 0 ? null : { revision: before.revision, items: side("before") },
        after: { revision, note, items: side("after") },
        deviceId,
        releaseId,
      },
    ]);
    if (isOther) await doubtCarried(trx, scope, release, { ...release, interfaces }, now);
    if (differences.some(({ kind }) => SAYS_OF_HARM.has(kind))) await askMoveToHarm(trx, scope, releaseId);
  }
  const revisions = differences.map(({ id, after }) => [id, after === null ? null : revision] as const);
  return { revision, revisions: Object.fromEntries(revisions) };
}
