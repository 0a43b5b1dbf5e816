import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a running server writes into postmaster.pid. A stale file names a process that is gone, or is something else by now. */
export interface Postmaster {
  pid: number;
  state: "starting" | "stopping" | "ready" | "standby" | "";
}

export function readPostmaster(cluster: string): Postmaster | null {
  try {
    return parsePostmaster(readFileSync(join(cluster, "postmaster.pid"), "utf8"));
  } catch {
    return null;
  }
}

/** Line 1 is the process, line 8 its state; a file still being written has fewer lines. */
export function parsePostmaster(text: string): Postmaster | null {
  const lines = text.split("\n").map((line) => line.trim());
  const pid = Number(lines[0]);
  const state = lines[7] ?? "";
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, state: isState(state) ? state : "" };
}

const isState = (text: string): text is Postmaster["state"] =>
  ["starting", "stopping", "ready", "standby"].includes(text);

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Whether the process is a PostgreSQL server of this very cluster folder, by its command line. */
export function servesCluster(pid: number, cluster: string): boolean {
  const command = existsSync("/proc/self/cmdline")
    ? read(`/proc/${pid}/cmdline`).replaceAll("\0", " ")
    : spawnSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" }).stdout;
  return command.includes("postgres") && `${command} `.includes(`${cluster} `);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
