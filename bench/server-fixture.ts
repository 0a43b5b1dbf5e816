import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { devicesRoutes } from "../src/features/devices/routes.ts";
import { addSbomRoutes } from "../src/features/devices/upload/routes.ts";
import { checkFeed, feedFolder } from "../src/features/intel/feed.ts";
import { findingsRoutes } from "../src/features/intel/findings/routes.ts";
import { inboxRoutes } from "../src/features/intel/inbox/routes.ts";
import { type SyncTools, syncJob } from "../src/flows/advisory-arrived.ts";
import { assessReleaseJob } from "../src/flows/assess-release.ts";
import { intelFiles } from "../src/flows/intel-index.ts";
import { matchDeviceJob } from "../src/flows/match-device.ts";
import { newId } from "../src/lib/ids.ts";
import { sourceTools } from "../src/main/source-tools.ts";
import { readConfig } from "../src/platform/config/config.ts";
import { type Db, openDatabase, type Scope } from "../src/platform/db.ts";
import { loadPlugIns } from "../src/platform/files/load-plug-ins.ts";
import { mountApi } from "../src/platform/http/api.ts";
import type { Principal } from "../src/platform/http/context.ts";
import { createHttp } from "../src/platform/http/server.ts";
import type { Job } from "../src/platform/jobs/job.ts";
import { startWorker } from "../src/platform/jobs/worker.ts";
import { checkpointJob } from "../src/platform/ledger/checkpoint-job.ts";
import { readSigningKeys } from "../src/platform/ledger/keys.ts";
import { createLog } from "../src/platform/log.ts";
import { migrate } from "../src/platform/migrate.ts";
import { createPool } from "../src/platform/pool.ts";
import { openPostgres } from "../src/platform/postgres/postgres.ts";

const ROOT = join(import.meta.dirname, "..");

export interface BenchServer {
  /** What the jobs that read advisories work with. */
  tools: SyncTools;
  app: FastifyInstance;
  db: Db;
  scope: Scope;
  /** SQL as the owner, with the organisation's rows in sight. */
  sql(text: string, values?: unknown[]): Promise<unknown[]>;
  get(path: string): Promise<{ status: number; body: string }>;
  send(path: string, payload: Buffer | object): Promise<{ status: number; body: string }>;
  close(): Promise<void>;
}

/** The server's own routes and jobs on a durable PostgreSQL in a folder of its own, and one organisation. Sign-in is left out. */
export async function benchServer(
  folders: readonly string[] = [],
  settings: Record<string, string> = {},
): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), "cordon-bench-"));
  chmodSync(folder, 0o711);
  const postgres = await openPostgres({ databaseUrl: undefined, dataFolder: folder, settings });
  const pool = createPool({ ...postgres.connection, max: 10 }, () => {});
  await migrate(pool, join(ROOT, "migrations"));
  const db = openDatabase(pool);
  const log = createLog("silent");
  const organizationId = newId();
  const scope: Scope = { organizationId, actor: { kind: "user", id: newId(), name: "Bench" } };
  const sql = async (text: string, values: unknown[] = []) => {
    const client = await pool.connect();
    try {
      await client.query("begin");
      await client.query("select set_config('app.organization_id', $1, true)", [organizationId]);
      const { rows } = await client.query(text, values);
      await client.query("commit");
      return rows;
    } finally {
      client.release();
    }
  };
  await sql("insert into organization (organization_id, name) values ($1, 'Bench')", [organizationId]);

  const guard = async (): Promise<Principal> => ({ ...scope.actor, kind: "user", organizationId, roles: [] });
  const app = await createHttp({
    publicUrl: "http://localhost",
    trustProxy: [],
    requestsPerMinute: 10_000_000,
    bodyLimitBytes: 1_000_000,
    metricsToken: null,
    guard,
    log,
    ready: async () => {},
  });
  await addSbomRoutes(app, { db });
  mountApi(app, { router: { devices: devicesRoutes, findings: findingsRoutes, inbox: inboxRoutes }, guard, db, log });
  const intel = intelFiles(join(folder, "intel"));
  const rules = { folders: [ROOT, ...folders] };
  const catalogue = await sourceTools(readConfig({ CORDON_DATA: folder }).intel, join(folder, "intel"));
  const tools = { ...catalogue, intel, rules, feeds: await loadPlugIns(feedFolder, checkFeed) };
  const keys = readSigningKeys(join(folder, "secrets"));
  const jobs = [assessReleaseJob(intel), matchDeviceJob(intel), syncJob(tools), checkpointJob(keys)] as Job[];
  const worker = await startWorker({
    pool,
    connection: postgres.connection,
    db,
    log,
    jobs,
    schedules: [],
    concurrency: 2,
  });
  const headers = { host: "localhost" };

  return {
    tools,
    app,
    db,
    scope,
    sql,
    async get(path) {
      const { statusCode, body } = await app.inject({ method: "GET", url: `/api${path}`, headers });
      return { status: statusCode, body };
    },
    async send(path, payload) {
      const type = Buffer.isBuffer(payload) ? { "content-type": "application/octet-stream" } : {};
      const url = `/api${path}`;
      const { statusCode, body } = await app.inject({ method: "POST", url, headers: { ...headers, ...type }, payload });
      return { status: statusCode, body };
    },
    async close() {
      await app.close();
      await worker.stop();
      intel.close();
      await db.destroy();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
