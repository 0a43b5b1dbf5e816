import pg from "pg";
import { inject } from "vitest";
import { newId } from "../../src/lib/ids.ts";
import { type Db, openDatabase, type Scope } from "../../src/platform/db.ts";
import { createPool } from "../../src/platform/pool.ts";

/** A migrated, empty database of its own. `pool` is the owner's, `db` the same through Kysely; `close` ends both. */
export interface FreshDatabase {
  db: Db;
  pool: pg.Pool;
  connection: pg.PoolConfig;
  close(): Promise<void>;
}

/** Call in `beforeAll`; `close` in `afterAll`. Connects as the owner, which is no superuser, as the server does. */
export async function freshDatabase(max = 10): Promise<FreshDatabase> {
  const host = inject("postgresSocket");
  const database = `t_${newId().replaceAll("-", "")}`;
  await asSuperuser((client) => client.query(`create database ${database} template template owner cordon`));
  const connection = { host, user: "cordon", database, max, ssl: false };
  const pool = createPool(connection, () => {});
  const db = openDatabase(pool);
  return { db, pool, connection, close: () => db.destroy() };
}

/** For what a test must do behind Cordon's back: look at the catalogue, tamper with a row. */
export async function asSuperuser<T>(work: (client: pg.Client) => Promise<T>, database = "postgres"): Promise<T> {
  const client = new pg.Client({ host: inject("postgresSocket"), user: "postgres", database });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** An organisation with its row, and a scope acting in it. */
export async function newOrganization(pool: pg.Pool, name = "Northwind Devices"): Promise<Scope> {
  const organizationId = newId();
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('app.organization_id', $1, true)", [organizationId]);
    await client.query("insert into organization (organization_id, name) values ($1, $2)", [organizationId, name]);
    await client.query("commit");
  } finally {
    client.release();
  }
  return { organizationId, actor: { kind: "user", id: newId(), name: "Ada" } };
}
