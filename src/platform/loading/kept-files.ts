import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { noRoom } from "../files/random-file.ts";

/** Files by the SHA-256 of their content, in one folder: the same bytes are kept once, and a name can never lead out of it. */
export interface KeptFiles {
  folder: string;
  has(sha256: string): Promise<boolean>;
  pathOf(sha256: string): string;
  /** Where a download is written before it is kept; the same for the same address, so that it can go on later. */
  partFor(url: string): Promise<string>;
  /** Takes a file over, durable on disk. */
  adopt(path: string): Promise<Held>;
  hold(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<Held>;
  /** Files that are not to be cleaned up before they are moved here: of a bundle that is arriving. */
  aside(): { files: KeptFiles; drop(): Promise<void> };
  /** Moves a file of another store here; it may be here already. */
  move(sha256: string, from: KeptFiles): Promise<void>;
  /** Removes what `keep` does not name, and what broken-off work left. */
  prune(keep: ReadonlySet<string>): Promise<void>;
}

export interface Held {
  sha256: string;
  sizeBytes: number;
}

const NAME = /^[0-9a-f]{64}$/;
/** Unfinished downloads this old will not be gone on with. */
const STALE_MS = 7 * 86_400_000;

export function keptFiles(folder: string): KeptFiles {
  const parts = join(folder, "parts");
  const pathOf = (sha256: string) => {
    if (!NAME.test(sha256)) throw new Error("no SHA-256");
    return join(folder, sha256);
  };
  const adopt = async (path: string): Promise<Held> => {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    const sha256 = hash.digest("hex");
    const { size } = await stat(path);
    await sync(path);
    await rename(path, pathOf(sha256));
    await sync(folder);
    return { sha256, sizeBytes: size };
  };
  return {
    folder,
    pathOf,
    has: (sha256) =>
      stat(pathOf(sha256)).then(
        (found) => found.isFile(),
        () => false,
      ),
    async partFor(url) {
      await mkdir(parts, { recursive: true, mode: 0o700 });
      return join(parts, createHash("sha256").update(url).digest("hex"));
    },
    adopt,
    async hold(bytes) {
      await mkdir(parts, { recursive: true, mode: 0o700 });
      const path = join(parts, `hold-${process.pid}-${Math.random().toString(36).slice(2)}`);
      try {
        if (bytes instanceof Uint8Array) await writeFile(path, bytes, { mode: 0o600 });
        else await pipeline(bytes, createWriteStream(path, { mode: 0o600 }));
        return await adopt(path);
      } catch (error) {
        await rm(path, { force: true });
        throw noRoom(path, error) ?? error;
      }
    },
    aside() {
      const files = keptFiles(join(parts, `aside-${randomUUID()}`));
      return { files, drop: () => rm(files.folder, { recursive: true, force: true }) };
    },
    async move(sha256, from) {
      const source = from.pathOf(sha256);
      if (existsSync(source)) await rename(source, pathOf(sha256));
      else await stat(pathOf(sha256));
      await sync(folder);
    },
    async prune(keep) {
      for (const name of await readdir(folder).catch(() => []))
        if (NAME.test(name) && !keep.has(name)) await rm(join(folder, name), { force: true });
      for (const name of await readdir(parts).catch(() => [])) {
        const path = join(parts, name);
        const found = await stat(path).catch(() => null);
        if (found !== null && Date.now() - found.mtimeMs > STALE_MS) await rm(path, { recursive: true, force: true });
      }
    },
  };
}

async function sync(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
