import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { type FetchedSource, FetchedSources } from "../../features/intel/loading/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { replaceFile } from "../../platform/files/random-file.ts";
import { type KeptFiles, keptFiles } from "../../platform/loading/kept-files.ts";

const Contents = z.object({ version: z.literal(1), sources: FetchedSources });

export const FOLDER_FILE = "cordon-feeds.json";

export const isFeedFolder = (folder: string): boolean => existsSync(join(folder, FOLDER_FILE));

/** A folder of fetched feeds: `cordon-feeds.json` says what is there, `documents/` holds the bytes. */
export class FeedFolder {
  readonly path: string;
  readonly files: KeptFiles;
  readonly sources: Map<string, FetchedSource>;
  #writing: Promise<void> = Promise.resolve();

  /** Reads it; an absent one is empty. Fault `bad_input` when its file was changed into something else. */
  constructor(path: string) {
    this.path = path;
    this.files = keptFiles(join(path, "documents"));
    this.sources = new Map(Object.entries(isFeedFolder(path) ? read(join(path, FOLDER_FILE)).sources : {}));
  }

  /** One write after the other; each leaves a whole file. */
  save(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const text = JSON.stringify({ version: 1, sources: Object.fromEntries(this.sources) });
      await replaceFile(join(this.path, FOLDER_FILE), (sink) => sink.append(Buffer.from(text)));
    });
    return this.#writing;
  }

  async prune(): Promise<void> {
    const states = [...this.sources.values()].flatMap(({ state }) => state.documents);
    await this.files.prune(new Set(states.map(({ sha256 }) => sha256)));
  }
}

function read(path: string): z.infer<typeof Contents> {
  try {
    return Contents.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new Fault("bad_input", "The list of fetched feeds cannot be read", {
      at: path,
      fix: "Fetch into a new folder, or put the file back",
      cause,
    });
  }
}
