import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LoadIo, type LoadSetup, loadSource } from "../../src/features/intel/loading/load-source.ts";
import { readKept } from "../../src/features/intel/loading/read-kept.ts";
import { noState, type SourceState } from "../../src/features/intel/loading/schema.ts";
import type { FeedRecord } from "../../src/features/intel/schema.ts";
import { checkSource, type Source, sourceFolder } from "../../src/features/intel/source.ts";
import { loadPlugIns } from "../../src/platform/files/load-plug-ins.ts";
import { namedFetch } from "../../src/platform/files/named-fetch.ts";
import { keptFiles } from "../../src/platform/loading/kept-files.ts";
import { loadIo } from "../../src/platform/loading/load-io.ts";
import { feeds } from "./read-feed-text.ts";

export const sources = await loadPlugIns(sourceFolder, checkSource);

export const sourceNamed = (name: string): Source => {
  const source = sources.find((one) => one.name === name);
  if (source === undefined) throw new Error(`no source ${name}`);
  return source;
};

/** One source against a server, visit after visit, with a clock that only moves when told and waits that take no time. */
export class Loader {
  readonly source: Source;
  readonly waits: number[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), "cordon-load-"));
  readonly files = keptFiles(join(this.folder, "documents"));
  state: SourceState;
  now = new Date("2026-11-24T06:00:00.000Z");
  saves = 0;
  setup: LoadSetup;

  constructor(name: string, bases: Record<string, string>, setup: Partial<LoadSetup> = {}) {
    this.source = sourceNamed(name);
    this.state = noState(name);
    this.setup = { bases, choice: [], key: null, subjects: [], maxKeptBytes: 1e9, ...setup };
  }

  async visit(
    setup: Partial<LoadSetup> = {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<SourceState> {
    const io: LoadIo = {
      ...loadIo(this.files, {
        fetch: namedFetch,
        signal,
        now: () => this.now,
        random: () => 0.5,
        pause: async (ms) => void this.waits.push(ms),
      }),
      save: async (state) => {
        this.state = state;
        this.saves += 1;
      },
      progress: () => {},
    };
    await loadSource(this.source, feeds, { ...this.setup, ...setup }, this.state, io);
    return this.state;
  }

  /** What an index would be built from, without the server. */
  async records(): Promise<FeedRecord[]> {
    const { keptInputs } = await import("../../src/platform/loading/load-io.ts");
    const records: FeedRecord[] = [];
    for await (const item of readKept(this.source, this.state, feeds, (sha256, name) =>
      keptInputs(this.files, sha256, name),
    ))
      if (item.type === "record") records.push(item.record);
    return records;
  }

  /** Ids of the advisories, CVE numbers of the rest, sorted. */
  async ids(): Promise<string[]> {
    const said = (await this.records()).filter(({ kind }) => kind !== "as-of");
    const ids = said.map((record) =>
      record.kind === "advisory"
        ? record.advisory.id
        : record.kind === "exploited"
          ? record.exploited.cve
          : record.kind === "epss"
            ? record.epss.cve
            : record.kind,
    );
    return ids.sort();
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
