import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the command as a process of its own, from its sources, with nothing of this machine's settings. */
export function cordon(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, "src/main/cli.ts"), ...args], {
      env: { PATH: process.env.PATH ?? "", CORDON_DATA: join(tmpdir(), "cordon-no-such-folder"), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ran: Ran = { code: null, out: "", err: "" };
    child.stdout.on("data", (chunk: Buffer) => (ran.out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (ran.err += chunk.toString()));
    child.once("error", fail);
    child.once("close", (code) => done({ ...ran, code }));
  });
}

/** A new folder with these files; names may hold `/` only where the folder exists. */
export function folderWith(files: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), "cordon-cli-"));
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return folder;
}
