import { createPublicKey } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { Fault } from "../../lib/fault.ts";
import { publicKeys } from "../../platform/ledger/keys.ts";
import { verifyFile } from "../../platform/ledger/verify-file.ts";
import { plain } from "../run-action.ts";
import { styleFor } from "../style.ts";

export async function runVerify(file: string, keyFile: string | null): Promise<number> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new Fault("bad_input", "There is no such file", { at: file });
  const style = styleFor(process.stdout);
  const verdict = await verifyFile(file, keyFile === null ? null : [readKeys(keyFile)]);
  const { bad, organization, entries, checkpoints, lastSigned, keys } = verdict;
  if (bad !== null) {
    const place =
      bad.record === "entry"
        ? `entry ${bad.sequence}`
        : bad.record === "checkpoint"
          ? `the checkpoint after entry ${bad.sequence}`
          : `the ${bad.record}`;
    console.log(`${style.alarm("does not verify")}: ${place} (line ${bad.line}): ${plain(bad.reason)}`);
    console.log(`Entries before it that verify: ${entries}`);
    return 1;
  }
  console.log(
    `${style.good("verifies")}: ${entries} entries of ${plain(organization?.name ?? "")}, ${checkpoints} checkpoints, the last after entry ${lastSigned}`,
  );
  for (const { keyId } of keys) console.log(`Signed with ${keyId}`);
  if (keyFile === null)
    console.log(
      style.warn(
        "The keys come from the file itself: compare the fingerprint with the signer, or pin it with --trust.",
      ),
    );
  return 0;
}

/** The key id of a file with both public keys, PEM, in any order. */
function readKeys(path: string): string {
  const blocks = readText(path).match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [];
  const keys = blocks.map((block) => readKey(block, path));
  const ed25519 = keys.find((key) => key.asymmetricKeyType === "ed25519");
  const mlDsa65 = keys.find((key) => key.asymmetricKeyType === "ml-dsa-65");
  if (ed25519 === undefined || mlDsa65 === undefined)
    throw new Fault("bad_input", "The key file must hold an Ed25519 and an ML-DSA-65 public key", {
      at: path,
      fix: "Ask the signer for what `cordon ledger keys` prints",
    });
  return publicKeys(ed25519, mlDsa65).keyId;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new Fault("bad_input", "The key file cannot be read", { at: path, cause });
  }
}

function readKey(pem: string, at: string) {
  try {
    return createPublicKey(pem);
  } catch (cause) {
    throw new Fault("bad_input", "A key in the file is none", { at, cause });
  }
}
