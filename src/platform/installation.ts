import { join, resolve } from "node:path";
import type pg from "pg";
import { type Config, databaseUrlOf, makeDataFolder } from "./config/config.ts";
import { type Db, openDatabase } from "./db.ts";
import type { Log } from "./log.ts";
import { migrate } from "./migrate.ts";
import { createPool } from "./pool.ts";
import { openPostgres, type Postgres } from "./postgres/postgres.ts";

/** A database that answers and is up to date. Close it, also when what follows fails. */
export interface Installation {
  postgres: Postgres;
  pool: pg.Pool;
  db: Db;
  /** Migrations that were applied now. */
  migrated: string[];
  close(): Promise<void>;
}

/** The package's root, from the sources as from the bundle in dist/server. */
export const ROOT = resolve(import.meta.dirname, "../..");

export async function openInstallation(config: Config, log: Log): Promise<Installation> {
  const opened = await openUnchanged(config, log);
  try {
    const { applied } = await migrate(opened.pool, join(ROOT, "migrations"));
    return { ...opened, migrated: applied };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** The same for reading only, beside a server perhaps newer or older: nothing is migrated. */
export async function openUnchanged(config: Config, log: Log): Promise<Omit<Installation, "migrated">> {
  makeDataFolder(config);
  const postgres = await openPostgres({ databaseUrl: databaseUrlOf(config), dataFolder: config.dataFolder });
  const pool = createPool({ ...postgres.connection, max: 20 }, (err) =>
    log.warn({ err }, "a database connection was lost"),
  );
  const close = async () => {
    await pool.end();
    await postgres.stop();
  };
  return { postgres, pool, db: openDatabase(pool), close };
}
