import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { Fault } from "../../lib/fault.ts";
import { canEnter, unprivilegedAccount } from "./account.ts";
import { type Binaries, machineBinaries } from "./binaries.ts";
import { bundledBinaries } from "./bundled.ts";
import { type ClusterPlace, ensureCluster, ensureRunning, killServer, stopServer } from "./cluster.ts";
import { type Lease, takeLease } from "./lease.ts";

/** A PostgreSQL that answers, wherever it came from. */
export interface Postgres {
  kind: "configured" | Binaries["kind"];
  connection: pg.PoolConfig;
  /** Gives it back. A server of our own is stopped when nobody else uses it. */
  stop(): Promise<void>;
  /** At once, for a process that must end now: a server of our own is told to end too, and recovers at the next start. */
  abandon(): void;
}

export interface PostgresChoice {
  databaseUrl: string | undefined;
  dataFolder: string;
  /** Only for throw-away clusters of tests. */
  settings?: Record<string, string>;
  /** `bundled` skips the machine's own binaries. */
  prefer?: Binaries["kind"];
}

/**
 * DATABASE_URL when set; else a cluster of our own in the data folder, run with the machine's binaries or the bundled ones, on a
 * Unix socket, never as root. Fault `unavailable` says what is missing.
 */
export async function openPostgres(choice: PostgresChoice): Promise<Postgres> {
  if (choice.databaseUrl !== undefined)
    return {
      kind: "configured",
      connection: { connectionString: choice.databaseUrl },
      stop: async () => {},
      abandon: () => {},
    };
  const place = findPlace(choice);
  ensureCluster(place);
  const held = await holdRunning(place);
  await ensureDatabase(place.socket);
  return {
    kind: place.binaries.kind,
    connection: { host: place.socket, port: 5432, user: OWNER, database: OWNER, ssl: false },
    stop: () => held.stop(),
    abandon: () => held.abandon(),
  };
}

const OWNER = "cordon";

function findPlace({ dataFolder, settings = {}, prefer }: PostgresChoice): ClusterPlace {
  const account = unprivilegedAccount();
  if (account !== null && !canEnter(account, dataFolder))
    throw new Fault(
      "unavailable",
      `The account ${account.name}, which runs PostgreSQL, may not enter the data folder`,
      {
        at: dataFolder,
        fix: "Choose another folder with CORDON_DATA (as root the default is /var/lib/cordon), or start Cordon as an ordinary user",
      },
    );
  const folder = join(dataFolder, "postgres");
  const cluster = join(folder, "cluster");
  const made = existsSync(join(cluster, "PG_VERSION"))
    ? Number.parseInt(readFileSync(join(cluster, "PG_VERSION"), "utf8"), 10)
    : null;
  const machine = prefer === "bundled" ? [] : machineBinaries(account);
  const fits = (binaries: Binaries) => made === null || binaries.major === made;
  const binaries = machine.find(fits) ?? [bundledBinaries(dataFolder, account)].find((b) => b !== null && fits(b));
  if (!binaries)
    throw new Fault(
      "unavailable",
      made === null
        ? "There is no PostgreSQL here"
        : `The cluster was made by PostgreSQL ${made}, which is not here any more`,
      {
        at: folder,
        fix:
          made === null
            ? "Install PostgreSQL 14 or newer, or set DATABASE_URL"
            : `Install PostgreSQL ${made}, or upgrade the cluster with pg_upgrade`,
      },
    );
  return { folder, cluster, socket: socketFolder(folder), account, binaries, settings };
}

/** A socket's path may have 107 bytes at most; a deep data folder gets one elsewhere, always the same. */
function socketFolder(folder: string): string {
  const near = join(folder, "socket");
  if (Buffer.byteLength(near) <= 85) return near;
  return join(
    tmpdir(),
    `cordon-${process.getuid?.() ?? 0}-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}`,
  );
}

const REVIVE_EVERY_MS = 1000;

/** Keeps the server running until it is given back: one that was killed, by an operator or for want of memory, is started again. */
async function holdRunning(place: ClusterPlace): Promise<Pick<Postgres, "stop" | "abandon">> {
  let ended = false;
  let held = await startAndLease(place);
  const watch = async () => {
    for (;;) {
      await held.lease.lost;
      while (!ended) {
        const again = await startAndLease(place).catch(() => null);
        if (again !== null) {
          held = again;
          break;
        }
        await wait(REVIVE_EVERY_MS);
      }
      if (!ended) continue;
      // Given back while it was being started again: nobody else would stop it.
      if (await held.lease.release()) await stopServer(place.cluster, held.pid);
      return;
    }
  };
  const watching = watch();
  return {
    async stop() {
      ended = true;
      const last = await held.lease.release();
      if (last) await stopServer(place.cluster, held.pid);
      await watching;
    },
    abandon() {
      ended = true;
      killServer(place.cluster, held.pid);
    },
  };
}

async function startAndLease(place: ClusterPlace): Promise<{ pid: number; lease: Lease }> {
  for (let attempt = 1; ; attempt++) {
    const pid = await ensureRunning(place);
    try {
      return {
        pid,
        lease: await takeLease({ host: place.socket, port: 5432, user: "postgres", database: "postgres", ssl: false }),
      };
    } catch (error) {
      // The process that used it before us was just stopping it.
      if (attempt === 5)
        throw new Fault("unavailable", "PostgreSQL keeps going away while starting", {
          at: place.folder,
          cause: error,
        });
      await wait(200);
    }
  }
}

/** The owner of the database is no superuser, so that row-level security binds it too, and inherits nothing it does not ask for. */
async function ensureDatabase(socket: string): Promise<void> {
  await asSuperuser(socket, "postgres", async (client) => {
    await client.query("select pg_advisory_lock(7300003)");
    const { rows } = await client.query(
      "select exists (select from pg_roles where rolname = $1) as role, exists (select from pg_database where datname = $1) as database",
      [OWNER],
    );
    if (!rows[0].role) await client.query(`create role ${OWNER} login noinherit createrole nosuperuser nobypassrls`);
    if (!rows[0].database) await client.query(`create database ${OWNER} owner ${OWNER}`);
    await asSuperuser(socket, OWNER, (inside) => inside.query(`alter schema public owner to ${OWNER}`));
  });
}

async function asSuperuser(
  socket: string,
  database: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ host: socket, port: 5432, user: "postgres", database, ssl: false });
  client.on("error", () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
