import type { Hash } from "./schema.ts";

/** Hexadecimal digits per algorithm, in CycloneDX's spelling. */
const DIGITS: Record<string, number> = {
  MD5: 32,
  "SHA-1": 40,
  "SHA-224": 56,
  "SHA-256": 64,
  "SHA-384": 96,
  "SHA-512": 128,
  "SHA3-224": 56,
  "SHA3-256": 64,
  "SHA3-384": 96,
  "SHA3-512": 128,
  "BLAKE2b-256": 64,
  "BLAKE2b-384": 96,
  "BLAKE2b-512": 128,
};

const SPELLING = new Map(Object.keys(DIGITS).map((name) => [squeeze(name), name]));

/** A hash with its algorithm in CycloneDX's spelling and lower-case digits, so that the two standards compare; `flaw` null when sound. */
export function readHash(algorithm: string, value: string): { hash: Hash; flaw: string | null } {
  const name = SPELLING.get(squeeze(algorithm)) ?? algorithm;
  const digits = value.toLowerCase();
  const expected = DIGITS[name];
  let flaw: string | null = null;
  if (!/^[0-9a-f]+$/.test(digits)) flaw = "it is not hexadecimal";
  else if (expected !== undefined && digits.length !== expected) {
    flaw = `${name} has ${expected} digits, this one ${digits.length}`;
  }
  return { hash: { algorithm: name, value: flaw === null ? digits : value }, flaw };
}

function squeeze(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, "");
}
