import type { BundleReceipt } from "../features/intel/bundle/schema.ts";
import { currentIndex, sync } from "../features/intel/intel.ts";
import { FetchedSources, isOlder } from "../features/intel/loading/schema.ts";
import type { Source } from "../features/intel/source.ts";
import { Fault } from "../lib/fault.ts";
import { newId } from "../lib/ids.ts";
import { type Db, inScope, type Scope, type Trx } from "../platform/db.ts";
import type { PublicKeys } from "../platform/ledger/keys.ts";
import { record } from "../platform/ledger/ledger.ts";
import { type BundleHead, readBundle } from "../platform/loading/bundle.ts";
import type { KeptFiles } from "../platform/loading/kept-files.ts";
import { holdFence } from "../platform/turn.ts";
import { startSync } from "./advisory-arrived.ts";
import { CARRIED, documentsOf, type SourceTools } from "./visit-sources.ts";

/**
 * A bundle arrived at a site without internet: when a trusted key signed it and every document is the one signed, its sources take the
 * place of what an earlier bundle brought, and a run builds the index of them. Fault `tampered` names what is wrong; then nothing changes.
 */
export async function bundleArrived(
  db: Db,
  scope: Scope,
  bytes: AsyncIterable<Uint8Array>,
  { sources, folder, maxKeptBytes }: SourceTools,
  trusted: readonly PublicKeys[],
  now: Date,
): Promise<BundleReceipt> {
  const kept = documentsOf(folder, scope);
  const { files, drop } = kept.aside();
  try {
    const head = await readBundle(bytes, files, trusted, maxKeptBytes);
    return await inScope(db, scope, (trx) => takeOver(trx, scope, head, sources, { kept, files }, now));
  } finally {
    await drop();
  }
}

/** Behind a fence: a run that cleans up sees all of it or nothing. */
async function takeOver(
  trx: Trx,
  scope: Scope,
  head: BundleHead,
  sources: readonly Source[],
  { kept: here, files }: { kept: KeptFiles; files: KeptFiles },
  now: Date,
): Promise<BundleReceipt> {
  const contents = FetchedSources.safeParse(head.contents);
  if (!contents.success)
    throw new Fault("bad_input", "The bundle was made by another version of Cordon", {
      fix: "Use the same version on both sides",
    });
  await holdFence(trx, scope);
  const imported: string[] = [];
  const older: string[] = [];
  const rows = await sync.sourcesOf(trx, scope);
  for (const [id, { choice, state }] of Object.entries(contents.data)) {
    const plugIn = sources.find(({ name }) => name === state.plugIn);
    if (plugIn === undefined)
      throw new Fault("bad_input", `The bundle holds a source ${state.plugIn} that is not known here`, { at: id });
    const location = CARRIED + id;
    const row = rows.find((one) => one.location === location);
    const sourceId = row?.id ?? newId();
    const kept = row === undefined ? undefined : await sync.stateOf(trx, scope, sourceId);
    if (isOlder(state, kept === undefined ? undefined : { succeededAt: kept.succeededAt?.toISOString() ?? null })) {
      older.push(id);
      continue;
    }
    if (row === undefined)
      await sync.insertSource(trx, scope, {
        id: sourceId,
        name: plugIn.title,
        location,
        enabled: true,
        plugIn: plugIn.name,
        choice,
      });
    for (const { sha256 } of state.documents) await here.move(sha256, files);
    await sync.keepState(trx, scope, sourceId, state, false);
    imported.push(id);
  }
  const index = await currentIndex(trx, scope);
  await record(trx, scope, {
    action: "intel.bundle-imported",
    subject: { type: "intel-index", id: index?.sha256 ?? "none" },
    before: null,
    after: { madeAt: head.madeAt, imported, older },
  });
  return { madeAt: head.madeAt, imported, older, runId: await startSync(trx, scope, now, { again: true }) };
}
