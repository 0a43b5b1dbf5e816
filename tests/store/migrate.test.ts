import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { HARMS } from "../../src/features/devices/schema.ts";
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

test("findings of before harm led are put where harm puts them, in every organisation", async () => {
  await asSuperuser((client) => client.query("create database before_harm owner cordon"));
  await asSuperuser((client) => client.query("alter schema public owner to cordon"), "before_harm");
  const pool = createPool({ ...fresh.connection, database: "before_harm" }, () => {});
  const real = join(import.meta.dirname, "../../migrations");
  const [harmFirst = ""] = readdirSync(real).filter((name) => name.endsWith("-harm-first.sql"));
  rmSync(join(folder, "0001-one.sql"));
  for (const name of readdirSync(real)) if (name < harmFirst) copyFileSync(join(real, name), join(folder, name));
  await migrate(pool, folder);
  // [harm level, exploited, old priority]: the old order put exploitation first.
  const before = [
    [2, true, 500_000_000 + 2 * 50_000_000 + 25_980_000],
    [5, false, 5 * 50_000_000 + 10_400_000],
    [0, false, 25_980_010],
  ] as const;
  for (const [harm, exploited, priority] of before) {
    const functions =
      harm === 0
        ? []
        : [
            { kind: "alarm", name: "a", harm: "negligible" },
            { kind: "therapy", name: "b", harm: HARMS[5 - harm] },
          ];
    const seed = `with o as (insert into organization (organization_id, name) values (gen_random_uuid(), 'x') returning organization_id),
        d as (insert into device (organization_id, id, name, model, manufacturer, owner_team, intended_use, functions, harm, danger, created_at, updated_at)
          select organization_id, gen_random_uuid(), 'd', '', '', '', '', $1, $2, $5, now(), now() from o returning *),
        r as (insert into release (organization_id, id, device_id, version, notes, phase, phase_since, interfaces, created_at)
          select organization_id, gen_random_uuid(), id, '1', '', 'design', '2026-01-01', '[]', now() from d returning *),
        v as (insert into vulnerability (organization_id, advisory, aliases, title, severity, rating, exploited, epss_rank, facts_hash, found_at, priority)
          select organization_id, 'CVE-1', '{}', '', '{}', 'high', $3::jsonb, -1, '', now(), $4 from d)
      insert into finding (organization_id, id, device_id, release_id, advisory, aliases, title, identity, component_name, rating, severity,
        exploited, epss_rank, fixed_in, because, priority, facts_hash, found_at)
      select organization_id, gen_random_uuid(), device_id, id, 'CVE-1', '{}', '', 'x', 'x', 'high', '{}', $3::jsonb, -1, '{}', '{}', $4, '', now()
      from r`;
    const danger = (exploited ? 1_000_000_000 : 0) + harm * 100_000_000 + 7;
    const values = [JSON.stringify(functions), harm, exploited ? "{}" : null, priority, danger];
    await asSuperuser((client) => client.query(seed, values), "before_harm");
  }
  copyFileSync(join(real, harmFirst), join(folder, harmFirst));
  await migrate(pool, folder);
  await pool.end();
  await asSuperuser(async (client) => {
    const { rows } = await client.query(
      `select f.harm, f.harm_function, f.priority, v.priority as line, v.harm as line_harm, d.danger from finding f
        join vulnerability v using (organization_id, advisory) join device d on d.id = f.device_id order by f.priority desc`,
    );
    const row = (harm: number, harm_function: string | null, priority: number, danger: number) => ({
      harm,
      harm_function,
      priority,
      line: priority,
      line_harm: harm,
      danger,
    });
    expect(rows).toEqual([
      row(5, "b", 6 * 200_000_000 + 10_400_000, 6 * 200_000_000 + 7),
      row(0, null, 3 * 200_000_000 + 25_980_010, 3 * 200_000_000 + 7),
      row(2, "b", 2 * 200_000_000 + 100_000_000 + 25_980_000, 2 * 200_000_000 + 100_000_000 + 7),
    ]);
  }, "before_harm");
});

test("a provider of before paths and keys were remembered is found at its path, with its key", async () => {
  await asSuperuser((client) => client.query("create database before_memory owner cordon"));
  await asSuperuser((client) => client.query("alter schema public owner to cordon"), "before_memory");
  const pool = createPool({ ...fresh.connection, database: "before_memory" }, () => {});
  const real = join(import.meta.dirname, "../../migrations");
  const [memory = ""] = readdirSync(real).filter((name) => name.endsWith("-provider-memory.sql"));
  rmSync(join(folder, "0001-one.sql"));
  for (const name of readdirSync(real)) if (name < memory) copyFileSync(join(real, name), join(folder, name));
  await migrate(pool, folder);
  await asSuperuser(async (client) => {
    await client.query(`with o as (insert into organization (organization_id, name) values (gen_random_uuid(), 'x') returning *)
      insert into publisher (organization_id, name, category, namespace, id_prefix, path, provider_on, key_fingerprint, key_public, updated_at)
        select organization_id, 'x', 'vendor', 'https://x.example', 'X', 'works', true, 'AB', 'a key', now() from o`);
  }, "before_memory");
  for (const name of readdirSync(real)) copyFileSync(join(real, name), join(folder, name));
  await migrate(pool, folder);
  await pool.end();
  await asSuperuser(async (client) => {
    const { rows } = await client.query(
      "select path, fingerprint, public_key from provider_path join publisher_key using (organization_id)",
    );
    expect(rows).toEqual([{ path: "works", fingerprint: "AB", public_key: "a key" }]);
    const { rows: forced } = await client.query(
      "select relname from pg_class where relname in ('publisher', 'provider_path', 'publisher_key') and relforcerowsecurity",
    );
    expect(forced).toHaveLength(3);
  }, "before_memory");
});
