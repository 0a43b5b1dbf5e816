import pg from "pg";
import type { Log } from "../log.ts";

/** Any fixed number: the first key of the advisory locks that say "this worker lives". */
const SPACE = 7_300;
const EVERY_MS = 30_000;

export interface WorkerWatch {
  alive(workerId: string): void;
  stop(): Promise<void>;
}

/**
 * A killed process leaves its jobs locked for four hours. Each of our workers holds an advisory lock on one connection, which ends
 * with its process; a lock on a job whose worker holds none is taken away, at the start and every half minute.
 */
export async function watchWorkers(connection: pg.ClientConfig, log: Log): Promise<WorkerWatch> {
  const workers = new Set<string>();
  let client: pg.Client | null = null;
  let stopped = false;

  const connect = async () => {
    const fresh = new pg.Client({ ...connection, application_name: "cordon workers" });
    fresh.on("error", () => {
      client = null;
    });
    await fresh.connect();
    client = fresh;
    for (const id of workers) await fresh.query("select pg_advisory_lock_shared($1, hashtext($2))", [SPACE, id]);
  };
  const sweep = async () => {
    try {
      if (client === null) await connect();
      const released = client === null ? 0 : await releaseDead(client);
      if (released > 0) log.warn({ count: released }, "jobs of a process that is gone were released");
    } catch (error) {
      if (!stopped) log.warn({ err: error }, "stalled jobs could not be looked for");
    }
  };
  await sweep();
  const timer = setInterval(sweep, EVERY_MS);

  return {
    alive(workerId) {
      workers.add(workerId);
      client?.query("select pg_advisory_lock_shared($1, hashtext($2))", [SPACE, workerId]).catch(() => {});
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await client?.end();
    },
  };
}

async function releaseDead(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ worker: string }>(
    `select worker from (select distinct locked_by as worker from graphile_worker._private_jobs where locked_by is not null) held
     where not exists (select from pg_locks where locktype = 'advisory' and granted and classid = $1 and objid = (hashtext(worker)::bigint & 4294967295)::oid
       and database = (select oid from pg_database where datname = current_database()))`,
    [SPACE],
  );
  if (rows.length > 0)
    await client.query("select graphile_worker.force_unlock_workers($1::text[])", [rows.map(({ worker }) => worker)]);
  return rows.length;
}
