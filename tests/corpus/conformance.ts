import { createReadStream, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";

const folder = join(
  process.env.CORDON_CORPUS ?? resolve(import.meta.dirname, "../../../shared/data"),
  "threats/conformance",
);

/** Whether the suite's archive is there; says in one plain line when it is not. */
export function hasConformance(name: string): boolean {
  const there = existsSync(join(folder, `${name}.tar.gz`));
  if (!there) console.log(`skipped: ${name}.tar.gz is not in the corpus (set CORDON_CORPUS)`);
  return there;
}

/** All files of a conformance archive by path, read in memory. */
export async function readConformance(name: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const entries = createReadStream(join(folder, `${name}.tar.gz`))
    .pipe(createGunzip())
    .pipe(extract());
  for await (const entry of entries) {
    const chunks: Buffer[] = [];
    for await (const chunk of Readable.from(entry)) chunks.push(Buffer.from(chunk));
    files.set(entry.header.name.replace(/^\.\//, ""), Buffer.concat(chunks).toString("utf8"));
  }
  return files;
}
