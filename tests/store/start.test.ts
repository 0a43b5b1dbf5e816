import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "cordon-start-"));
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CODE = `const { start } = await import(${JSON.stringify(join(import.meta.dirname, "../../src/main/start.ts"))}); await start(process.env);`;

/** Starts Cordon as `npm start` does after its build, and waits until it has said where it is. */
async function start(): Promise<{ child: ChildProcess; text: string; url: string; ended: Promise<number | null> }> {
  const environment = { ...process.env, CORDON_DATA: folder, CORDON_PORT: "" };
  const child = spawn(process.execPath, ["--input-type=module", "-e", CODE], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const text = await new Promise<string>((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk) => {
        output += String(chunk);
        if (output.includes("Ctrl-C stops it")) resolve(output);
      });
    child.once("exit", () => reject(new Error(output)));
  });
  return { child, text, url: /answers at (\S+)/.exec(text)?.[1] ?? "", ended };
}

const cordon = (...parts: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, "../../src/main/cli.ts"), ...parts], {
    env: { ...process.env, CORDON_DATA: folder },
    encoding: "utf8",
  });

const postmasterFile = join(folder, "postgres/cluster/postmaster.pid");

test("the first start loads the example and gives one link; Ctrl-C stops all; after kill -9 the next start has everything, and the ledger proves it outside", async () => {
  const first = await start();
  expect(first.text).toContain("three devices, assessed");
  const link = /once, within 24 hours: (\S+)/.exec(first.text)?.[1] ?? "";
  expect(link.startsWith(first.url)).toBe(true);
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  expect((await fetch(`${first.url}/api/devices`)).status).toBe(401);
  first.child.kill("SIGINT");
  expect(await first.ended).toBe(0);
  expect(existsSync(postmasterFile)).toBe(false);

  const second = await start();
  second.child.kill("SIGKILL");
  await second.ended;
  expect(existsSync(postmasterFile)).toBe(true);

  const third = await start();
  const file = join(folder, "ledger.ndjson");
  const keys = join(folder, "keys.pem");
  expect(cordon("ledger", "export", "--out", file).status).toBe(0);
  writeFileSync(keys, cordon("ledger", "keys").stdout);
  expect(cordon("verify", file, "--trust", keys)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^verifies: \d+ entries/),
  });
  writeFileSync(file, readFileSync(file, "utf8").replace("organization.created", "organization.crested"));
  expect(cordon("verify", file)).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^does not verify: entry 1 \(line 2\)/),
  });
  const { checks } = JSON.parse(cordon("doctor", "--format", "json").stdout);
  const states = checks.map(({ name, state }: { name: string; state: string }) => [name, state]);
  expect(states).toEqual(
    expect.arrayContaining([
      ["durability", "ok"],
      ["roles", "ok"],
      ["migrations", "ok"],
      ["ledger of Our organisation", "ok"],
    ]),
  );
  const key = join(folder, "secrets/ledger-ed25519.pem");
  chmodSync(key, 0o644);
  const open = cordon("doctor");
  expect([open.status, open.stdout]).toEqual([1, expect.stringMatching(/bad {3}secrets: .*ledger-ed25519\.pem/)]);
  expect(open.stdout).toMatch(/ok {4}migrations/);
  chmodSync(key, 0o600);
  expect(third.text).toContain("there are devices already");
  third.child.kill("SIGTERM");
  expect(await third.ended).toBe(0);
  expect(existsSync(postmasterFile)).toBe(false);
  const log = readFileSync(join(folder, "log/cordon.log"), "utf8");
  expect(log).not.toContain(link.split(/[#/]/).at(-1));
}, 120_000);

/** Stands for npm: a node that starts a shell that starts Cordon. */
const LAUNCHER = `require("node:child_process").spawn("sh", ["-c", '"$0" --input-type=module -e "$1"; true', ...process.argv.slice(1)], { stdio: "inherit" })`;

test("under npm, Cordon ends in order when what started it is gone: no server and no database is left behind", async () => {
  const npm = spawn(process.execPath, ["-e", LAUNCHER, process.execPath, CODE], {
    env: { ...process.env, CORDON_DATA: folder, CORDON_PORT: "", npm_lifecycle_event: "start" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = "";
    npm.stdout.on("data", (chunk) => {
      output += String(chunk);
      if (output.includes("Ctrl-C stops it")) resolve(/answers at (\S+)/.exec(output)?.[1] ?? "");
    });
    npm.once("exit", () => reject(new Error(output)));
  });
  // As when npm is killed: the shell that npm starts lives on and passes nothing on.
  npm.kill("SIGKILL");
  await expect.poll(() => existsSync(postmasterFile), { timeout: 20_000 }).toBe(false);
  await expect.poll(() => fetch(`${url}/healthz`).catch(() => null), { timeout: 20_000 }).toBeNull();
}, 120_000);
