import Table from "cli-table3";
import { RankIndex } from "../../features/intel/rank-index/open-index.ts";
import { Fault } from "../../lib/fault.ts";
import { openRandomFile } from "../../platform/files/random-file.ts";
import { ageInWords, STALE_DAYS } from "../age.ts";
import { writeOut } from "../output.ts";
import { plain } from "../run-action.ts";
import { styleFor } from "../style.ts";

/** The sources of an intelligence file and how old each is. */
export function intelStatus({ path, format }: { path: string; format: string }): number {
  if (format !== "table" && format !== "json")
    throw new Fault("bad_input", `There is no format ${format}`, { at: "--format", fix: "Use table or json" });
  const file = openRandomFile(path);
  try {
    const { about } = new RankIndex(file);
    const now = Date.now();
    const feeds = about.feeds.map((feed) => ({ ...feed, ageDays: daysSince(feed.newestAt, now) }));
    if (format === "json") writeOut(`${JSON.stringify({ path, ...about, feeds }, null, 2)}\n`);
    else writeOut(`${table(path, about, feeds)}\n`);
    return 0;
  } finally {
    file.close();
  }
}

function table(
  path: string,
  about: RankIndex["about"],
  feeds: readonly { name: string; newestAt: string | null; records: number; ageDays: number | null }[],
): string {
  const style = styleFor(process.stdout);
  const rows = new Table({
    head: ["Source", "Records", "Newest", "Age"],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "right"],
  });
  for (const { name, records, newestAt, ageDays } of feeds) {
    const age = ageDays === null ? "not dated" : ageInWords(ageDays);
    const old = ageDays !== null && ageDays > STALE_DAYS;
    rows.push([plain(name), records.toLocaleString("en"), newestAt?.slice(0, 10) ?? "—", old ? style.warn(age) : age]);
  }
  const { records, vulnerabilities, ranges } = about.counts;
  const head = `${path}: built ${about.builtAt.slice(0, 10)}, ${records.toLocaleString("en")} records, ${vulnerabilities.toLocaleString("en")} vulnerabilities, ${ranges.toLocaleString("en")} ranges`;
  return `${head}\n${rows.toString()}`;
}

const daysSince = (at: string | null, nowMs: number) =>
  at === null ? null : Math.max(0, Math.floor((nowMs - Date.parse(at)) / 86_400_000));
