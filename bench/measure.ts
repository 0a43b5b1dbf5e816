import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Measured {
  wallMs: number;
  /** The largest resident size the kernel saw; 0 where it does not say. */
  peakMb: number;
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A whole process: wall time to its exit, peak memory, and what it said. */
export function measure(command: string, args: readonly string[]): Promise<Measured> {
  return new Promise((done, fail) => {
    const startedAt = performance.now();
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    let peakKb = 0;
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-2000)));
    const watch = setInterval(() => {
      peakKb = Math.max(peakKb, peakOf(child.pid));
    }, 5);
    child.once("error", fail);
    child.once("close", (code) => {
      clearInterval(watch);
      const wallMs = performance.now() - startedAt;
      done({ wallMs, peakMb: peakKb / 1024, code, stdout: Buffer.concat(chunks).toString(), stderr });
    });
  });
}

function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
