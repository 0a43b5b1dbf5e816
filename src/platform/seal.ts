import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { join } from "node:path";
import { Fault } from "../lib/fault.ts";
import type { Config } from "./config/config.ts";
import { secretFile } from "./secrets.ts";

/** Keeps secrets that Cordon must be able to use, so that whoever reads the database cannot. AES-256-GCM; `about` is bound to it. */
export interface Seal {
  close(secret: string, about: string): string;
  /** Fault `tampered` when it was closed with another key, about something else, or changed. */
  open(sealed: string, about: string): string;
}

/** The same for the bytes of a file. */
export interface FileSeal {
  closeBytes(bytes: Buffer, about: string): Buffer;
  openBytes(sealed: Buffer, about: string): Buffer;
}

const ALGORITHM = "aes-256-gcm";

export function openSeal({ secretsFolder }: Pick<Config, "secretsFolder">): Seal & FileSeal {
  const text = secretFile(join(secretsFolder, "seal"), () => randomBytes(32).toString("base64url"));
  const key = Buffer.from(text.trim(), "base64url");
  const closeBytes = (bytes: Buffer, about: string): Buffer => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(about));
    const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  };
  const openBytes = (sealed: Buffer, about: string): Buffer => {
    try {
      const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, 12), { authTagLength: 16 })
        .setAAD(Buffer.from(about))
        .setAuthTag(sealed.subarray(12, 28));
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
    } catch (cause) {
      throw new Fault("tampered", "A sealed secret does not open with this installation's key", {
        fix: "Restore the file seal of the secrets folder, or set the secret again",
        cause,
      });
    }
  };
  return {
    closeBytes,
    openBytes,
    close: (secret, about) => closeBytes(Buffer.from(secret, "utf8"), about).toString("base64url"),
    open: (sealed, about) => openBytes(Buffer.from(sealed, "base64url"), about).toString("utf8"),
  };
}
