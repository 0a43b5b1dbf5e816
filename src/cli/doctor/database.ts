import { existsSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { Fault } from "../../lib/fault.ts";
import { type Config, databaseUrlOf } from "../../platform/config/config.ts";
import { openDatabase } from "../../platform/db.ts";
import { ROOT } from "../../platform/installation.ts";
import { plan, readMigrations } from "../../platform/migrate.ts";
import { createPool } from "../../platform/pool.ts";
import { askConfigured } from "../../platform/postgres/configured.ts";
import { openPostgres, type Postgres } from "../../platform/postgres/postgres.ts";
import { blobChecks } from "./blobs.ts";
import { bad, type Check, ok, warn } from "./check.ts";
import { ledgerChecks } from "./ledger.ts";

/** Looks, and changes nothing: no cluster is made and no migration applied. */
export async function databaseChecks(config: Config): Promise<Check[]> {
  const databaseUrl = databaseUrlOf(config);
  if (databaseUrl === undefined && !existsSync(join(config.dataFolder, "postgres/cluster/PG_VERSION")))
    return [warn("database", "none yet", "Nothing was started here", "Run npm start")];
  let postgres: Postgres | null = null;
  let pool: pg.Pool | null = null;
  try {
    if (databaseUrl !== undefined) await askConfigured(databaseUrl);
    postgres = await openPostgres({ databaseUrl, dataFolder: config.dataFolder });
    pool = createPool({ ...postgres.connection, max: 2, connectionTimeoutMillis: 10_000 }, () => {});
    const facts = await readFacts(pool);
    const migrations = await migrationCheck(pool);
    const ledger = facts.ledger ? await ledgerChecks(pool, config) : [];
    const files = facts.blobs ? await blobChecks(openDatabase(pool), config) : [];
    return [server(postgres, facts), durability(facts), roles(facts), clock(facts), migrations, ...ledger, ...files];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const fix =
      error instanceof Fault ? (error.fix ?? "See the PostgreSQL log") : "Check database.url and that the server runs";
    return [bad("database", "does not answer", reason, fix)];
  } finally {
    await pool?.end();
    await postgres?.stop();
  }
}

interface Facts {
  version: string;
  major: number;
  fsync: string;
  full_page_writes: string;
  synchronous_commit: string;
  data_checksums: string;
  powerful: string[] | null;
  app: boolean;
  ledger: boolean;
  blobs: boolean;
  skewMs: number;
}

async function readFacts(pool: pg.Pool): Promise<Facts> {
  const { rows } = await pool.query(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major,
       current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
       current_setting('synchronous_commit') as synchronous_commit, current_setting('data_checksums') as data_checksums,
       (select array_agg(rolname::text) from pg_roles where (rolname = current_user or rolname in ('cordon_app', 'cordon_system', 'cordon_auth'))
          and (rolsuper or rolbypassrls)) as powerful,
       exists (select from pg_roles where rolname = 'cordon_app') as app,
       to_regclass('public.ledger_checkpoint') is not null as ledger, to_regclass('public.blob') is not null as blobs,
       extract(epoch from clock_timestamp())::float8 * 1000 as now`,
  );
  return { ...rows[0], skewMs: Math.abs(rows[0].now - Date.now()) };
}

function server(postgres: Postgres, { version, major }: Facts): Check {
  const found = `PostgreSQL ${version}, ${postgres.kind}`;
  if (major < 14) return bad("database", found, "Cordon needs PostgreSQL 14 or newer", "Upgrade it");
  if (postgres.kind === "bundled")
    return warn(
      "database",
      found,
      "The bundled build carries an OpenSSL and ICU that get no fixes any more: for trying out only",
      "Install your distribution's PostgreSQL of the same major version, or set DATABASE_URL",
    );
  return ok("database", found);
}

function durability({ fsync, full_page_writes, synchronous_commit, data_checksums }: Facts): Check {
  const off = Object.entries({ fsync, full_page_writes, synchronous_commit }).filter(([, value]) => value === "off");
  if (off.length > 0)
    return bad(
      "durability",
      off.map(([name]) => `${name} is off`).join(", "),
      "What was acknowledged can be lost at a power cut",
      "Turn it on in the server's configuration",
    );
  return data_checksums === "on"
    ? ok("durability", "synced before it is acknowledged, with checksums")
    : warn(
        "durability",
        "no data checksums",
        "A failing disk is not noticed",
        "Stop the server and run pg_checksums --enable",
      );
}

function roles({ powerful, app }: Facts): Check {
  if (!app) return warn("roles", "not made yet", "No migration was applied", "Run npm start");
  if (powerful === null) return ok("roles", "row-level security binds them all");
  return bad(
    "roles",
    `${powerful.join(", ")} bypass row-level security`,
    "One organisation could see another's rows",
    "alter role … nosuperuser nobypassrls",
  );
}

const clock = ({ skewMs }: Facts): Check =>
  skewMs < 2000
    ? ok("clock", "agrees with the database's")
    : bad(
        "clock",
        `${(skewMs / 1000).toFixed(1)} s from the database's`,
        "Times in the ledger and one-time passwords would be wrong",
        "Let both take their time from the same source (NTP)",
      );

async function migrationCheck(pool: pg.Pool): Promise<Check> {
  const files = await readMigrations(join(ROOT, "migrations"));
  const { rows: found } = await pool.query("select to_regclass('public.migration') is not null as there");
  const { rows } = found[0].there
    ? await pool.query<{ name: string; checksum: string }>("select name, checksum from migration order by name")
    : { rows: [] };
  try {
    const missing = plan(files, rows);
    if (missing.length === 0) return ok("migrations", `${rows.length} applied`);
    return warn(
      "migrations",
      `${missing.length} not applied yet`,
      "The database is older than this Cordon",
      "Run npm start",
    );
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return bad("migrations", error.at ?? "", error.message, error.fix ?? "");
  }
}
