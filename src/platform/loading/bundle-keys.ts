import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { Fault } from "../../lib/fault.ts";
import { type PublicKeys, readSigningKeys, type SigningKeys, withId } from "../ledger/keys.ts";

const PublicHalves = z.object({ keyId: z.string(), ed25519: z.string(), mlDsa65: z.string() });

/** The keys that sign bundles of feeds, made at the first use; apart from a ledger's, because they are used where the internet is. */
export const bundleKeys = (folder: string): SigningKeys => readSigningKeys(join(folder, "intel-bundle"));

/** The public halves in a file that `cordon intel keys` wrote. Fault `bad_configuration` when the file holds none. */
export function readPublicKeys(path: string): PublicKeys {
  try {
    const { keyId, ed25519, mlDsa65 } = PublicHalves.parse(JSON.parse(readFileSync(path, "utf8")));
    const keys = withId(ed25519, mlDsa65);
    if (keys.keyId !== keyId) throw new Error("the key does not have the id it states");
    return keys;
  } catch (cause) {
    throw new Fault("bad_configuration", "The file holds no public keys of bundles", {
      at: path,
      fix: "Give the file that `cordon intel keys --out FILE` wrote where bundles are made",
      cause,
    });
  }
}
