import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";

const PIECE_BYTES = 1024 * 1024;

/**
 * Hashes of the files beside a security file, by the path it gives them. A path that leads out of its folder is as if it were not there:
 * whoever wrote the file must not learn of others.
 */
export function hashesBeside(at: string): (file: string) => string | null {
  const folder = realpathSync(statSync(at).isDirectory() ? at : dirname(at));
  return (file) => {
    try {
      const path = realpathSync(join(folder, file));
      return path.startsWith(folder + sep) && statSync(path).isFile() ? sha256Of(path) : null;
    } catch {
      return null;
    }
  };
}

/** SHA-256 of a file, read in pieces. */
function sha256Of(path: string): string {
  const hash = createHash("sha256");
  const piece = Buffer.alloc(PIECE_BYTES);
  const open = openSync(path, "r");
  try {
    for (let read = readSync(open, piece); read > 0; read = readSync(open, piece)) hash.update(piece.subarray(0, read));
  } finally {
    closeSync(open);
  }
  return hash.digest("hex");
}
