import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { Fault } from "../../lib/fault.ts";

const LOCK = 7_300_004;
const NAME = "cordon server";
const AGAIN_MS = 2000;
const GRACE_MS = 1500;

/** The right to be the server of a data folder; it ends with the process, however that ends. */
export interface SoleServer {
  /** Lets a second start say where this one is. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
}

/** Fault `conflict` names the server that already runs on this data folder, and where it answers. */
export async function becomeSoleServer(connection: pg.ClientConfig, dataFolder: string): Promise<SoleServer> {
  let client: pg.Client | null = null;
  let name = `${NAME} ${process.pid}`;
  let timer: NodeJS.Timeout | null = null;
  let released = false;

  const take = async (): Promise<pg.Client> => {
    const fresh = new pg.Client({ ...connection, application_name: name });
    fresh.on("error", () => {});
    fresh.once("end", () => {
      client = null;
      if (!released) timer = setTimeout(() => void retake(), AGAIN_MS).unref();
    });
    await fresh.connect();
    if (await locked(fresh)) return fresh;
    released = true;
    const other = await nameOfOther(fresh);
    await fresh.end();
    throw new Fault("conflict", `Cordon already runs on this data folder${other}`, {
      at: dataFolder,
      fix: "Use that one, or stop it first, or choose another folder with CORDON_DATA",
    });
  };
  /** The database went away and came back: nobody else may have become the server meanwhile. */
  const retake = async () => {
    try {
      client = await take();
    } catch {
      if (!released) timer = setTimeout(() => void retake(), AGAIN_MS).unref();
    }
  };

  client = await take();
  return {
    async announce(url) {
      name = `${NAME} ${process.pid} ${url}`.slice(0, 63);
      await client?.query("select set_config('application_name', $1, false)", [name]);
    },
    async release() {
      released = true;
      if (timer !== null) clearTimeout(timer);
      await client?.end();
    },
  };
}

/** Tries for a while: the session of a killed server ends a moment after it. */
async function locked(client: pg.Client): Promise<boolean> {
  const deadline = Date.now() + GRACE_MS;
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>("select pg_try_advisory_lock($1) as mine", [LOCK]);
    if (rows[0]?.mine === true || Date.now() > deadline) return rows[0]?.mine === true;
    await wait(50);
  }
}

async function nameOfOther(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    "select application_name as name from pg_stat_activity where application_name like $1 and pid <> pg_backend_pid() limit 1",
    [`${NAME} %`],
  );
  const [pid, url] = (rows[0]?.name ?? "").slice(NAME.length + 1).split(" ");
  return `${pid ? ` (process ${pid})` : ""}${url ? `, at ${url}` : ""}`;
}
