import * as z from "zod";
import type { Source, SourceTools, Step } from "../source.ts";
import { cursorOf, otherShape, textIn } from "../source-parts/answers.ts";

/** Per ecosystem: the instant up to which its records are kept. */
const Cursor = z.record(z.string(), z.iso.datetime());

/** More changed records than this, and the ecosystem's archive is taken again. */
const MOST_CHANGES = 300;
/** Single records kept beside an archive before it is taken again. */
const MOST_LOOSE = 3_000;
const ARCHIVE_BYTES = 4_000_000_000;
/** OSV writes the list before the archive: one that was just taken may be of the export before. */
const ARCHIVE_BEHIND_MS = 6 * 3_600_000;

/**
 * OSV's export (google.github.io/osv.dev/data): one archive per ecosystem, or one of all; `modified_id.csv` lists what changed, newest
 * first, so that later visits take single records.
 */
export default {
  name: "osv",
  title: "OSV",
  gives: "Advisories on open source packages of 25 and more ecosystems, each with exact version ranges",
  publisher: "OSV.dev (Google)",
  terms: "CC-BY-4.0 and others, by source",
  home: "https://osv.dev",
  everyHours: 3,
  firstBytes: 400_000_000,
  bases: { bucket: "https://osv-vulnerabilities.storage.googleapis.com" },
  choice: {
    of: "ecosystems, or `all`",
    standard: [
      "npm",
      "PyPI",
      "Go",
      "Maven",
      "NuGet",
      "RubyGems",
      "crates.io",
      "Packagist",
      "Debian",
      "Alpine",
      "Linux",
    ],
  },
  formats: ["osv"],
  async *read(tools, before) {
    const cursor = { ...(cursorOf(before, Cursor) ?? {}) };
    const wanted = tools.choice.includes("all") ? ["all"] : tools.choice;
    yield { type: "drop", where: (name) => !wanted.includes(name.split("/")[0] ?? "") };
    for (const [i, ecosystem] of wanted.entries()) {
      const reached = yield* readEcosystem(tools, ecosystem, cursor[ecosystem] ?? null);
      cursor[ecosystem] = reached;
      yield { type: "reached", cursor: { ...cursor }, done: i + 1, total: wanted.length };
    }
  },
} satisfies Source;

async function* readEcosystem(
  tools: SourceTools,
  ecosystem: string,
  since: string | null,
): AsyncGenerator<Step, string, undefined> {
  const folder = ecosystem === "all" ? "" : `${encodeURIComponent(ecosystem)}/`;
  const archive = `${ecosystem}/all.zip`;
  const listUrl = tools.at("bucket", `${folder}modified_id.csv`);
  const answer = await tools.ask(listUrl, { ifChanged: true, maxBytes: 200_000_000 });
  if (answer.type === "unchanged" && since !== null && tools.kept.has(archive)) return since;
  const list = answer.type === "unchanged" ? await tools.ask(listUrl, { maxBytes: 200_000_000 }) : answer;
  const { newest, changed } = changesIn(listUrl, textIn(listUrl, list), since);
  const loose = [...tools.kept.keys()].filter((name) => name.startsWith(`${ecosystem}/`)).length - 1;
  if (
    since === null ||
    !tools.kept.has(archive) ||
    changed.length + loose > MOST_LOOSE ||
    changed.length > MOST_CHANGES
  ) {
    yield {
      type: "document",
      name: archive,
      url: tools.at("bucket", `${folder}all.zip`),
      more: { maxBytes: ARCHIVE_BYTES },
    };
    yield { type: "drop", where: (name) => name.startsWith(`${ecosystem}/`) && name !== archive };
    return new Date(Date.parse(newest) - ARCHIVE_BEHIND_MS).toISOString();
  }
  for (const id of changed) {
    const path = id.split("/").map(encodeURIComponent).join("/");
    yield {
      type: "document",
      name: `${ecosystem}/${id}.json`,
      url: tools.at("bucket", `${folder}${path}.json`),
      more: { optional: true },
    };
  }
  return newest;
}

/** Lines `2026-11-24T03:00:00Z,GHSA-…`, newest first; in the list of all, ids have their ecosystem before them. */
function changesIn(url: string, text: string, since: string | null): { newest: string; changed: string[] } {
  const changed: string[] = [];
  let newest: string | null = null;
  const sinceMs = since === null ? null : Date.parse(since);
  for (const line of text.split(/\r?\n/)) {
    const [, at, id] = /^([\d-]+T[\d:.]+Z?),([^\s,]+)$/.exec(line.trim()) ?? [];
    if (at === undefined || id === undefined) {
      if (line.trim() === "" || newest === null) continue;
      throw otherShape(url, `a line reads ${JSON.stringify(line.slice(0, 60))}`);
    }
    const atMs = Date.parse(at.endsWith("Z") ? at : `${at}Z`);
    newest ??= new Date(atMs).toISOString();
    if (sinceMs === null || atMs <= sinceMs) break;
    changed.push(id);
  }
  if (newest === null) throw otherShape(url, "it lists no record");
  return { newest, changed: [...new Set(changed)] };
}
