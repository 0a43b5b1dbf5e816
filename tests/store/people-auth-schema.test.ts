import { getMigrations } from "better-auth/db/migration";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authPool } from "../../src/platform/auth/auth.ts";
import { authOptions } from "../../src/platform/auth/options.ts";
import { type FreshDatabase, freshDatabase } from "./postgres.ts";

let database: FreshDatabase;
let pool: ReturnType<typeof authPool>;
beforeAll(async () => {
  database = await freshDatabase();
  pool = authPool(database.connection, () => {});
});
afterAll(async () => {
  await pool.end();
  await database.close();
});

test("our migration holds every table and column that better-auth and its plugins want", async () => {
  const options = authOptions({
    pool,
    baseUrl: "http://localhost:8080",
    secret: "x".repeat(48),
    signOn: [],
    passwordLength: { min: 12, max: 128 },
    mayJoin: async () => false,
    log: () => {},
  });
  const { toBeCreated, toBeAdded, compileMigrations } = await getMigrations(options);
  expect([...toBeCreated, ...toBeAdded], await compileMigrations()).toEqual([]);
});

test("sign-in's role sees nothing of the organisations, and theirs nothing of sign-in", async () => {
  await expect(pool.query("select from public.organization")).rejects.toThrow(/permission denied/);
  const client = await database.pool.connect();
  try {
    await client.query("begin; set local role cordon_app");
    await expect(client.query('select from auth."user"')).rejects.toThrow(/permission denied/);
  } finally {
    await client.query("rollback");
    client.release();
  }
});
