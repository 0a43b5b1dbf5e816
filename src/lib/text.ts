import { Fault } from "./fault.ts";

/** More than this does not fit one JavaScript string; callers set lower limits of their own. */
export const MAX_TEXT_BYTES = 500 * 1024 * 1024;

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

const SAVE_AS_UTF8 = "Save the file as UTF-8 and try again.";

/**
 * The text in `bytes`: UTF-8, or UTF-16 when a byte order mark says so; the mark itself is left out.
 * Faults `bad_input` when empty or when a byte does not belong to the encoding (`at` names its offset), `too_large` above MAX_TEXT_BYTES.
 */
export function decodeText(bytes: Uint8Array, name = "input"): string {
  if (bytes.length === 0) {
    throw new Fault("bad_input", "The file is empty.", { at: name, fix: "Check that it was written completely." });
  }
  if (bytes.length > MAX_TEXT_BYTES) {
    throw new Fault("too_large", `The text has ${bytes.length} bytes; the limit is ${MAX_TEXT_BYTES}.`, { at: name });
  }
  const encoding = encodingOf(bytes, name);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    const at = `${name}, byte ${firstInvalidByte(bytes, encoding)}`;
    throw new Fault("bad_input", `The bytes here are not ${encoding.toUpperCase()}.`, { at, fix: SAVE_AS_UTF8, cause });
  }
}

function encodingOf(bytes: Uint8Array, name: string): Encoding {
  const [a, b, c, d] = bytes;
  const isUtf32 = (a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff);
  if (isUtf32) throw new Fault("bad_input", "The file is UTF-32.", { at: `${name}, byte 0`, fix: SAVE_AS_UTF8 });
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (bytes.length > 1 && (a === 0) !== (b === 0)) {
    const reason = "The file looks like UTF-16 without a byte order mark.";
    throw new Fault("bad_input", reason, { at: `${name}, byte 0`, fix: SAVE_AS_UTF8 });
  }
  return "utf-8";
}

/** Offset of the first byte of the first sequence that does not decode. */
function firstInvalidByte(bytes: Uint8Array, encoding: Encoding): number {
  return encoding === "utf-8" ? firstInvalidUtf8(bytes) : firstInvalidUtf16(bytes, encoding === "utf-16le");
}

function firstInvalidUtf8(bytes: Uint8Array): number {
  const chunk = 1 << 16;
  let start = 0;
  const coarse = new TextDecoder("utf-8", { fatal: true });
  try {
    for (; start < bytes.length; start += chunk) {
      coarse.decode(bytes.subarray(start, start + chunk), { stream: true });
    }
  } catch {
    // The bad sequence ends in this chunk; it may have begun in the last bytes of the one before.
  }
  let sequence = Math.max(0, Math.min(start, bytes.length) - 4);
  while (((bytes[sequence] ?? 0) & 0xc0) === 0x80 && sequence < start) sequence++;
  const fine = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    for (let i = sequence; i < bytes.length; i++) {
      if (fine.decode(bytes.subarray(i, i + 1), { stream: true }) !== "") sequence = i + 1;
    }
  } catch {
    // `sequence` is where it began.
  }
  return sequence;
}

function firstInvalidUtf16(bytes: Uint8Array, littleEndian: boolean): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const half = (at: number) => (at + 1 < bytes.length ? view.getUint16(at, littleEndian) >> 10 : -1);
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    if (half(i) === LOW_SURROGATE) return i;
    if (half(i) !== HIGH_SURROGATE) continue;
    if (half(i + 2) !== LOW_SURROGATE) return i;
    i += 2;
  }
  return bytes.length - 1;
}

/** Upper six bits of the two kinds of surrogates. */
const HIGH_SURROGATE = 0xd800 >> 10;
const LOW_SURROGATE = 0xdc00 >> 10;
