import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Config, readConfig } from "../../src/platform/config/config.ts";
import { openInstallation, openUnchanged } from "../../src/platform/installation.ts";
import { SILENT } from "../../src/platform/log.ts";
import { asSuperuser } from "./postgres.ts";

const folder = mkdtempSync(join(tmpdir(), "cordon-installation-"));
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a second server on one data folder is told which one runs and where; when that one leaves, it may", async () => {
  const config = readConfig({ CORDON_DATA: folder });
  const first = await openInstallation(config, SILENT);
  await first.announce("http://localhost:7300");
  await expect(openInstallation(config, SILENT)).rejects.toMatchObject({
    code: "conflict",
    at: folder,
    message: `Cordon already runs on this data folder (process ${process.pid}), at http://localhost:7300`,
  });
  await (await openUnchanged(config, SILENT)).close();
  await first.pool.query("select 1");
  await first.close();
  await (await openInstallation(config, SILENT)).close();
});

const urlOf = (user: string, database: string) =>
  `postgres:///${database}?host=${encodeURIComponent(inject("postgresSocket"))}&user=${user}`;
const configured = (url: string): Config => readConfig({ CORDON_DATA: folder, DATABASE_URL: url });

beforeAll(() =>
  asSuperuser(async (client) => {
    await client.query("create role plain_owner login createrole");
    await client.query("create database plain owner plain_owner");
    await client.query("create role unbound login createrole bypassrls");
    await client.query("create database unbound owner unbound");
    for (const role of ["plain_owner"]) await client.query(`grant cordon_app, cordon_system, cordon_auth to ${role}`);
  }),
);

test("runs on a configured database as its ordinary owner, and several servers may", async () => {
  const config = configured(urlOf("plain_owner", "plain"));
  const first = await openInstallation(config, SILENT);
  expect(first.migrated.length).toBeGreaterThan(5);
  const second = await openInstallation(config, SILENT);
  expect(second.migrated).toEqual([]);
  const { rows } = await first.pool.query(
    "select rolsuper or rolbypassrls as powerful from pg_roles where rolname = current_user",
  );
  expect(rows).toEqual([{ powerful: false }]);
  await Promise.all([first.close(), second.close()]);
});

test.each([
  ["a superuser", "postgres", "postgres", "bad_configuration", "superuser"],
  ["a user that bypasses row-level security", "unbound", "unbound", "bad_configuration", "bypasses"],
  ["a user that does not own it", "plain_owner", "unbound", "bad_configuration", "may not create tables"],
  ["a user that is not there", "nobody_here", "plain", "bad_configuration", "does not let this user in"],
  ["a database that is not there", "plain_owner", "nowhere", "bad_configuration", "no such database"],
])("a configured database is refused with a reason: %s", async (_, user, database, code, reason) => {
  await expect(openInstallation(configured(urlOf(user, database)), SILENT)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(reason),
    fix: expect.stringMatching(/./),
  });
});
