import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { Fault } from "../lib/fault.ts";

/**
 * The secret in a file only its owner may read; made by `create` the first time. Two processes that start together get the same
 * one. Fault `bad_configuration` when others may read the file.
 */
export function secretFile(path: string, create: () => string): string {
  const found = read(path);
  if (found !== null) return found;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}`;
  const file = openSync(fresh, "w", 0o600);
  writeSync(file, create());
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(fresh, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(fresh);
  }
  return read(path) ?? "";
}

function read(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  if ((stats.mode & 0o077) !== 0)
    throw new Fault("bad_configuration", "A secret is readable by others than its owner", {
      at: path,
      fix: `chmod 600 ${path}; if others could read it, replace it`,
    });
  return readFileSync(path, "utf8");
}
