import { stat } from "node:fs/promises";
import { Fault } from "../../lib/fault.ts";
import { type Blob, filesIn, openBlobs } from "../../platform/blobs/blobs.ts";
import { sealedSize } from "../../platform/blobs/sealed-stream.ts";
import type { Config } from "../../platform/config/config.ts";
import { acrossOrganizations, type Db, inScope, type Scope } from "../../platform/db.ts";
import { bad, type Check, ok, warn } from "./check.ts";

/** How many of the newest are opened and hashed; of the others only presence, size and key are looked at. */
const OPENED = 20;
const PAGE = 1_000;

/** Stored files: each is there, of its size, its key is here, and the newest open. */
export async function blobChecks(db: Db, config: Config): Promise<Check[]> {
  const blobs = openBlobs(config);
  const ids = new Set(blobs.keys.ids());
  const seen = { files: 0, bytes: 0, missing: 0, resized: 0, keyless: 0, oldKeys: 0 };
  const newest: Blob[] = [];
  for await (const blob of everyBlob(db)) {
    seen.files++;
    seen.bytes += blob.sizeBytes;
    const found = await stat(blobs.pathOf(blob)).catch(() => null);
    if (found === null) seen.missing++;
    else if (found.size !== sealedSize(blob.sizeBytes)) seen.resized++;
    if (!ids.has(blob.keyId)) seen.keyless++;
    else if (blob.keyId !== [...ids].at(-1)) seen.oldKeys++;
    newest.push(blob);
    if (newest.length > OPENED) newest.shift();
  }
  if (seen.files === 0) return [ok("stored files", "none yet")];
  const found = `${seen.files} files, ${(seen.bytes / 2 ** 20).toFixed(1)} MiB`;
  if (seen.keyless > 0)
    return [
      bad(
        "stored files",
        found,
        `${seen.keyless} have a key that is not here`,
        "Restore blob-keys of the secrets folder",
      ),
    ];
  if (seen.missing + seen.resized > 0)
    return [
      bad(
        "stored files",
        found,
        `${seen.missing} are missing and ${seen.resized} have another size than was written`,
        `Restore ${blobs.folder} from a backup`,
      ),
    ];
  for (const blob of newest)
    try {
      for await (const _ of blobs.read(blob));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return [bad("stored files", found, `${error.at}: ${error.message}`, error.fix ?? "")];
    }
  const orphans = (await countFiles(blobs.folder)) - seen.files;
  return [
    ok(
      "stored files",
      `${found}; the newest ${newest.length} open${orphans > 0 ? `, ${orphans} unfinished uploads` : ""}`,
    ),
    ...(seen.oldKeys > 0
      ? [
          warn(
            "keys of stored files",
            `${seen.oldKeys} files have an older key`,
            "A rotation is not finished",
            "Run cordon keys rotate, or wait for the server",
          ),
        ]
      : []),
  ];
}

async function countFiles(folder: string): Promise<number> {
  let count = 0;
  for await (const _ of filesIn(folder)) count++;
  return count;
}

async function* everyBlob(db: Db): AsyncGenerator<Blob> {
  const organizations = await acrossOrganizations(db, (trx) =>
    trx.selectFrom("organization").select("organizationId").execute(),
  );
  for (const { organizationId } of organizations) {
    const scope: Scope = { organizationId, actor: { kind: "system", id: "doctor", name: "cordon doctor" } };
    for (let after = "", more = true; more; ) {
      const page = await inScope(db, scope, (trx) =>
        trx
          .selectFrom("blob")
          .selectAll()
          .where("organizationId", "=", organizationId)
          .where("sha256", ">", after)
          .orderBy("sha256")
          .limit(PAGE)
          .execute(),
      );
      yield* page;
      after = page.at(-1)?.sha256 ?? after;
      more = page.length === PAGE;
    }
  }
}
