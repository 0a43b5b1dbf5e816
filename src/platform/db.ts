import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import type pg from "pg";
import type { Database } from "./tables.ts";

export type Db = Kysely<Database>;
export type Trx = Transaction<Database>;

/** Who acts: a person, an API key, or Cordon itself. `name` is what the ledger shows. */
export interface Actor {
  kind: "user" | "key" | "system";
  id: string;
  name: string;
}

/** On whose behalf a transaction runs: the organisation whose rows are visible, and who acts. */
export interface Scope {
  organizationId: string;
  actor: Actor;
}

const APP_ROLE = "cordon_app";
const SYSTEM_ROLE = "cordon_system";

export function openDatabase(pool: pg.Pool): Db {
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

/** One transaction that sees and writes only the scope's organisation. Run again, from the start, when the database asks for it. */
export function inScope<T>(db: Db, scope: Scope, work: (trx: Trx) => Promise<T>): Promise<T> {
  return retried(() =>
    db.transaction().execute(async (trx) => {
      await become(trx, APP_ROLE, scope.organizationId);
      return work(trx);
    }),
  );
}

/** As `inScope`, on one unmoving picture of the data, for reading only: exports, long reports. */
export function inSnapshot<T>(db: Db, scope: Scope, work: (trx: Trx) => Promise<T>): Promise<T> {
  return retried(() =>
    db
      .transaction()
      .setIsolationLevel("repeatable read")
      .setAccessMode("read only")
      .execute(async (trx) => {
        await become(trx, APP_ROLE, scope.organizationId);
        return work(trx);
      }),
  );
}

/** One transaction that sees of every organisation only what a policy `to cordon_system` opens: names, ledger heads. */
export function acrossOrganizations<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  return retried(() =>
    db.transaction().execute(async (trx) => {
      await become(trx, SYSTEM_ROLE, "");
      return work(trx);
    }),
  );
}

const become = (trx: Trx, role: string, organizationId: string) =>
  sql`select set_config('role', ${role}, true), set_config('app.organization_id', ${organizationId}, true)`.execute(
    trx,
  );

const SERIALIZATION_FAILURE = "40001";
const DEADLOCK_DETECTED = "40P01";
const TRIES = 6;

/** Runs `work` again after a serialization failure or a deadlock, up to six times, waiting a little longer each time. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if ((code !== SERIALIZATION_FAILURE && code !== DEADLOCK_DETECTED) || attempt === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 5 * (0.5 + Math.random())));
    }
  }
}

/**
 * Has the database look again at how much these tables hold. It does so by itself about once a minute, which is too late within a
 * story that fills one: it goes on to read tables by ways that were right when they were nearly empty.
 */
export const lookAgain = (db: Db, tables: readonly (keyof Database & string)[]) =>
  sql`analyze ${sql.join(tables.map((table) => sql.table(table)))}`.execute(db);
