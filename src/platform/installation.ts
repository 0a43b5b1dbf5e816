import { join, resolve } from "node:path";
import type pg from "pg";
import type { Fault } from "../lib/fault.ts";
import { type Config, databaseUrlOf, makeDataFolder } from "./config/config.ts";
import { type Db, openDatabase } from "./db.ts";
import type { Log } from "./log.ts";
import { migrate } from "./migrate.ts";
import { createPool } from "./pool.ts";
import { askConfigured, type DatabaseFacts, whyRefused } from "./postgres/configured.ts";
import { openPostgres, type Postgres } from "./postgres/postgres.ts";
import { becomeSoleServer, type SoleServer } from "./postgres/sole-server.ts";

/** A database that answers and is up to date. Close it, also when what follows fails. */
export interface Installation {
  postgres: Postgres;
  pool: pg.Pool;
  db: Db;
  /** Migrations that were applied now. */
  migrated: string[];
  /** Lets a second start on the same data folder say where this one answers. */
  announce(url: string): Promise<void>;
  close(): Promise<void>;
}

/** The package's root, from the sources as from the bundle in dist/server. */
export const ROOT = resolve(import.meta.dirname, "../..");

/**
 * For a server. Fault `conflict` when another already runs on the same data folder; servers on one configured database may be many.
 * Fault `bad_configuration` when the configured database must not be used as it is.
 */
export async function openInstallation(config: Config, log: Log): Promise<Installation> {
  const opened = await open(config, log, whyRefused);
  let sole: SoleServer | null = null;
  const close = async () => {
    await sole?.release();
    await opened.close();
  };
  try {
    if (opened.postgres.kind !== "configured")
      sole = await becomeSoleServer(opened.postgres.connection, config.dataFolder);
    const { applied } = await migrate(opened.pool, join(ROOT, "migrations"));
    return { ...opened, migrated: applied, announce: async (url) => sole?.announce(url), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Opened = Omit<Installation, "migrated" | "announce">;

/** The same for reading only, beside a server perhaps newer or older: nothing is migrated. */
export const openUnchanged = (config: Config, log: Log): Promise<Opened> => open(config, log, () => null);

async function open(config: Config, log: Log, refuse: (facts: DatabaseFacts) => Fault | null): Promise<Opened> {
  makeDataFolder(config);
  const databaseUrl = databaseUrlOf(config);
  const refusal = databaseUrl === undefined ? null : refuse(await askConfigured(databaseUrl));
  if (refusal !== null) throw refusal;
  const postgres = await openPostgres({ databaseUrl, dataFolder: config.dataFolder });
  const pool = createPool({ ...postgres.connection, max: 20 }, (err) =>
    log.warn({ err }, "a database connection was lost"),
  );
  const close = async () => {
    await pool.end();
    await postgres.stop();
  };
  return { postgres, pool, db: openDatabase(pool), close };
}
