import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Logger, runMigrations } from "graphile-worker";
import type pg from "pg";
import { Fault } from "../lib/fault.ts";

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

const NAME = /^\d{4}-[a-z0-9-]+\.sql$/;
/** Any fixed number: processes that start together take turns. */
const LOCK = 7_300_001;
const SILENT = new Logger(() => () => {});

export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const wrong = names.find((name) => !NAME.test(name));
  if (wrong !== undefined) throw new Fault("bad_configuration", "A migration is named NNNN-words.sql", { at: wrong });
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/**
 * Brings the database to the newest migration, each file in its own transaction, once, in order of name.
 * Fault `bad_configuration` when an applied file was edited, is gone, or when a new one sorts before an applied one.
 */
export async function migrate(pool: pg.Pool, folder: string): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(folder);
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    try {
      await runMigrations({ pgPool: pool, logger: SILENT });
      return { applied: await applyMissing(client, migrations) };
    } finally {
      await client.query("select pg_advisory_unlock($1)", [LOCK]);
    }
  } finally {
    client.release();
  }
}

async function applyMissing(client: pg.PoolClient, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(
    "create table if not exists public.migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())",
  );
  const { rows } = await client.query<{ name: string; checksum: string }>(
    "select name, checksum from public.migration order by name",
  );
  const missing = plan(migrations, rows);
  for (const migration of missing) await applyOne(client, migration);
  return missing.map((migration) => migration.name);
}

/** The files still to apply. Fault `bad_configuration` when the applied ones are not exactly the first ones, unedited. */
export function plan(
  migrations: readonly Migration[],
  applied: readonly { name: string; checksum: string }[],
): Migration[] {
  applied.forEach(({ name, checksum }, i) => {
    const migration = migrations.find((candidate) => candidate.name === name);
    if (migration === undefined)
      throw new Fault("bad_configuration", `The database has migration ${name}, which this Cordon does not know`, {
        at: name,
        fix: "Start a Cordon at least as new as the one that last ran on this database",
      });
    if (migration.checksum !== checksum)
      throw new Fault("bad_configuration", `Migration ${name} was edited after it was applied`, {
        at: name,
        fix: "Restore the file and put the change into a new migration",
      });
    if (migrations[i]?.name !== name)
      throw new Fault("bad_configuration", `Migration ${migrations[i]?.name} sorts before ${name}, which is applied`, {
        at: migrations[i]?.name ?? name,
        fix: "Give the new migration a higher number",
      });
  });
  return migrations.slice(applied.length);
}

async function applyOne(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query("insert into public.migration (name, checksum) values ($1, $2)", [name, checksum]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Fault(
      "bad_configuration",
      `Migration ${name} failed: ${error instanceof Error ? error.message : error}`,
      {
        at: name,
        cause: error,
      },
    );
  }
}
