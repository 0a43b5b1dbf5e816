import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { migrate } from "../../src/platform/migrate.ts";
import { createPool } from "../../src/platform/pool.ts";
import { asSuperuser, type FreshDatabase, freshDatabase } from "./postgres.ts";

let fresh: FreshDatabase;
let folder = "";
const file = (name: string, sql: string) => writeFileSync(join(folder, name), sql);

beforeAll(async () => {
  fresh = await freshDatabase();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "cordon-migrations-"));
  await fresh.pool.query("drop table if exists one, two; truncate migration");
  file("0001-one.sql", "create table one (id int);");
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => fresh.close());

test("each file is applied once, in order, also when two processes start together", async () => {
  file("0002-two.sql", "create table two (id int); insert into one values (1);");
  const other = createPool(fresh.connection, () => {});
  const results = await Promise.all([migrate(fresh.pool, folder), migrate(other, folder)]);
  expect(results.flatMap(({ applied }) => applied)).toEqual(["0001-one.sql", "0002-two.sql"]);
  expect((await fresh.pool.query("select * from one")).rows).toEqual([{ id: 1 }]);
  await other.end();
});

test("a file that fails leaves nothing of itself and is named", async () => {
  file("0002-two.sql", "create table two (id int); select 1/0;");
  await expect(migrate(fresh.pool, folder)).rejects.toMatchObject({
    code: "bad_configuration",
    at: "0002-two.sql",
    message: expect.stringContaining("division by zero"),
  });
  expect((await fresh.pool.query("select to_regclass('one') as one, to_regclass('two') as two")).rows).toEqual([
    { one: "one", two: null },
  ]);
});

test.each([
  ["was edited after it was applied", () => file("0001-one.sql", "create table other (id int);"), "0001-one.sql"],
  ["sorts before one that is applied", () => file("0000-zero.sql", "select 1;"), "0000-zero.sql"],
  ["is of a newer Cordon", () => rmSync(join(folder, "0001-one.sql")), "0001-one.sql"],
  ["has no number", () => file("later.sql", "select 1;"), "later.sql"],
])("a file that %s is refused by name", async (_, change, at) => {
  await migrate(fresh.pool, folder);
  change();
  await expect(migrate(fresh.pool, folder)).rejects.toMatchObject({ code: "bad_configuration", at });
});

test("the real migrations bring an empty database to the same state as the one of these tests", async () => {
  await asSuperuser((client) => client.query("create database from_nothing owner cordon"));
  await asSuperuser((client) => client.query("alter schema public owner to cordon"), "from_nothing");
  const pool = createPool({ ...fresh.connection, database: "from_nothing" }, () => {});
  await migrate(pool, join(import.meta.dirname, "../../migrations"));
  expect((await migrate(pool, join(import.meta.dirname, "../../migrations"))).applied).toEqual([]);
  await pool.end();
});
