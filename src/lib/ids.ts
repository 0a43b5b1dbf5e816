import { createHash, randomUUIDv7 } from "node:crypto";

/** A new UUIDv7 (RFC 9562): keys made by the application, in order of time, so that a cluster needs no sequence. */
export const newId = (): string => randomUUIDv7();

/** The same UUIDv5 (RFC 9562, 5.5) for the same name, always: for documents written twice that must be equal. */
export function namedId(name: string): string {
  const hash = createHash("sha1").update(NAMESPACE).update(name).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Cordon's own, made once at random. */
const NAMESPACE = Buffer.from("5d0e1f8ab1f74c0e9f1c6a2f0b7c43d9", "hex");
