import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { Fault } from "../../lib/fault.ts";
import type { ByteSink, RandomAccess } from "../../lib/random-access.ts";

/** Opens a file for reading at any place. The caller closes it. Throws `Fault` when it is not there or not readable. */
export function openRandomFile(path: string): RandomAccess & { close(): void } {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch (cause) {
    throw new Fault("not_found", "The file cannot be opened", {
      at: path,
      fix: "Check the path and its permissions",
      cause,
    });
  }
  const stat = fstatSync(fd);
  if (!stat.isFile()) {
    closeSync(fd);
    throw new Fault("bad_input", "This is not a file", { at: path, fix: "Name a file" });
  }
  const { size } = stat;
  return {
    name: path,
    size,
    readAt(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      let done = 0;
      while (done < bytes.length) {
        const read = readSync(fd, bytes, done, bytes.length - done, offset + done);
        if (read === 0) break;
        done += read;
      }
      return done === bytes.length ? bytes : bytes.slice(0, done);
    },
    close: () => closeSync(fd),
  };
}

/**
 * Writes a file beside its final place and moves it there only after `write` returned and the bytes are on disk,
 * so that a reader sees the old file or the whole new one, and a failure leaves the old one. Its folder is made when it is not
 * there. Throws `Fault` where nothing can be written.
 */
export async function replaceFile<T>(path: string, write: (sink: ByteSink) => T | Promise<T>): Promise<T> {
  const temporary = `${path}.${process.pid}.part`;
  let fd: number;
  try {
    if (path === "" || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw notWritable(path);
    mkdirSync(dirname(path), { recursive: true });
    fd = openSync(temporary, "w", 0o644);
  } catch (cause) {
    throw cause instanceof Fault ? cause : notWritable(path, cause);
  }
  try {
    const result = await write(sinkOf(fd, path));
    fsyncSync(fd);
    closeSync(fd);
    renameSync(temporary, path);
    syncFolder(dirname(path));
    return result;
  } catch (error) {
    try {
      closeSync(fd);
    } catch {
      // Closed already: the rename failed.
    }
    rmSync(temporary, { force: true });
    throw noRoom(path, error) ?? error;
  }
}

const notWritable = (path: string, cause?: unknown) =>
  new Fault("bad_input", "The file cannot be written", {
    at: path,
    fix: "Name a file in a folder you may write to",
    cause,
  });

/** What an error says when the disk is full; null for every other. */
export const noRoom = (path: string, error: unknown): Fault | null =>
  ["ENOSPC", "EDQUOT", "EFBIG"].includes((error as NodeJS.ErrnoException | null)?.code ?? "")
    ? new Fault("unavailable", "There is no room left on the disk; what was there stays as it was", {
        at: path,
        fix: "Make room, or write to another place",
        cause: error,
      })
    : null;

function sinkOf(fd: number, name: string): ByteSink {
  let size = 0;
  const writeAll = (offset: number, bytes: Uint8Array) => {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, offset + done);
    size = Math.max(size, offset + bytes.length);
  };
  return {
    name,
    get size() {
      return size;
    },
    append: (bytes) => writeAll(size, bytes),
    writeAt: writeAll,
  };
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
