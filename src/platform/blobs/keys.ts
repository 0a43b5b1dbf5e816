import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../lib/fault.ts";
import { secretFile } from "../secrets.ts";

/** A key of one file, closed with a key of this installation. */
export interface WrappedKey {
  keyId: string;
  wrapped: Buffer;
}

/** The keys that close the keys of files: one file each in a folder, the newest closes, all of them open. */
export interface BlobKeys {
  /** Ids, oldest first; the last is the one in use. */
  ids(): string[];
  /** Makes a new key, which is in use from now on. Returns its id. */
  rotate(now: Date): string;
  /** Removes a key's file. Nothing closed with it opens any more. */
  remove(keyId: string): void;
  wrap(key: Buffer, about: string): WrappedKey;
  /** Fault `unavailable` when the key is not here, `tampered` when it does not fit. */
  unwrap(wrapped: WrappedKey, about: string): Buffer;
}

const ALGORITHM = "aes-256-gcm";
/** `20261124T084500Z-1f2e3d4c5b6a7988`: when it was made, and the beginning of its hash. Sorts by age. */
const NAME = /^(\d{8}T\d{6}Z-([0-9a-f]{16}))\.key$/;

export function openBlobKeys(folder: string): BlobKeys {
  const cache = new Map<string, Buffer>();
  const ids = () =>
    existsSync(folder)
      ? readdirSync(folder)
          .flatMap((name) => NAME.exec(name)?.[1] ?? [])
          .sort()
      : [];
  const read = (keyId: string): Buffer => {
    const known = cache.get(keyId);
    if (known !== undefined) return known;
    const path = join(folder, `${keyId}.key`);
    if (!NAME.test(`${keyId}.key`) || !existsSync(path))
      throw new Fault("unavailable", "The key of a stored file is not here", {
        at: path,
        fix: "Restore it from a backup of the secrets folder",
      });
    const key = Buffer.from(secretFile(path, () => "").trim(), "base64url");
    if (key.length !== 32 || keyId.slice(-16) !== fingerprint(key))
      throw new Fault("tampered", "The key is not the one its name says", {
        at: path,
        fix: "Restore it from a backup",
      });
    cache.set(keyId, key);
    return key;
  };
  const rotate = (now: Date): string => {
    const key = randomBytes(32);
    const at = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
    const keyId = `${at}-${fingerprint(key)}`;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    secretFile(join(folder, `${keyId}.key`), () => key.toString("base64url"));
    return keyId;
  };
  return {
    ids,
    rotate,
    remove(keyId) {
      cache.delete(keyId);
      rmSync(join(folder, `${keyId}.key`));
    },
    wrap(key, about) {
      const keyId = ids().at(-1) ?? rotate(new Date());
      const nonce = randomBytes(12);
      const cipher = createCipheriv(ALGORITHM, read(keyId), nonce).setAAD(aboutKey(keyId, about));
      const body = Buffer.concat([cipher.update(key), cipher.final()]);
      return { keyId, wrapped: Buffer.concat([nonce, cipher.getAuthTag(), body]) };
    },
    unwrap({ keyId, wrapped }, about) {
      const key = read(keyId);
      try {
        const decipher = createDecipheriv(ALGORITHM, key, wrapped.subarray(0, 12), { authTagLength: 16 })
          .setAAD(aboutKey(keyId, about))
          .setAuthTag(wrapped.subarray(12, 28));
        return Buffer.concat([decipher.update(wrapped.subarray(28)), decipher.final()]);
      } catch (cause) {
        throw new Fault("tampered", "The key of a stored file was changed or belongs to another file", {
          at: about,
          fix: "Restore the database from a backup",
          cause,
        });
      }
    },
  };
}

const fingerprint = (key: Buffer) => createHash("sha256").update(key).digest("hex").slice(0, 16);
const aboutKey = (keyId: string, about: string) => Buffer.from(`cordon/blob-key 1\n${keyId}\n${about}`);
