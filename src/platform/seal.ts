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

const ALGORITHM = "aes-256-gcm";

export function openSeal({ secretsFolder }: Pick<Config, "secretsFolder">): Seal {
  const text = secretFile(join(secretsFolder, "seal"), () => randomBytes(32).toString("base64url"));
  const key = Buffer.from(text.trim(), "base64url");
  return {
    close(secret, about) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed, "base64url");
      try {
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, 12), { authTagLength: 16 })
          .setAAD(Buffer.from(about))
          .setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new Fault("tampered", "A sealed secret does not open with this installation's key", {
          fix: "Restore the file seal of the secrets folder, or set the secret again",
          cause,
        });
      }
    },
  };
}
