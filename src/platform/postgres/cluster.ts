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
  writeFileSync,
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
const MAX_LAUNCHES = 10;
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
  let launches = 0;
  while (Date.now() < deadline) {
    const postmaster = readPostmaster(place.cluster);
    const serving = postmaster !== null && isAlive(postmaster.pid) && servesCluster(postmaster.pid, place.cluster);
    if (serving && postmaster.state === "ready") return postmaster.pid;
    if (child?.exited()) {
      // Sessions of a killed server may still be ending: the new one refuses until they have.
      if (!serving && launches >= MAX_LAUNCHES) throw refusedToStart(place);
      await wait(300);
      child = null;
    } else if (!serving && child === null) {
      if (postmaster !== null) disownStale(place.cluster, postmaster.pid);
      child = launch(place);
      launches += 1;
    }
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

/**
 * The number in a dead server's postmaster.pid may be in use again, or be a dead process nobody has reaped: PostgreSQL then refuses
 * to start. A number that is no process makes it look further; the file stays, because it also names the shared memory, by which
 * PostgreSQL sees sessions that still run.
 */
function disownStale(cluster: string, pid: number): void {
  if (!isAlive(pid) || servesCluster(pid, cluster)) return;
  const path = join(cluster, "postmaster.pid");
  const [first, ...rest] = readFileSync(path, "utf8").split("\n");
  if (Number(first) === pid) writeFileSync(path, [NO_PROCESS, ...rest].join("\n"));
}

/** Above the largest process id of any system (2^22 on Linux). */
const NO_PROCESS = 2 ** 30;

function refusedToStart(place: ClusterPlace): Fault {
  const at = logPath(place);
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

/** An immediate shutdown, not waited for: what was committed is in its log, from which it recovers. */
export function killServer(cluster: string, pid: number): void {
  if (servesCluster(pid, cluster)) process.kill(pid, "SIGQUIT");
}

const logPath = (place: ClusterPlace) => join(place.folder, "server.log");
/** Nothing of Cordon's environment: it may hold secrets, and PG* variables would change the server. */
const environment = () => ({ PATH: process.env.PATH ?? "", LC_ALL: "C", TZ: "UTC" });
