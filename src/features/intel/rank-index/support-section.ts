import { Buffer } from "node:buffer";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import * as z from "zod";
import { SupportRecord } from "../schema.ts";
import { damaged } from "./blocks.ts";
import type { Container } from "./container.ts";

export const SUPPORT_SECTION = "support.records";
const MAX_BYTES = 256 * 1024 * 1024;

/** All support records as one packed JSON list: a few hundred products, read whole. The last of one name from one source stays. */
export function packSupport(records: readonly SupportRecord[]): { bytes: Uint8Array<ArrayBuffer>; count: number } {
  const kept = new Map(records.map((record) => [`${record.source}\0${record.record}`, record]));
  return { bytes: new Uint8Array(zstdCompressSync(JSON.stringify([...kept.values()]))), count: kept.size };
}

/** Empty for a file that was built before support was read. Fault `bad_input` when the section is not what was written. */
export function unpackSupport(container: Container, name: string): SupportRecord[] {
  if (!container.has(SUPPORT_SECTION)) return [];
  try {
    const raw = zstdDecompressSync(container.u8(SUPPORT_SECTION), { maxOutputLength: MAX_BYTES });
    return z.array(SupportRecord).parse(JSON.parse(Buffer.from(raw).toString("utf8")));
  } catch (cause) {
    throw damaged(name, `the section ${SUPPORT_SECTION} cannot be read`, cause);
  }
}
