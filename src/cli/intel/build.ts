import { checkFeed, type Feed, feedFolder } from "../../features/intel/feed.ts";
import { readKept } from "../../features/intel/loading/read-kept.ts";
import { IndexBuilder } from "../../features/intel/rank-index/build-index.ts";
import type { About } from "../../features/intel/rank-index/schema.ts";
import type { FeedItem } from "../../features/intel/read-document.ts";
import { readFeeds } from "../../features/intel/read-feeds.ts";
import { checkSource, sourceFolder } from "../../features/intel/source.ts";
import { Fault } from "../../lib/fault.ts";
import { isUrl } from "../../platform/files/fetch-input.ts";
import { feedLimits } from "../../platform/files/input-limits.ts";
import { loadPlugIns } from "../../platform/files/load-plug-ins.ts";
import { namedFetch } from "../../platform/files/named-fetch.ts";
import { replaceFile } from "../../platform/files/random-file.ts";
import { type InputProgress, walkInputs } from "../../platform/files/walk-inputs.ts";
import { keptInputs } from "../../platform/loading/load-io.ts";
import { BuildReport } from "./build-report.ts";
import { FeedFolder, isFeedFolder } from "./feed-folder.ts";
import { Progress } from "./progress.ts";

interface BuildRequest {
  from: readonly string[];
  out: string;
  verbose: boolean;
}

/** Feeds in, one intelligence file out. Says on standard error what was read, what was not and why. Exit code 0. */
export async function buildIntel({ from, out, verbose }: BuildRequest): Promise<number> {
  const startedAt = performance.now();
  const feeds = await loadPlugIns(feedFolder, checkFeed);
  const report = new BuildReport(from.filter(isUrl));
  const progress = new Progress(from, process.stderr);
  const about = await replaceFile(out, async (sink) => {
    const builder = new IndexBuilder(sink, new Date());
    for await (const item of readAll(from, feeds, progress)) {
      report.add(item);
      if (item.type === "record") builder.add(item.record);
    }
    const { notFetched } = report;
    if (notFetched !== null)
      throw new Fault("unavailable", notFetched.reason, {
        at: notFetched.path,
        fix: `Try again later, or leave the address out; ${out} was left as it was`,
      });
    progress.say("Writing the index…");
    const done = builder.finish();
    if (done.counts.records + done.counts.exploited + done.counts.epss + done.counts.support === 0)
      throw new Fault("bad_input", "Nothing in these inputs is a feed Cordon reads", {
        at: from.join(", "),
        fix: `${report.firstReason()} Run again with other inputs; ${out} was left as it was`,
      });
    return done;
  });
  progress.end();
  process.stderr.write(`${report.text(verbose)}\n${summary(about, out, performance.now() - startedAt)}\n`);
  return 0;
}

/** Folders that `intel fetch` filled are read as it left them; everything else as it is. */
async function* readAll(from: readonly string[], feeds: readonly Feed[], progress: Progress): AsyncGenerator<FeedItem> {
  const sources = await loadPlugIns(sourceFolder, checkSource);
  for (const path of from) {
    if (isFeedFolder(path)) {
      const folder = new FeedFolder(path);
      for (const [id, { state }] of folder.sources) {
        const source = sources.find(({ name }) => name === state.plugIn);
        const formats = feeds.filter(({ name }) => source?.formats.includes(name));
        if (source === undefined || formats.length === 0) continue;
        progress.say(`Reading ${id}`);
        yield* readKept(source, state, formats, (sha256, name) => keptInputs(folder.files, sha256, `${id}/${name}`));
      }
      continue;
    }
    const onProgress = (step: InputProgress) => progress.advance(step);
    yield* readFeeds(walkInputs([path], { limits: feedLimits, fetch: namedFetch, onProgress }), { feeds });
  }
}

function summary({ counts }: About, out: string, tookMs: number): string {
  const n = (count: number) => count.toLocaleString("en");
  return [
    `Wrote ${out} in ${(tookMs / 1000).toFixed(1)} s:`,
    `${n(counts.records)} records of ${n(counts.vulnerabilities)} vulnerabilities,`,
    `${n(counts.ranges)} ranges on ${n(counts.keys)} names,`,
    `${n(counts.exploited)} exploited, ${n(counts.epss)} EPSS scores, ${n(counts.support)} on support.`,
    "Next: cordon assess SBOM --intel",
    out,
  ].join(" ");
}
