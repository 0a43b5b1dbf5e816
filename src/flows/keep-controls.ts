import {
  catalogueSources,
  chooseCatalogues,
  chosenCatalogues,
  dropCatalogue,
  formOf,
  keepCatalogue,
  keepForm,
  listCatalogues,
} from "../features/controls/controls.ts";
import type { KeptForm } from "../features/controls/mds2/schema.ts";
import type { CatalogueReceipt, ChosenCatalogues } from "../features/controls/schema.ts";
import { getRelease, recordOnDevices, takeRelease } from "../features/devices/devices.ts";
import { type Db, inScope, type Scope, type Trx } from "../platform/db.ts";
import { record } from "../platform/ledger/ledger.ts";
import { readMds2Apart } from "./read-mds2-apart.ts";
import { readOscalApart } from "./read-oscal-apart.ts";

/** An OSCAL file arrived: read apart, a profile resolved over what is there, then kept. */
export async function catalogueArrived(
  db: Db,
  scope: Scope,
  { bytes, fileName }: { bytes: Uint8Array; fileName: string },
  now: Date,
): Promise<CatalogueReceipt> {
  const sources = isProfile(bytes) ? await inScope(db, scope, (trx) => catalogueSources(trx, scope)) : [];
  const { catalogue, losses } = await readOscalApart(bytes, fileName, sources);
  return inScope(db, scope, async (trx) => {
    const { id, unchanged } = await keepCatalogue(trx, scope, { catalogue, losses, fileName }, now);
    if (!unchanged)
      await record(trx, scope, {
        action: "catalog.imported",
        subject: { type: "catalog", id },
        before: null,
        after: { title: catalogue.title, edition: catalogue.edition, fileName },
      });
    const card = (await listCatalogues(trx, scope)).find((one) => one.id === id);
    if (card === undefined) throw new Error("a catalogue is not where it was put");
    return { catalogue: card, unchanged };
  });
}

/** Only a profile needs the other catalogues; its root stands within the first lines. */
const isProfile = (bytes: Uint8Array): boolean =>
  /["']?profile["']?\s*:/.test(Buffer.from(bytes.subarray(0, 2_000)).toString("latin1"));

/** Somebody removed an imported catalogue. */
export async function removeCatalogue(trx: Trx, scope: Scope, id: string): Promise<void> {
  const { title, edition, fileName, hash } = await dropCatalogue(trx, scope, id);
  const before = { title, edition, fileName, hash };
  await record(trx, scope, { action: "catalog.removed", subject: { type: "catalog", id }, before, after: null });
}

export async function readChosen(trx: Trx, scope: Scope, releaseId: string): Promise<ChosenCatalogues> {
  await getRelease(trx, scope, releaseId);
  return chosenCatalogues(trx, scope, releaseId);
}

/** Somebody chose which catalogues a release answers to. */
export async function catalogsChosen(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  wish: { names: readonly string[]; revision: number },
  now: Date,
): Promise<ChosenCatalogues> {
  const { deviceId } = await takeRelease(trx, scope, releaseId);
  const { before, after } = await chooseCatalogues(trx, scope, releaseId, wish, now);
  const subject = { type: "release", id: releaseId };
  await recordOnDevices(trx, scope, [{ action: "catalog.chosen", subject, before, after, deviceId, releaseId }]);
  return chosenCatalogues(trx, scope, releaseId);
}

export async function readForm(trx: Trx, scope: Scope, releaseId: string): Promise<KeptForm | null> {
  await getRelease(trx, scope, releaseId);
  return formOf(trx, scope, releaseId);
}

/** A filled MDS2 workbook arrived for a release: read apart, then ids, answers and notes are kept. */
export async function mds2Arrived(
  db: Db,
  scope: Scope,
  { releaseId, bytes, fileName }: { releaseId: string; bytes: Uint8Array; fileName: string },
  now: Date,
): Promise<KeptForm> {
  await inScope(db, scope, (trx) => getRelease(trx, scope, releaseId));
  const form = await readMds2Apart(bytes, fileName);
  return inScope(db, scope, async (trx) => {
    const { deviceId } = await takeRelease(trx, scope, releaseId);
    const id = await keepForm(trx, scope, releaseId, { form, fileName }, now);
    if (id !== null)
      await recordOnDevices(trx, scope, [
        {
          action: "mds2.uploaded",
          subject: { type: "mds2", id },
          before: null,
          after: { fileName, answers: form.answers.length, unanswered: form.unanswered.length },
          deviceId,
          releaseId,
        },
      ]);
    const kept = await formOf(trx, scope, releaseId);
    if (kept === null) throw new Error("a form is not where it was put");
    return kept;
  });
}
