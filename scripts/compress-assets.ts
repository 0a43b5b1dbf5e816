import { globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const SMALL_BYTES = 1_000;

/** Beside each asset written since `sinceMs` that shrinks lie its compressed forms, so that the server compresses nothing while it answers. */
export function compressAssets(folder: string, sinceMs: number): void {
  for (const name of globSync("*.{js,css,svg}", { cwd: folder })) {
    if (statSync(join(folder, name)).mtimeMs < sinceMs) continue;
    const bytes = readFileSync(join(folder, name));
    if (bytes.length < SMALL_BYTES) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params }));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}
