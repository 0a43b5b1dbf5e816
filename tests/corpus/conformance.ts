import { createReadStream, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";

const folder = join(process.env.CORDON_CORPUS ?? resolve(import.meta.dirname, "../../../shared/data"), "threats");

/** Whether an archive of the corpus is there; says in one plain line when it is not. */
export function hasArchive(path: string): boolean {
  const there = existsSync(join(folder, path));
  if (!there) console.log(`skipped: ${path} is not in the corpus (set CORDON_CORPUS)`);
  return there;
}

/** All files of a tar.gz by path, read in memory. */
export async function readArchive(path: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const entries = createReadStream(join(folder, path)).pipe(createGunzip()).pipe(extract());
  for await (const entry of entries) {
    const chunks: Buffer[] = [];
    for await (const chunk of Readable.from(entry)) chunks.push(Buffer.from(chunk));
    files.set(entry.header.name.replace(/^\.\//, ""), Buffer.concat(chunks).toString("utf8"));
  }
  return files;
}

const conformance = (name: string) => `conformance/${name}.tar.gz`;
export const hasConformance = (name: string): boolean => hasArchive(conformance(name));
export const readConformance = (name: string): Promise<Map<string, string>> => readArchive(conformance(name));
