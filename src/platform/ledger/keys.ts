import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { join } from "node:path";
import { canonicalJson, type JsonValue } from "../../lib/canonical-json.ts";
import { secretFile } from "../secrets.ts";

/** The public halves, as SPKI in base64; `keyId` is the SHA-256 of both. */
export interface PublicKeys {
  keyId: string;
  ed25519: string;
  mlDsa65: string;
}

export interface SigningKeys {
  ed25519: KeyObject;
  mlDsa65: KeyObject;
  public: PublicKeys;
}

/** Both must hold: Ed25519 for today, ML-DSA-65 (FIPS 204) against a quantum computer. Base64. */
export interface Signatures {
  ed25519: string;
  mlDsa65: string;
}

/** Reads the ledger's signing keys from the folder, making them the first time, each in a file only its owner may read. */
export function readSigningKeys(folder: string): SigningKeys {
  const ed25519 = createPrivateKey(secretFile(join(folder, "ledger-ed25519.pem"), () => newKey("ed25519")));
  const mlDsa65 = createPrivateKey(secretFile(join(folder, "ledger-ml-dsa-65.pem"), () => newKey("ml-dsa-65")));
  return { ed25519, mlDsa65, public: publicKeys(createPublicKey(ed25519), createPublicKey(mlDsa65)) };
}

const newKey = (type: "ed25519" | "ml-dsa-65"): string =>
  (type === "ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("ml-dsa-65")).privateKey
    .export({ format: "pem", type: "pkcs8" })
    .toString();

const spki = (key: KeyObject) => key.export({ format: "der", type: "spki" }).toString("base64");

export const publicKeys = (ed25519: KeyObject, mlDsa65: KeyObject): PublicKeys => withId(spki(ed25519), spki(mlDsa65));

export const withId = (ed25519: string, mlDsa65: string): PublicKeys => ({
  keyId: createHash("sha256").update(`${ed25519}\n${mlDsa65}`).digest("hex"),
  ed25519,
  mlDsa65,
});

/** `purpose` keeps a signature on one kind of record from being shown as one on another. */
export function signRecord(keys: SigningKeys, purpose: string, body: JsonValue): Signatures {
  const message = toMessage(purpose, body);
  return {
    ed25519: sign(null, message, keys.ed25519).toString("base64"),
    mlDsa65: sign(null, message, keys.mlDsa65).toString("base64"),
  };
}

/**
 * Why the signatures do not hold, or null. Base64 leaves unused bits in its last letter, so that several texts say the same bytes:
 * only the one that `signRecord` writes holds. Never throws on malformed keys or signatures. */
export function whyUnsigned(keys: PublicKeys, purpose: string, body: JsonValue, signatures: Signatures): string | null {
  const message = toMessage(purpose, body);
  for (const [name, kind] of [
    ["Ed25519", "ed25519"],
    ["ML-DSA-65", "mlDsa65"],
  ] as const)
    if (!holds(keys[kind], message, signatures[kind])) return `its ${name} signature does not hold`;
  return null;
}

function holds(key: string, message: Buffer, signature: string): boolean {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" });
    const bytes = Buffer.from(signature, "base64");
    return bytes.toString("base64") === signature && verify(null, message, publicKey, bytes);
  } catch {
    return false;
  }
}

const toMessage = (purpose: string, body: JsonValue) =>
  Buffer.from(`cordon/${purpose}\n${canonicalJson(body)}`, "utf8");
