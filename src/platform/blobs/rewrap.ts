import { acrossOrganizations, type Db, inScope, type Scope } from "../db.ts";
import type { Schedule } from "../jobs/job.ts";
import { record } from "../ledger/ledger.ts";
import { aboutBlob, type Blobs } from "./blobs.ts";

const AT_ONCE = 500;

/**
 * Closes the keys of files with the newest key of the installation. The files stay as they are and are read meanwhile: an old key
 * opens until it is removed. Interrupted, it goes on where it was. Returns how many were done.
 */
export async function rewrapAll(db: Db, blobs: Blobs, signal?: AbortSignal): Promise<number> {
  const current = blobs.keys.ids().at(-1);
  if (current === undefined) return 0;
  const organizations = await acrossOrganizations(db, (trx) =>
    trx.selectFrom("organization").select("organizationId").execute(),
  );
  let done = 0;
  for (const { organizationId } of organizations) {
    const scope: Scope = { organizationId, actor: { kind: "system", id: "schedule", name: "Cordon" } };
    for (let more = true; more && signal?.aborted !== true; ) {
      const count = await rewrapSome(db, scope, blobs, current);
      done += count;
      more = count === AT_ONCE;
    }
  }
  return done;
}

const rewrapSome = (db: Db, scope: Scope, blobs: Blobs, current: string): Promise<number> =>
  inScope(db, scope, async (trx) => {
    const rows = await trx
      .selectFrom("blob")
      .selectAll()
      .where("organizationId", "=", scope.organizationId)
      .where("keyId", "<>", current)
      .orderBy("sha256")
      .limit(AT_ONCE)
      .forUpdate()
      .skipLocked()
      .execute();
    if (rows.length === 0) return 0;
    for (const row of rows) {
      const about = aboutBlob(row);
      const { keyId, wrapped } = blobs.keys.wrap(
        blobs.keys.unwrap({ keyId: row.keyId, wrapped: row.wrappedKey }, about),
        about,
      );
      await trx
        .updateTable("blob")
        .set({ keyId, wrappedKey: wrapped })
        .where("organizationId", "=", scope.organizationId)
        .where("sha256", "=", row.sha256)
        .execute();
    }
    await record(trx, scope, {
      action: "blob.keys-rewrapped",
      subject: { type: "blob-key", id: current },
      before: { keys: [...new Set(rows.map(({ keyId }) => keyId))] },
      after: { key: current, files: rows.length },
    });
    return rows.length;
  });

/** How many files each key closes, all organisations together. */
export async function keysInUse(db: Db): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const organizations = await acrossOrganizations(db, (trx) =>
    trx.selectFrom("organization").select("organizationId").execute(),
  );
  for (const { organizationId } of organizations) {
    const scope: Scope = { organizationId, actor: { kind: "system", id: "schedule", name: "Cordon" } };
    const rows = await inScope(db, scope, (trx) =>
      trx
        .selectFrom("blob")
        .select(({ fn }) => ["keyId", fn.countAll<number>().as("files")])
        .where("organizationId", "=", organizationId)
        .groupBy("keyId")
        .execute(),
    );
    for (const { keyId, files } of rows) counts.set(keyId, (counts.get(keyId) ?? 0) + Number(files));
  }
  return counts;
}

/** What `cordon keys rotate` left over, or another server wrote with the key before. */
export const rewrapSchedule = (blobs: Blobs): Schedule => ({
  name: "blobs.rewrap",
  cron: "*/10 * * * *",
  run: ({ db, signal }) => rewrapAll(db, blobs, signal),
});
