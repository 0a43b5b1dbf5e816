import { afterAll, beforeAll, expect, test } from "vitest";
import { inScope } from "../../src/platform/db.ts";
import { asSuperuser, type FreshDatabase, freshDatabase, newOrganization } from "./postgres.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

/** Bookkeeping of the migrations. Everything else in `public` belongs to an organisation. */
const BOOKKEEPING = ["migration"];

test("every table has organization_id first in its key, forced row-level security and a policy", async () => {
  const { rows } = await fresh.pool.query<Record<string, string | boolean>>(`
    select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
      exists (select from pg_policy p where p.polrelid = c.oid) as policy,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and a.attnotnull) as owned,
      coalesce((select a.attname = 'organization_id' from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indrelid = c.oid and i.indisprimary), false) as leading
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'auth', 'graphile_worker')
      and n.nspname not like 'pg_toast%'`);
  const checked = rows.filter(({ name }) => !BOOKKEEPING.includes(String(name)));
  expect(checked.length).toBeGreaterThan(0);
  for (const row of checked)
    expect(row).toEqual({ name: row.name, enabled: true, forced: true, policy: true, owned: true, leading: true });
});

test("the roles of requests and of the owner are bound by row-level security", async () => {
  const { rows } = await fresh.pool.query(
    "select rolname, rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname in ('cordon', 'cordon_app', 'cordon_system') order by 1",
  );
  expect(rows).toEqual([
    { rolname: "cordon", rolsuper: false, rolbypassrls: false, rolcanlogin: true },
    { rolname: "cordon_app", rolsuper: false, rolbypassrls: false, rolcanlogin: false },
    { rolname: "cordon_system", rolsuper: false, rolbypassrls: false, rolcanlogin: false },
  ]);
});

test("an organisation neither reads nor writes another's rows, and no scope means no rows", async () => {
  const ours = await newOrganization(fresh.pool, "Ours");
  const theirs = await newOrganization(fresh.pool, "Theirs");
  const seen = await inScope(fresh.db, ours, (trx) => trx.selectFrom("organization").select("name").execute());
  expect(seen).toEqual([{ name: "Ours" }]);
  const changed = await inScope(fresh.db, ours, (trx) =>
    trx
      .updateTable("organization")
      .set({ name: "Taken" })
      .where("organizationId", "=", theirs.organizationId)
      .executeTakeFirst(),
  );
  expect(changed.numUpdatedRows).toBe(0n);
  await expect(
    inScope(fresh.db, ours, (trx) =>
      trx.insertInto("organization").values({ organizationId: crypto.randomUUID(), name: "Forged" }).execute(),
    ),
  ).rejects.toThrow(/row-level security/);
  expect(await fresh.db.selectFrom("organization").selectAll().execute()).toEqual([]);
  const all = await asSuperuser(
    (client) => client.query("select name from organization order by name"),
    String(fresh.connection.database),
  );
  expect(all.rows).toEqual([{ name: "Ours" }, { name: "Theirs" }]);
});
