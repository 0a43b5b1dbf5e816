import { checkFeed, feedFolder } from "../../features/intel/feed.ts";
import { type LoadIo, loadSource } from "../../features/intel/loading/load-source.ts";
import { type FetchedSource, noState, type SourceState } from "../../features/intel/loading/schema.ts";
import { checkSource, type Source, sourceFolder } from "../../features/intel/source.ts";
import { Fault } from "../../lib/fault.ts";
import { loadPlugIns } from "../../platform/files/load-plug-ins.ts";
import { namedFetch } from "../../platform/files/named-fetch.ts";
import { loadIo } from "../../platform/loading/load-io.ts";
import { plain } from "../run-action.ts";
import { FeedFolder } from "./feed-folder.ts";
import { FetchProgress, megabytes } from "./fetch-progress.ts";
import { readSettings, type SourceSettings } from "./source-settings.ts";

export interface FetchRequest {
  names: readonly string[];
  into: string;
  settings: SourceSettings;
  anew: boolean;
  maxGigabytes: number;
}

/** Sources visited at the same time: most wait for their server, and one server is asked by few of them. */
const AT_ONCE = 3;

/** Brings sources into a folder. Exit code 0 when all were whole, 2 when one was not: then what it gave before is still there. */
export async function fetchSources({ names, into, settings, anew, maxGigabytes }: FetchRequest): Promise<number> {
  const sources = await loadPlugIns(sourceFolder, checkSource);
  const feeds = await loadPlugIns(feedFolder, checkFeed);
  const folder = new FeedFolder(into);
  const wanted = chosen(names, folder, sources);
  const given = readSettings(settings, sources);
  const stopping = new AbortController();
  process.once("SIGINT", () => stopping.abort(new Fault("unavailable", "Stopped; the next run goes on from here")));
  const progress = new FetchProgress(process.stderr);
  const queue = [...wanted];
  let failed = 0;
  const work = async () => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const source = plugInOf(id, sources);
      const before = folder.sources.get(id);
      const kept: FetchedSource = {
        bases: { ...(before?.bases ?? {}), ...addressIn(id, source), ...(given.bases[source.name] ?? {}) },
        choice: given.choice[source.name] ?? before?.choice ?? [],
        state: before?.state ?? noState(source.name),
      };
      folder.sources.set(id, kept);
      const name = id;
      const io: LoadIo = {
        ...loadIo(folder.files, {
          fetch: namedFetch,
          signal: stopping.signal,
          onWait: (why) => progress.note(name, why),
        }),
        async save(state) {
          kept.state = state;
          await folder.save();
        },
        progress: (step) => progress.step(name, step),
      };
      const setup = {
        bases: kept.bases,
        choice: kept.choice,
        key: given.keys[source.name] ?? null,
        subjects: given.subjects,
        maxKeptBytes: maxGigabytes * 1e9,
        anew,
      };
      const state = await loadSource(source, feeds, setup, kept.state, io);
      if (state.failure !== null) failed += 1;
      progress.line(name, outcome(before?.state, state));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    progress.end();
    await folder.save();
  }
  await folder.prune();
  process.stderr.write(
    failed === 0
      ? `Next: cordon intel build --from ${into}\n`
      : `${failed} of ${wanted.length} could not be brought up to date; what they gave before is still in ${into}.\n`,
  );
  return failed === 0 ? 0 : 2;
}

function chosen(names: readonly string[], folder: FeedFolder, sources: readonly Source[]): string[] {
  const ids = names.length > 0 ? names.map((name) => idOf(name)) : [...folder.sources.keys()];
  if (ids.length === 0)
    throw new Fault("bad_input", "No source is named, and the folder has none yet", {
      at: folder.path,
      fix: "Name some: cordon intel fetch cisa-kev epss osv csaf. `cordon intel sources` lists all",
    });
  for (const id of ids) plugInOf(id, sources);
  return [...new Set(ids)];
}

/** `csaf@https://…/provider-metadata.json` and `csaf@example.org`: another provider of the same kind. */
const idOf = (name: string): string => name.replace(/\/+$/, "");

function addressIn(id: string, source: Source): Record<string, string> {
  const [, address] = /^[^@]+@(.+)$/.exec(id) ?? [];
  const [base] = Object.keys(source.bases);
  if (address === undefined || base === undefined) return {};
  return { [base]: /^https?:\/\//.test(address) ? address : `https://${address}` };
}

function plugInOf(id: string, sources: readonly Source[]): Source {
  const [name = ""] = id.split("@");
  const source = sources.find((one) => one.name === name);
  if (source !== undefined) return source;
  throw new Fault("not_found", `There is no source ${plain(name)}`, {
    at: id,
    fix: `Known: ${sources.map((one) => one.name).join(", ")}`,
  });
}

function outcome(before: SourceState | undefined, { documents, failure, problems, changedAt }: SourceState): string {
  const records = documents.reduce((sum, one) => sum + one.records, 0);
  const bytes = documents.reduce((sum, one) => sum + one.sizeBytes, 0);
  const kept = `${records.toLocaleString("en")} records, ${megabytes(bytes)}`;
  if (failure !== null) {
    const place = failure.at === null ? "" : ` (${failure.at})`;
    return `NOT up to date: ${failure.reason}${place}${failure.fix === null ? "" : `. ${failure.fix}`}. Kept: ${kept}`;
  }
  const unusable =
    problems.length === 0 ? "" : `; ${problems.length} could not be used: ${problems[0]?.at} ${problems[0]?.reason}`;
  return `${changedAt === (before?.changedAt ?? null) ? "unchanged" : "brought up to date"}: ${kept}${unusable}`;
}
