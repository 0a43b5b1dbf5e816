import * as z from "zod";
import { Fault } from "../../../lib/fault.ts";
import type { SourceTools } from "../source.ts";
import { jsonIn, otherShape, textFrom, textIn } from "./answers.ts";

/** One document of a provider: where it is, when it last changed, and what proves it. */
export interface Listed {
  url: string;
  updated: string;
  hashes: { sha256?: string; sha512?: string };
  signature: string;
}

/** What a list names, and its entries that cannot be used. */
export interface List {
  listed: Listed[];
  problems: ListProblem[];
}
export interface ListProblem {
  at: string;
  reason: string;
}

const LIST_BYTES = 200_000_000;
/** More unusable entries than this, and than a tenth, is no accident of an entry but another shape. */
const A_HANDFUL = 5;

const Rolie = z.object({
  feed: z.object({
    entry: z.array(z.unknown()),
  }),
});
const Entry = z.object({
  updated: z.string(),
  link: z.array(z.object({ rel: z.string(), href: z.url() })),
  content: z.object({ src: z.url() }).optional(),
});

/** A ROLIE feed (RFC 8322 as CSAF 2.0, 7.1.15 uses it). */
export async function listRolie(tools: SourceTools, url: string): Promise<List> {
  const { feed } = jsonIn(url, await textFrom(tools, url, { maxBytes: LIST_BYTES }), Rolie);
  return eachOf(url, feed.entry, (entry) => {
    const parsed = Entry.safeParse(entry);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw otherShape(url, `/${issue?.path.map(String).join("/") ?? ""}: ${issue?.message ?? "of another shape"}`);
    }
    const { updated, link, content } = parsed.data;
    const document = content?.src ?? link.find(({ rel }) => rel === "self")?.href;
    if (document === undefined) throw otherShape(url, "an entry names no document");
    const hash = (ending: string) => link.find(({ rel, href }) => rel === "hash" && href.endsWith(ending))?.href;
    return listed(document, instantOf(url, updated), {
      sha256: hash(".sha256"),
      sha512: hash(".sha512"),
      signature: link.find(({ rel }) => rel === "signature")?.href,
    });
  });
}

/** A directory (CSAF 2.0, 7.1.11 to 7.1.14): `changes.csv` says which document changed when; `index.txt` names all. */
export async function listDirectory(tools: SourceTools, directory: string): Promise<List> {
  const base = directory.replace(/\/*$/, "/");
  const changesUrl = `${base}changes.csv`;
  const changes = textIn(changesUrl, await tools.ask(changesUrl, { maxBytes: LIST_BYTES }));
  const index = await tools.ask(`${base}index.txt`, { maxBytes: LIST_BYTES });
  const named =
    index.type === "bytes"
      ? new Set(
          new TextDecoder()
            .decode(index.bytes)
            .split(/\r?\n/)
            .map((line) => line.trim()),
        )
      : null;
  const lines = changes.split(/\r?\n/).filter((line) => line.trim() !== "");
  return eachOf(changesUrl, lines, (line) => {
    const [, path, at] = /^"?([^",]+\.json)"?,"?([^",]+)"?\s*$/.exec(line) ?? [];
    if (path === undefined || at === undefined)
      throw otherShape(changesUrl, `a line reads ${JSON.stringify(line.slice(0, 80))}`);
    if (named !== null && !named.has(path)) return null;
    const document = URL.parse(path, base)?.href;
    if (document === undefined || !document.startsWith(base))
      throw otherShape(changesUrl, `a path leads out of the directory: ${path.slice(0, 80)}`);
    const hashes = { sha256: `${document}.sha256`, sha512: `${document}.sha512`, signature: undefined };
    return listed(document, instantOf(changesUrl, at), hashes);
  });
}

/** One bad entry is named and left out; many of them are another shape, which is thrown. */
function eachOf<T>(url: string, entries: readonly T[], read: (entry: T) => Listed | null): List {
  const list: List = { listed: [], problems: [] };
  for (const [i, entry] of entries.entries())
    try {
      const one = read(entry);
      if (one !== null) list.listed.push(one);
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      const bad = list.problems.push({ at: `${url} entry ${i + 1}`, reason: fault.message });
      if (bad === entries.length || (bad > A_HANDFUL && bad > entries.length / 10)) throw fault;
    }
  return list;
}

function listed(
  url: string,
  updated: string,
  {
    sha256,
    sha512,
    signature,
  }: { sha256: string | undefined; sha512: string | undefined; signature: string | undefined },
): Listed {
  const hashes = { ...(sha256 === undefined ? {} : { sha256 }), ...(sha512 === undefined ? {} : { sha512 }) };
  return { url, updated, hashes, signature: signature ?? `${url}.asc` };
}

function instantOf(url: string, text: string): string {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw otherShape(url, `${JSON.stringify(text.slice(0, 40))} is no date`);
  return new Date(ms).toISOString();
}
