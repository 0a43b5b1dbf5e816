import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Fault } from "../../lib/fault.ts";
import { type Account, asAccount } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { isAlive, readPostmaster, servesCluster } from "./postmaster.ts";

export interface ClusterPlace {
  /** Holds the cluster, its socket and its log; belongs to the account, closed to all others. */
  folder: string;
  cluster: string;
  socket: string;
  account: Account | null;
  binaries: Binaries;
  settings: Record<string, string>;
}

const START_TIMEOUT_MS = 60_000;
const MAX_LOG_BYTES = 10_000_000;

/** Makes the cluster when there is none. A half-made one, from a start that was killed, is thrown away. */
export function ensureCluster(place: ClusterPlace): void {
  for (const folder of [place.folder, place.socket]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (place.account !== null) chownSync(folder, place.account.uid, place.account.gid);
    chmodSync(folder, 0o700);
  }
  if (existsSync(join(place.cluster, "PG_VERSION"))) return;
  for (const name of readdirSync(place.folder).filter((entry) => entry.startsWith("cluster.new-")))
    if (!isAlive(Number(name.slice("cluster.new-".length)))) rmSync(join(place.folder, name), { recursive: true });
  const fresh = join(place.folder, `cluster.new-${process.pid}`);
  const made = spawnSync(join(place.binaries.folder, "initdb"), initdbArguments(fresh), {
    ...asAccount(place.account),
    cwd: place.folder,
    env: environment(),
    encoding: "utf8",
  });
  if (made.status !== 0)
    throw new Fault("unavailable", `initdb failed: ${made.stderr?.trim().split("\n").at(-1) ?? made.error?.message}`, {
      at: place.folder,
    });
  renameSync(fresh, place.cluster);
}

/** Trust on the socket is right because the folder around it admits only the account (and root). No TCP at all. */
const initdbArguments = (folder: string) => [
  ...["-D", folder, "-U", "postgres", "--encoding=UTF8", `--locale=${process.platform === "linux" ? "C.UTF-8" : "C"}`],
  ...["--auth-local=trust", "--auth-host=reject", "--data-checksums"],
];

/** Starts the server, or takes over the one that already serves this cluster. Returns its process id once it is ready. */
export async function ensureRunning(place: ClusterPlace): Promise<number> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let child: ReturnType<typeof launch> | null = null;
  while (Date.now() < deadline) {
    const postmaster = readPostmaster(place.cluster);
    const serving = postmaster !== null && isAlive(postmaster.pid) && servesCluster(postmaster.pid, place.cluster);
    if (serving && postmaster.state === "ready") return postmaster.pid;
    if (child?.exited()) {
      if (!serving) throw refusedToStart(place, postmaster?.pid);
      child = null;
    }
    if (!serving && child === null) child = launch(place);
    await wait(10);
  }
  throw new Fault("unavailable", `PostgreSQL was not ready after ${START_TIMEOUT_MS / 1000} s`, { at: logPath(place) });
}

function launch(place: ClusterPlace): { exited: () => boolean } {
  const path = logPath(place);
  const log = openSync(path, existsSync(path) && statSync(path).size > MAX_LOG_BYTES ? "w" : "a", 0o600);
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: place.socket, ...place.settings });
  const child = spawn(
    join(place.binaries.folder, "postgres"),
    ["-D", place.cluster, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    // Own process group: Ctrl-C in the terminal must reach Cordon first, which stops the server last.
    { ...asAccount(place.account), cwd: place.folder, env: environment(), stdio: ["ignore", log, log], detached: true },
  );
  closeSync(log);
  let failed = false;
  child.on("error", () => {
    failed = true;
  });
  child.unref();
  return { exited: () => failed || child.exitCode !== null || child.signalCode !== null };
}

/** No statement text and no row values in the log: they may hold what nobody should read there. */
const SETTINGS = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  max_connections: "100",
  shared_buffers: "256MB",
  jit: "off",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
};

function refusedToStart(place: ClusterPlace, pid: number | undefined): Fault {
  const at = logPath(place);
  if (pid !== undefined && isAlive(pid))
    return new Fault(
      "unavailable",
      `postmaster.pid names process ${pid}, which is alive but is not this cluster's server`,
      {
        at: join(place.cluster, "postmaster.pid"),
        fix: "Make sure no server uses this cluster, then delete the file",
      },
    );
  const last = readFileSync(at, "utf8").trim().split("\n").at(-1);
  return new Fault("unavailable", `PostgreSQL did not start: ${last}`, { at });
}

/** A fast shutdown: sessions are ended, everything committed is on disk. */
export async function stopServer(cluster: string, pid: number): Promise<void> {
  if (!servesCluster(pid, cluster)) return;
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + 20_000;
  while (isAlive(pid) && servesCluster(pid, cluster)) {
    if (Date.now() > deadline) throw new Fault("unavailable", `PostgreSQL (process ${pid}) did not stop in 20 s`);
    await wait(10);
  }
}

const logPath = (place: ClusterPlace) => join(place.folder, "server.log");
/** Nothing of Cordon's environment: it may hold secrets, and PG* variables would change the server. */
const environment = () => ({ PATH: process.env.PATH ?? "", LC_ALL: "C", TZ: "UTC" });
