import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { IndexBuilder } from "../features/intel/rank-index/build-index.ts";
import { changedKeys } from "../features/intel/rank-index/changed-keys.ts";
import { RankIndex } from "../features/intel/rank-index/open-index.ts";
import type { FeedRecord } from "../features/intel/schema.ts";
import { Fault } from "../lib/fault.ts";
import { newId } from "../lib/ids.ts";
import { openRandomFile, replaceFile } from "../platform/files/random-file.ts";

/** An organisation's advisories, compiled: which file, and what of it is open. */
export interface OpenIntel {
  sha256: string;
  lookup: RankIndex;
}

/** The index files of all organisations, one folder each; a file's name is its content's SHA-256 (the time it was built aside), so that only the very same is ever written over one in use. */
export interface IntelFiles {
  /** Fault `unavailable` when the file is not on this machine. */
  open(organizationId: string, sha256: string): OpenIntel;
  /** Whether the file is on this machine. */
  has(organizationId: string, sha256: string): boolean;
  /** Under which keys the second file says something else than the first; null when one is not on this machine or they cannot tell. */
  changedBetween(organizationId: string, from: string, to: string): Set<string> | null;
  /** Compiles records into a new file. */
  build(organizationId: string, records: AsyncIterable<FeedRecord>, now: Date): Promise<BuiltIndex>;
  /** Removes every file of the organisation but this one, also what a build that was cut short left. */
  keepOnly(organizationId: string, sha256: string): Promise<void>;
  close(): void;
}

export interface BuiltIndex {
  sha256: string;
  sizeBytes: number;
  about: RankIndex["about"];
}

/** A file that is being built; nobody else writes to it. */
const BUILDING = "building";
/** Organisations whose index stays open; each holds its tables in memory. */
const MAX_OPEN = 4;

/** A file that gave way to others may still be in use by a comparison: it is closed when nothing holds it any more. */
const unheld = new FinalizationRegistry<() => void>((close) => close());

export function intelFiles(folder: string): IntelFiles {
  const open = new Map<string, OpenIntel & { file: ReturnType<typeof openFile> }>();
  const folderOf = (organizationId: string) => join(folder, organizationId);
  const pathOf = (organizationId: string, sha256: string) => join(folderOf(organizationId), `${sha256}.intel`);

  return {
    open(organizationId, sha256) {
      const known = open.get(organizationId);
      open.delete(organizationId);
      if (known?.sha256 === sha256) {
        open.set(organizationId, known);
        return known;
      }
      const file = openFile(pathOf(organizationId, sha256));
      const { close } = file;
      unheld.register(file, close, file);
      const opened = { sha256, lookup: new RankIndex(file), file };
      open.set(organizationId, opened);
      const oldest = open.size > MAX_OPEN ? open.keys().next().value : undefined;
      if (oldest !== undefined) open.delete(oldest);
      return opened;
    },

    has: (organizationId, sha256) => existsSync(pathOf(organizationId, sha256)),

    changedBetween(organizationId, from, to) {
      const paths = [from, to].map((sha256) => pathOf(organizationId, sha256));
      if (!paths.every((path) => existsSync(path))) return null;
      const files = paths.map(openFile);
      try {
        const [before, after] = files.map((file) => new RankIndex(file));
        return before === undefined || after === undefined ? null : changedKeys(before, after);
      } finally {
        for (const file of files) file.close();
      }
    },

    async build(organizationId, records, now) {
      await mkdir(folderOf(organizationId), { recursive: true, mode: 0o700 });
      const building = join(folderOf(organizationId), `${BUILDING}-${newId()}`);
      const about = await replaceFile(building, async (sink) => {
        const builder = new IndexBuilder(sink, now);
        for await (const record of records) builder.add(record);
        return builder.finish();
      });
      const { size } = await stat(building);
      await rename(building, pathOf(organizationId, about.content));
      return { sha256: about.content, sizeBytes: size, about };
    },

    async keepOnly(organizationId, sha256) {
      for (const name of await readdir(folderOf(organizationId)).catch(() => []))
        if ((name.endsWith(".intel") && name !== `${sha256}.intel`) || name.startsWith(BUILDING))
          await rm(join(folderOf(organizationId), name), { force: true });
    },

    close() {
      for (const { file } of open.values()) {
        unheld.unregister(file);
        file.close();
      }
      open.clear();
    },
  };
}

function openFile(path: string) {
  try {
    return openRandomFile(path);
  } catch (cause) {
    throw new Fault("unavailable", "The compiled advisories are not on this machine", {
      fix: "Share the data folder between servers, or read the sources again",
      cause,
    });
  }
}
