import { existsSync } from "node:fs";
import { join } from "node:path";
import { secretFile } from "./secrets.ts";

/** Signs for an organisation with its own key. */
export interface PgpSigner {
  /** Hexadecimal, capital letters. */
  fingerprint: string;
  /** ASCII-armoured, for everybody. */
  publicKey: string;
  /** A detached signature over the bytes of a text (RFC 9580), ASCII-armoured. */
  sign(text: string, at: Date): Promise<string>;
}

/** The organisation's signer; `name` and `email` go into a key that is made now. */
export type OpenSigner = (organizationId: string, owner: { name: string; email: string }) => Promise<PgpSigner>;

/**
 * OpenPGP keys in the secrets folder, one for each organisation, made once when it is first asked for, each in a file only its owner may
 * read. Ed25519 in the form that every OpenPGP program of today knows.
 */
export const pgpSigners =
  (folder: string): OpenSigner =>
  async (organizationId, owner) => {
    const { createMessage, generateKey, readPrivateKey, sign } = await import("openpgp");
    const path = join(folder, `openpgp-${organizationId}.asc`);
    let fresh = "";
    if (!existsSync(path)) {
      const userIDs = [{ name: plainName(owner.name), ...(owner.email === "" ? {} : { email: owner.email }) }];
      fresh = (await generateKey({ type: "ecc", curve: "ed25519Legacy", userIDs, format: "armored" })).privateKey;
    }
    const signingKeys = await readPrivateKey({ armoredKey: secretFile(path, () => fresh) });
    return {
      fingerprint: signingKeys.getFingerprint().toUpperCase(),
      publicKey: signingKeys.toPublic().armor(),
      sign: async (text, at) =>
        sign({
          message: await createMessage({ binary: Buffer.from(text, "utf8") }),
          signingKeys,
          detached: true,
          // A key made a moment ago must not have signed before it was.
          date: new Date(Math.max(at.getTime(), signingKeys.getCreationTime().getTime())),
          format: "armored",
        }),
    };
  };

/** A user id is `name <address>`: those signs cannot stand in a name. */
const plainName = (name: string): string => name.replaceAll(/[<>()\p{Cc}]/gu, " ").trim() || "CSAF provider";
