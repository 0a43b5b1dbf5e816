import { readConfig } from "../../platform/config/config.ts";
import { readSigningKeys } from "../../platform/ledger/keys.ts";

/** Both public keys as PEM on standard output, their fingerprint on standard error. */
export async function runKeys(): Promise<number> {
  const keys = readSigningKeys(readConfig(process.env).secretsFolder);
  for (const key of [keys.public.ed25519, keys.public.mlDsa65])
    process.stdout.write(
      `-----BEGIN PUBLIC KEY-----\n${key.replace(/(.{64})(?=.)/g, "$1\n")}\n-----END PUBLIC KEY-----\n`,
    );
  process.stderr.write(`fingerprint ${keys.public.keyId}\n`);
  return 0;
}
