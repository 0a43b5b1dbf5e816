import * as z from "zod";
import type { SourceTools } from "../source.ts";
import { jsonIn, otherShape, textFrom, textIn } from "./answers.ts";

/** One document of a provider: where it is, when it last changed, and what proves it. */
export interface Listed {
  url: string;
  updated: string;
  hashes: { sha256?: string; sha512?: string };
  signature: string;
}

const LIST_BYTES = 200_000_000;

const Rolie = z.object({
  feed: z.object({
    entry: z.array(
      z.object({
        updated: z.string(),
        link: z.array(z.object({ rel: z.string(), href: z.url() })),
        content: z.object({ src: z.url() }).optional(),
      }),
    ),
  }),
});

/** A ROLIE feed (RFC 8322 as CSAF 2.0, 7.1.15 uses it). */
export async function listRolie(tools: SourceTools, url: string): Promise<Listed[]> {
  const { feed } = jsonIn(url, await textFrom(tools, url, { maxBytes: LIST_BYTES }), Rolie);
  return feed.entry.map(({ updated, link, content }) => {
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
export async function listDirectory(tools: SourceTools, directory: string): Promise<Listed[]> {
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
  return changes.split(/\r?\n/).flatMap((line) => {
    if (line.trim() === "") return [];
    const [, path, at] = /^"?([^",]+\.json)"?,"?([^",]+)"?\s*$/.exec(line) ?? [];
    if (path === undefined || at === undefined)
      throw otherShape(changesUrl, `a line reads ${JSON.stringify(line.slice(0, 80))}`);
    if (named !== null && !named.has(path)) return [];
    const document = URL.parse(path, base)?.href;
    if (document === undefined || !document.startsWith(base))
      throw otherShape(changesUrl, `a path leads out of the directory: ${path.slice(0, 80)}`);
    const hashes = { sha256: `${document}.sha256`, sha512: `${document}.sha512`, signature: undefined };
    return [listed(document, instantOf(changesUrl, at), hashes)];
  });
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
