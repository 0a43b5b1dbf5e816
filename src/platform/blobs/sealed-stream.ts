import { createCipheriv, createDecipheriv } from "node:crypto";
import { Fault } from "../../lib/fault.ts";

/**
 * A sealed file: 8 bytes that name the form, then pieces of 256 KiB, each AES-256-GCM with its tag behind it. The key is of this
 * file alone, the nonce is the piece's number, and what the piece belongs to, its number and whether it is the last are bound to it:
 * a file cut off, put together otherwise or exchanged for another does not open (docs/decisions/0015).
 */
const FORM = Buffer.from("CORDONB1");
const PIECE = 256 * 1024;
const TAG = 16;
const ALGORITHM = "aes-256-gcm";

/** What a sealed file belongs to. */
export interface Binding {
  organizationId: string;
  objectId: string;
}

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Bytes on disk of so many bytes sealed. */
export const sealedSize = (bytes: number): number => FORM.length + bytes + TAG * Math.max(1, Math.ceil(bytes / PIECE));

/** Memory holds two pieces, however long the file is. */
export async function* sealStream(pieces: Pieces, key: Buffer, binding: Binding): AsyncGenerator<Buffer> {
  yield FORM;
  let number = 0;
  const seal = (piece: Buffer, last: boolean) => {
    const cipher = createCipheriv(ALGORITHM, key, nonceOf(number)).setAAD(aboutPiece(binding, number, last));
    number++;
    return Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
  };
  let held: Buffer | null = null;
  for await (const piece of cut(pieces, PIECE)) {
    if (held !== null) yield seal(held, false);
    held = piece;
  }
  yield seal(held ?? Buffer.alloc(0), true);
}

/** The bytes as they were sealed, piece by piece. Fault `tampered` at the first piece that is not as it was written. */
export async function* openStream(sealed: Pieces, key: Buffer, binding: Binding): AsyncGenerator<Buffer> {
  const at = `blob ${binding.objectId}`;
  const spoiled = (reason: string, cause?: unknown) =>
    new Fault("tampered", reason, { at, fix: "Restore the file from a backup of the blobs folder", cause });
  let number = 0;
  const open = (piece: Buffer, last: boolean): Buffer => {
    if (piece.length < TAG) throw spoiled("A stored file is cut off");
    try {
      const decipher = createDecipheriv(ALGORITHM, key, nonceOf(number), { authTagLength: TAG })
        .setAAD(aboutPiece(binding, number, last))
        .setAuthTag(piece.subarray(-TAG));
      number++;
      return Buffer.concat([decipher.update(piece.subarray(0, -TAG)), decipher.final()]);
    } catch (cause) {
      throw spoiled("A stored file is not as it was written", cause);
    }
  };
  let held: Buffer | null = null;
  for await (const piece of cut(withoutForm(sealed, spoiled), PIECE + TAG)) {
    if (held !== null) yield open(held, false);
    held = piece;
  }
  yield open(held ?? Buffer.alloc(0), true);
}

async function* withoutForm(sealed: Pieces, spoiled: (reason: string) => Fault): AsyncGenerator<Uint8Array> {
  let head = Buffer.alloc(0);
  let known = false;
  for await (const piece of sealed) {
    if (known) {
      yield piece;
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.length < FORM.length) continue;
    if (!head.subarray(0, FORM.length).equals(FORM)) throw spoiled("A stored file is of an unknown form");
    known = true;
    yield head.subarray(FORM.length);
  }
  if (!known) throw spoiled("A stored file is cut off");
}

/** The same bytes in pieces of `size`, the last one shorter. */
async function* cut(pieces: Pieces, size: number): AsyncGenerator<Buffer> {
  let kept: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    let from = 0;
    while (length + piece.length - from >= size) {
      const end = from + size - length;
      yield Buffer.concat([...kept, piece.subarray(from, end)], size);
      kept = [];
      length = 0;
      from = end;
    }
    if (from < piece.length) {
      kept.push(Buffer.from(piece.subarray(from)));
      length += piece.length - from;
    }
  }
  if (length > 0) yield Buffer.concat(kept, length);
}

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}

const aboutPiece = ({ organizationId, objectId }: Binding, number: number, last: boolean): Buffer =>
  Buffer.from(`cordon/blob 1\n${organizationId}\n${objectId}\n${number}\n${last ? "last" : "more"}`);
