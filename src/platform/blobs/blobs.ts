import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Fault } from "../../lib/fault.ts";
import { newId } from "../../lib/ids.ts";
import type { Config } from "../config/config.ts";
import type { Scope, Trx } from "../db.ts";
import type { BlobRow } from "../tables.ts";
import { type BlobKeys, openBlobKeys } from "./keys.ts";
import { openStream, sealedSize, sealStream } from "./sealed-stream.ts";

export type Blob = Pick<BlobRow, "organizationId" | "sha256" | "objectId" | "sizeBytes" | "keyId" | "wrappedKey">;
type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Files as they came, known by the SHA-256 of what is in them, one organisation's apart from another's, each sealed with a key of
 * its own. The file is on disk before its row is committed; a file without a row is of no use and is swept away later.
 */
export interface Blobs {
  readonly keys: BlobKeys;
  readonly folder: string;
  /** Seals what comes in pieces; memory does not grow with it. Nothing knows of it until `keepBlob`. */
  take(organizationId: string, pieces: Pieces): Promise<Blob>;
  /** What was taken, in pieces, checked piece by piece and as a whole. Fault `tampered`, `unavailable`. */
  read(blob: Blob): AsyncGenerator<Buffer>;
  /** Removes the file of a blob that `keepBlob` did not need. */
  drop(blob: Blob): Promise<void>;
  pathOf(blob: Pick<Blob, "organizationId" | "sha256" | "objectId">): string;
}

export const blobsFolder = ({ blobs, dataFolder }: Config): string => blobs.folder ?? join(dataFolder, "blobs");
export const blobKeysFolder = ({ blobs, secretsFolder }: Config): string =>
  blobs.keysFolder ?? join(secretsFolder, "blob-keys");

export const openBlobs = (config: Config): Blobs => blobsIn(blobsFolder(config), openBlobKeys(blobKeysFolder(config)));

export function blobsIn(folder: string, keys: BlobKeys): Blobs {
  const pathOf: Blobs["pathOf"] = ({ organizationId, sha256, objectId }) =>
    join(folder, organizationId, sha256.slice(0, 2), `${sha256}-${objectId}`);
  return {
    keys,
    folder,
    pathOf,
    async take(organizationId, pieces) {
      const objectId = newId();
      const key = randomBytes(32);
      const incoming = join(folder, "incoming", objectId);
      await mkdir(dirname(incoming), { recursive: true, mode: 0o700 });
      const hash = createHash("sha256");
      let sizeBytes = 0;
      async function* counted() {
        for await (const piece of pieces) {
          hash.update(piece);
          sizeBytes += piece.length;
          yield piece;
        }
      }
      const file = await open(incoming, "wx", 0o600);
      try {
        for await (const piece of sealStream(counted(), key, { organizationId, objectId })) await file.writeFile(piece);
        await file.sync();
      } catch (error) {
        await file.close();
        await rm(incoming, { force: true });
        throw error;
      }
      await file.close();
      const sha256 = hash.digest("hex");
      const { keyId, wrapped } = keys.wrap(key, aboutBlob({ organizationId, sha256, objectId }));
      const blob: Blob = { organizationId, sha256, objectId, sizeBytes, keyId, wrappedKey: wrapped };
      await moveInto(incoming, pathOf(blob));
      return blob;
    },
    async *read(blob) {
      const key = keys.unwrap({ keyId: blob.keyId, wrapped: blob.wrappedKey }, aboutBlob(blob));
      const path = pathOf(blob);
      const size = await stat(path).then(
        (found) => found.size,
        () => null,
      );
      if (size === null) throw missing(path);
      if (size !== sealedSize(blob.sizeBytes))
        throw new Fault("tampered", "A stored file has another size than was written", { at: path, fix: RESTORE });
      const hash = createHash("sha256");
      const stream = createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>;
      for await (const piece of openStream(stream, key, blob)) {
        hash.update(piece);
        yield piece;
      }
      if (hash.digest("hex") !== blob.sha256)
        throw new Fault("tampered", "A stored file is not what its name says", { at: path, fix: RESTORE });
    },
    drop: (blob) => rm(pathOf(blob), { force: true }),
  };
}

const RESTORE = "Restore it from a backup of the blobs folder";
const missing = (path: string) => new Fault("unavailable", "A stored file is not there", { at: path, fix: RESTORE });

/** What a file's key is bound to. */
export const aboutBlob = ({ organizationId, sha256, objectId }: Pick<Blob, "organizationId" | "sha256" | "objectId">) =>
  `${organizationId}\n${sha256}\n${objectId}`;

/** The name is on disk when this returns, also after a power cut. */
async function moveInto(from: string, to: string): Promise<void> {
  const folder = dirname(to);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await rename(from, to);
  for (const one of [folder, dirname(folder), dirname(dirname(folder))]) {
    const handle = await open(one, "r");
    await handle.sync();
    await handle.close();
  }
}

/**
 * Makes what was taken part of the organisation, in the transaction that needs it. The same bytes stand once: then the earlier blob
 * is the answer, and the file just taken is the caller's to `drop` after the transaction.
 */
export async function keepBlob(trx: Trx, scope: Scope, blob: Blob, now: Date): Promise<Blob> {
  const { organizationId } = scope;
  const added = await trx
    .insertInto("blob")
    .values({ ...blob, organizationId, storedAt: now })
    .onConflict((conflict) => conflict.columns(["organizationId", "sha256"]).doNothing())
    .returning("sha256")
    .executeTakeFirst();
  return added === undefined ? getBlob(trx, scope, blob.sha256) : blob;
}

/** Fault `not_found`. */
export async function getBlob(trx: Trx, { organizationId }: Scope, sha256: string): Promise<Blob> {
  const found = await trx
    .selectFrom("blob")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  if (found === undefined) throw new Fault("not_found", "There is no such file", { at: "sha256" });
  return found;
}

/** Every file of a blobs folder, as organisation, hash and object; `incoming` ones have no organisation. */
export async function* filesIn(folder: string) {
  for (const organizationId of await namesIn(folder)) {
    if (organizationId === "incoming") {
      for (const name of await namesIn(join(folder, organizationId)))
        yield { organizationId: null, sha256: "", objectId: name, path: join(folder, organizationId, name) };
      continue;
    }
    for (const shelf of await namesIn(join(folder, organizationId)))
      for (const name of await namesIn(join(folder, organizationId, shelf)))
        yield {
          organizationId,
          sha256: name.slice(0, 64),
          objectId: name.slice(65),
          path: join(folder, organizationId, shelf, name),
        };
  }
}

const namesIn = (path: string): Promise<string[]> => readdir(path).catch(() => []);
