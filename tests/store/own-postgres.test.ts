import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { unprivilegedAccount } from "../../src/platform/postgres/account.ts";
import { bundledBinaries } from "../../src/platform/postgres/bundled.ts";
import { openPostgres, type Postgres } from "../../src/platform/postgres/postgres.ts";
import { servesCluster } from "../../src/platform/postgres/postmaster.ts";

const folders: string[] = [];
const newFolder = (name = "cordon-own-") => {
  const folder = mkdtempSync(join(tmpdir(), name));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const pidOf = (folder: string) =>
  Number(readFileSync(join(folder, "postgres/cluster/postmaster.pid"), "utf8").split("\n")[0]);
const isServed = (folder: string, pid: number) => servesCluster(pid, join(folder, "postgres/cluster"));

async function ask(postgres: Postgres, sql: string) {
  const client = new pg.Client(postgres.connection);
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows[0];
}
const open = (dataFolder: string, extra = {}) => openPostgres({ databaseUrl: undefined, dataFolder, ...extra });

describe("a database of Cordon's own", () => {
  test("listens on a socket only its account may enter, is never root's, and its owner is no superuser", async () => {
    const folder = newFolder();
    const postgres = await open(folder);
    const found = await ask(
      postgres,
      "select current_setting('listen_addresses') as listen, rolsuper as superuser from pg_roles where rolname = current_user",
    );
    expect(found).toEqual({ listen: "", superuser: false });
    expect(statSync(join(folder, "postgres")).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, "postgres/cluster")).uid).not.toBe(0);
    const pid = pidOf(folder);
    await postgres.stop();
    expect(isServed(folder, pid)).toBe(false);
  });

  test("is shared by processes on one data folder; the last one that leaves stops it", async () => {
    const folder = newFolder();
    const [first, second] = await Promise.all([open(folder), open(folder)]);
    const pid = pidOf(folder);
    await first.stop();
    expect(isServed(folder, pid)).toBe(true);
    expect(await ask(second, "select 1 as one")).toEqual({ one: 1 });
    await second.stop();
    expect(isServed(folder, pid)).toBe(false);
    const third = await open(folder);
    await third.stop();
  });

  test("is started again when it is killed while it is in use", async () => {
    const folder = newFolder();
    const postgres = await open(folder);
    const pid = pidOf(folder);
    process.kill(pid, "SIGKILL");
    await expect
      .poll(() => ask(postgres, "select 1 as one").catch(() => null), { timeout: 20_000 })
      .toEqual({ one: 1 });
    const second = pidOf(folder);
    expect(second).not.toBe(pid);
    await postgres.stop();
    expect(isServed(folder, second)).toBe(false);
  });

  test("starts over a process file left by a dead server, and over a first start that was cut short", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "postgres/cluster.new-999999999"), { recursive: true });
    await (await open(folder)).stop();
    expect(existsSync(join(folder, "postgres/cluster.new-999999999"))).toBe(false);
    writeFileSync(
      join(folder, "postgres/cluster/postmaster.pid"),
      `999999999\n${folder}\n0\n5432\n${folder}\n\n\nready\n`,
    );
    const postgres = await open(folder);
    expect(await ask(postgres, "select 1 as one")).toEqual({ one: 1 });
    await postgres.stop();
  });

  test("starts when the number in that file is another process's by now", async () => {
    const folder = newFolder();
    await (await open(folder)).stop();
    writeFileSync(
      join(folder, "postgres/cluster/postmaster.pid"),
      `${process.pid}\n${folder}\n0\n5432\n${folder}\n\n\nready\n`,
    );
    const postgres = await open(folder);
    expect(await ask(postgres, "select 1 as one")).toEqual({ one: 1 });
    await postgres.stop();
  });

  test("works below a path longer than a socket's name may be", async () => {
    const folder = join(newFolder(), "a".repeat(120));
    mkdirSync(folder, { mode: 0o711 });
    const postgres = await open(folder);
    expect(await ask(postgres, "select 1 as one")).toEqual({ one: 1 });
    await postgres.stop();
    rmSync(String(postgres.connection.host), { recursive: true });
  });

  test.skipIf(process.getuid?.() !== 0)("says which folder its account may not enter", async () => {
    const folder = newFolder();
    chmodSync(folder, 0o700);
    await expect(open(folder)).rejects.toMatchObject({
      code: "unavailable",
      at: folder,
      fix: expect.stringContaining("CORDON_DATA"),
    });
  });

  test("runs from the bundled binaries where the machine has none", async ({ skip }) => {
    const folder = newFolder();
    if (bundledBinaries(folder, unprivilegedAccount()) === null) skip("no bundled PostgreSQL for this platform");
    const postgres = await open(folder, { prefer: "bundled" });
    expect(postgres.kind).toBe("bundled");
    expect(await ask(postgres, "select current_setting('fsync') as fsync")).toEqual({ fsync: "on" });
    await postgres.stop();
  });
});
