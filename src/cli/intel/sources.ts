import Table from "cli-table3";
import type { FetchedSource } from "../../features/intel/loading/schema.ts";
import { checkSource, type Source, sourceFolder } from "../../features/intel/source.ts";
import { Fault } from "../../lib/fault.ts";
import { loadPlugIns } from "../../platform/files/load-plug-ins.ts";
import { ageInWords } from "../age.ts";
import { writeOut } from "../output.ts";
import { plain } from "../run-action.ts";
import { styleFor } from "../style.ts";
import { FeedFolder } from "./feed-folder.ts";
import { megabytes } from "./fetch-progress.ts";

/** The sources that can be fetched; with a folder, also how each one there stands. */
export async function listSources({ folder, format }: { folder: string | null; format: string }): Promise<number> {
  if (format !== "table" && format !== "json")
    throw new Fault("bad_input", `There is no format ${format}`, { at: "--format", fix: "Use table or json" });
  const sources = await loadPlugIns(sourceFolder, checkSource);
  const kept = folder === null ? new Map<string, FetchedSource>() : new FeedFolder(folder).sources;
  const now = Date.now();
  writeOut(
    format === "json" ? `${json(sources, kept)}\n` : `${folder === null ? catalogue(sources) : state(kept, now)}\n`,
  );
  return 0;
}

function json(sources: readonly Source[], kept: ReadonlyMap<string, FetchedSource>): string {
  const catalogued = sources.map(({ read: _, inspect: __, ...about }) => about);
  const fetched = [...kept].map(
    ([
      id,
      {
        bases,
        choice,
        state: { documents, seen: _, ...state },
      },
    ]) => ({
      id,
      bases,
      choice,
      ...state,
      documents: documents.length,
      records: documents.reduce((sum, { records }) => sum + records, 0),
      sizeBytes: documents.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    }),
  );
  return JSON.stringify({ sources: catalogued, fetched }, null, 2);
}

const look = () => ({ style: { head: [], border: [], compact: true }, wordWrap: true });

function catalogue(sources: readonly Source[]): string {
  const table = new Table({
    head: ["Name", "What it gives", "Every", "First time"],
    colWidths: [24, 62, 8, 12],
    ...look(),
  });
  for (const { name, gives, everyHours, firstBytes } of sources)
    table.push([name, gives, `${everyHours} h`, megabytes(firstBytes)]);
  return `${table.toString()}\nNext: cordon intel fetch cisa-kev epss osv csaf --into feeds`;
}

function state(kept: ReadonlyMap<string, FetchedSource>, nowMs: number): string {
  const style = styleFor(process.stdout);
  const table = new Table({
    head: ["Source", "Records", "Size", "Complete", "State"],
    colAligns: ["left", "right", "right"],
    ...look(),
  });
  for (const [id, { state: one }] of kept) {
    const days = one.succeededAt === null ? null : Math.floor((nowMs - Date.parse(one.succeededAt)) / 86_400_000);
    table.push([
      plain(id),
      one.documents.reduce((sum, { records }) => sum + records, 0).toLocaleString("en"),
      megabytes(one.documents.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)),
      days === null ? "never" : days === 0 ? "today" : `${ageInWords(days)} ago`,
      one.failure === null ? "in order" : style.warn(plain(one.failure.reason)),
    ]);
  }
  return table.toString();
}
