import { createReadStream, existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";

const threats = join(process.env.CORDON_CORPUS ?? resolve(import.meta.dirname, "../../../shared/data"), "threats");

export interface CorpusDocument {
  /** Archive and path in it. */
  path: string;
  bytes: Uint8Array;
}

/** Archives of a corpus folder; says in one plain line when there are none. */
export function sbomArchives(folder: "sbom" | "embedded" | "conformance", pattern = /\.tar\.gz$/): string[] {
  const path = join(threats, folder);
  const names = existsSync(path) ? readdirSync(path).filter((name) => pattern.test(name)) : [];
  if (names.length === 0) console.log(`skipped: no ${folder} archives in the corpus (set CORDON_CORPUS)`);
  return names.sort().map((name) => join(path, name));
}

/** The files of archives one after another, in memory; what accompanies the documents (licences, read-me files) is left out. */
export async function* documentsIn(
  archives: readonly string[],
  keep: (path: string) => boolean = (path) => !isAccompaniment(path),
): AsyncGenerator<CorpusDocument> {
  for (const archive of archives) {
    const entries = createReadStream(archive).pipe(createGunzip()).pipe(extract());
    const name = archive.replace(/^.*\//, "").replace(/\.tar\.gz$/, "");
    for await (const entry of entries) {
      const chunks: Buffer[] = [];
      for await (const chunk of Readable.from(entry)) chunks.push(Buffer.from(chunk));
      const path = `${name}/${entry.header.name.replace(/^\.\//, "")}`;
      if (entry.header.type === "file" && keep(path)) yield { path, bytes: Buffer.concat(chunks) };
    }
  }
}

const isAccompaniment = (path: string) => /(?:^|\/)(?:LICENSE(?:\.txt)?|COPYING|[^/]*\.md|schema\/.*)$/.test(path);
