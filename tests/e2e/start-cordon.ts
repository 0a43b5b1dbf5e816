import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";

const ROOT = resolve(import.meta.dirname, "../..");
const START_TIMEOUT_MS = 90_000;

export interface RunningCordon {
  url: string;
  /** The one-time link of the first administrator, as `npm start` prints it. */
  link: string;
  stop(): Promise<void>;
}

/** `npm start` itself, with a data folder of its own; ready when it has printed the link. `settings`: more environment for it. */
export async function startCordon(
  settings: (folder: string, port: number) => Promise<Record<string, string>> = async () => ({}),
): Promise<RunningCordon> {
  const folder = mkdtempSync(join(tmpdir(), "cordon-e2e-"));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const more = await settings(folder, port);
  const child = spawn(process.execPath, [join(ROOT, "scripts/start.ts")], {
    cwd: ROOT,
    env: { ...process.env, CORDON_DATA: folder, CORDON_PORT: String(port), NO_COLOR: "1", ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  let said = "";
  const link = await new Promise<string>((found, failed) => {
    const hear = (bytes: Buffer) => {
      said += bytes.toString("utf8");
      const [match] = /http:\/\/\S+\/link#[\w-]{43}/.exec(said) ?? [];
      if (match !== undefined) found(match);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", () => failed(new Error(`Cordon ended before it was ready:\n${said}`)));
    setTimeout(() => failed(new Error(`Cordon was not ready in time:\n${said}`)), START_TIMEOUT_MS).unref();
  }).catch(async (error: unknown) => {
    child.kill("SIGINT");
    await ended;
    throw error;
  });
  return {
    url: new URL(link).origin,
    link,
    async stop() {
      child.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const freePort = () =>
  new Promise<number>((found, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address !== null ? found(address.port) : failed(new Error("no port")),
      );
    });
  });

/** Follows the one-time link as the first administrator, and waits for the first page. */
export async function signInFirst(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("E-mail").fill("first@example.org");
  await page.getByLabel("Your name").fill("First Person");
  await page.locator("input[name=password]").fill("a quiet ward at night");
  await page.locator("input[name=again]").fill("a quiet ward at night");
  await page.getByRole("button", { name: "Set the password and sign in" }).click();
  await page.getByRole("heading", { level: 1, name: /First$/ }).waitFor();
}
