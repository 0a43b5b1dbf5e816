import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "../../src/platform/migrate.ts";
import { createPool } from "../../src/platform/pool.ts";
import { openPostgres } from "../../src/platform/postgres/postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the throw-away cluster's socket. */
    postgresSocket: string;
  }
}

/** One throw-away cluster for the run, with a migrated template that every test file copies. Nothing of it is synced to disk. */
export async function setup(project: TestProject): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cordon-store-"));
  chmodSync(folder, 0o711);
  const settings = { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_connections: "200" };
  const postgres = await openPostgres({ databaseUrl: undefined, dataFolder: folder, settings });
  cleanUp = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const socket = String(postgres.connection.host);
  const admin = createPool({ host: socket, user: "postgres", database: "postgres", max: 1 }, () => {});
  await admin.query("create database template template cordon owner cordon");
  const owner = createPool({ ...postgres.connection, database: "template" }, () => {});
  await migrate(owner, join(import.meta.dirname, "../../migrations"));
  await owner.end();
  await admin.end();
  project.provide("postgresSocket", socket);
}

let cleanUp = async () => {};
export const teardown = () => cleanUp();
