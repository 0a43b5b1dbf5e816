import { rm, stat } from "node:fs/promises";
import { type Db, inScope, type Scope } from "../db.ts";
import type { Schedule } from "../jobs/job.ts";
import { type Blobs, filesIn } from "./blobs.ts";

/** Longer than any upload or transaction lasts: a younger file may be about to get its row. */
const ORPHAN_AFTER_MS = 24 * 3_600_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Removes files that no row names and that are older than a day: uploads that broke off. Returns how many. */
export async function sweepOrphans(db: Db, blobs: Blobs, now: Date, signal?: AbortSignal): Promise<number> {
  let removed = 0;
  for await (const file of filesIn(blobs.folder)) {
    if (signal?.aborted === true) break;
    const modified = await stat(file.path).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    );
    if (modified === null || now.getTime() - modified < ORPHAN_AFTER_MS) continue;
    if (await isNamed(db, file)) continue;
    await rm(file.path, { force: true });
    removed++;
  }
  return removed;
}

async function isNamed(
  db: Db,
  { organizationId, sha256, objectId }: { organizationId: string | null; sha256: string; objectId: string },
): Promise<boolean> {
  if (organizationId === null) return false;
  // Not ours to judge: nothing of Cordon makes such names.
  if (!UUID.test(organizationId)) return true;
  const scope: Scope = { organizationId, actor: { kind: "system", id: "schedule", name: "Cordon" } };
  const found = await inScope(db, scope, (trx) =>
    trx
      .selectFrom("blob")
      .select("objectId")
      .where("organizationId", "=", organizationId)
      .where("sha256", "=", sha256)
      .where("objectId", "=", objectId)
      .executeTakeFirst(),
  );
  return found !== undefined;
}

export const sweepSchedule = (blobs: Blobs): Schedule => ({
  name: "blobs.sweep",
  cron: "41 3 * * *",
  run: ({ db, signal }) => sweepOrphans(db, blobs, new Date(), signal),
});
