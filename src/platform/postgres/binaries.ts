import { spawnSync } from "node:child_process";
import { existsSync, globSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { type Account, asAccount } from "./account.ts";

/** A folder with `postgres` and `initdb` that run. */
export interface Binaries {
  folder: string;
  version: string;
  major: number;
  kind: "machine" | "bundled";
}

/** Row-level security with `set local role`, `gen_random_uuid`, multiranges: 14 has all that the migrations use. */
export const OLDEST_MAJOR = 14;

const WELL_KNOWN = [
  "/usr/lib/postgresql/*/bin",
  "/usr/pgsql-*/bin",
  "/usr/local/pgsql/bin",
  "/opt/homebrew/opt/postgresql@*/bin",
  "/usr/local/opt/postgresql@*/bin",
];

/** What is installed on this machine and runs under the account, newest first. */
export function machineBinaries(account: Account | null): Binaries[] {
  const onPath = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder.startsWith("/"));
  const folders = [...onPath, ...WELL_KNOWN.flatMap((pattern) => globSync(pattern))]
    .filter((folder) => existsSync(join(folder, "postgres")))
    .map((folder) => dirname(realpathSync(join(folder, "postgres"))));
  return [...new Set(folders)]
    .flatMap((folder) => probe(folder, account, "machine") ?? [])
    .sort((a, b) => b.major - a.major);
}

/** Null when the folder's programs do not run under the account, or are too old. */
export function probe(folder: string, account: Account | null, kind: Binaries["kind"]): Binaries | null {
  const version = versionOf(join(folder, "postgres"), account);
  if (version === null || versionOf(join(folder, "initdb"), account) === null) return null;
  const major = Number.parseInt(version, 10);
  return major >= OLDEST_MAJOR ? { folder, version, major, kind } : null;
}

function versionOf(program: string, account: Account | null): string | null {
  const { status, stdout } = spawnSync(program, ["--version"], {
    ...asAccount(account),
    cwd: "/",
    timeout: 10_000,
    encoding: "utf8",
  });
  return status === 0 ? (/\(PostgreSQL\) (\d+[\w.]*)/.exec(stdout)?.[1] ?? null) : null;
}
