import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, InjectOptions } from "fastify";
import { auditRoutes } from "../../src/features/audit/routes.ts";
import { addControlRoutes } from "../../src/features/controls/files/routes.ts";
import { controlsRoutes } from "../../src/features/controls/routes.ts";
import { partsRoutes } from "../../src/features/devices/parts/routes.ts";
import { devicesRoutes } from "../../src/features/devices/routes.ts";
import { addSbomRoutes } from "../../src/features/devices/upload/routes.ts";
import { evidenceRoutes } from "../../src/features/evidence/routes.ts";
import { addEvidenceRoutes } from "../../src/features/evidence/upload/routes.ts";
import { addBundleRoute } from "../../src/features/intel/bundle/routes.ts";
import { deviceAdvisoriesRoutes } from "../../src/features/intel/device-advisories/routes.ts";
import { fdaRoutes } from "../../src/features/intel/fda/routes.ts";
import { checkFeed, feedFolder } from "../../src/features/intel/feed.ts";
import { findingsRoutes } from "../../src/features/intel/findings/routes.ts";
import { filtersRoutes } from "../../src/features/intel/inbox/filters/routes.ts";
import { inboxRoutes } from "../../src/features/intel/inbox/routes.ts";
import { intelRoutes } from "../../src/features/intel/routes.ts";
import { statementsRoutes } from "../../src/features/intel/statements/routes.ts";
import { addVexRoutes } from "../../src/features/intel/statements/upload/routes.ts";
import { riskRoutes } from "../../src/features/risk/routes.ts";
import { securityFileRoutes } from "../../src/features/security-file/routes.ts";
import { addSecurityFileRoutes } from "../../src/features/security-file/upload/routes.ts";
import { calendarRoutes } from "../../src/features/work/calendar/routes.ts";
import { clocksRoutes } from "../../src/features/work/clocks/routes.ts";
import { workRoutes } from "../../src/features/work/routes.ts";
import { syncJob } from "../../src/flows/advisory-arrived.ts";
import { assessReleaseJob } from "../../src/flows/assess-release.ts";
import { intelFiles } from "../../src/flows/intel-index.ts";
import { settleExampleJob } from "../../src/flows/load-example.ts";
import { matchDeviceJob } from "../../src/flows/match-device.ts";
import { moveToHarmJob } from "../../src/flows/move-to-harm.ts";
import { sourceShelf, sourceTools } from "../../src/main/source-tools.ts";
import { blobsIn } from "../../src/platform/blobs/blobs.ts";
import { openBlobKeys } from "../../src/platform/blobs/keys.ts";
import { readConfig } from "../../src/platform/config/config.ts";
import { type Db, inScope, type Scope } from "../../src/platform/db.ts";
import type { Fetch } from "../../src/platform/files/fetch-input.ts";
import { loadPlugIns } from "../../src/platform/files/load-plug-ins.ts";
import { mountApi } from "../../src/platform/http/api.ts";
import type { Principal } from "../../src/platform/http/context.ts";
import { createHttp } from "../../src/platform/http/server.ts";
import type { Job } from "../../src/platform/jobs/job.ts";
import { startWorker, type Worker } from "../../src/platform/jobs/worker.ts";
import { checkpointJob } from "../../src/platform/ledger/checkpoint-job.ts";
import { readSigningKeys } from "../../src/platform/ledger/keys.ts";
import { createLog } from "../../src/platform/log.ts";
import { type FreshDatabase, freshDatabase, newOrganization } from "./postgres.ts";

export const EXAMPLES = join(import.meta.dirname, "..", "..", "examples");

// biome-ignore lint/suspicious/noExplicitAny: a test reads what the server answers
type Body = any;
export interface Answer {
  status: number;
  type: string;
  body: Body;
}

/** The server's features over a real database, with workers; whoever calls names the organisation they are signed in to. */
export interface ProgramServer {
  app: FastifyInstance;
  database: FreshDatabase;
  /** A folder of this server's own that feeds may be read from. */
  folder: string;
  /** The first organisation; `ask` is signed in to it. */
  scope: Scope;
  ask(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown, as?: Scope): Promise<Answer>;
  upload(
    releaseId: string,
    bytes: string | Uint8Array,
    headers?: Record<string, string>,
    as?: Scope,
    what?: string,
  ): Promise<Answer>;
  /** Until no job waits or runs. */
  settled(as?: Scope): Promise<void>;
  close(): Promise<void>;
}

/** `mirrors`: addresses of sources, as an administrator sets them up; nothing else is reached. */
export async function programServer(mirrors: Record<string, string> = {}): Promise<ProgramServer> {
  const database = await freshDatabase();
  const { db, pool, connection } = database;
  const folder = mkdtempSync(join(tmpdir(), "cordon-program-"));
  const scope = await newOrganization(pool);
  const log = createLog((process.env.TEST_LOG as "silent") ?? "silent");
  const keys = readSigningKeys(folder);
  const intel = intelFiles(join(folder, "intel"));
  const rules = { folders: [EXAMPLES, folder] };
  const feeds = await loadPlugIns(feedFolder, checkFeed);
  const config = readConfig({ CORDON_DATA: folder }).intel;
  const noNetwork: Fetch = () => Promise.reject(new Error("no network in tests"));
  const catalogue = await sourceTools(
    { ...config, mirrors: { ...config.mirrors, ...mirrors } },
    join(folder, "intel"),
    noNetwork,
  );
  const tools = { ...catalogue, intel, rules, feeds };
  const guard = async ({ headers }: { headers: Headers }): Promise<Principal> => ({
    kind: "user",
    id: headers.get("x-user") ?? "",
    name: "Ada",
    organizationId: headers.get("x-organization") ?? headers.get("authorization")?.replace("Bearer ", "") ?? "",
    roles: ["product-security"],
  });
  const app = await createHttp({
    publicUrl: "http://localhost",
    trustProxy: [],
    requestsPerMinute: 1_000_000,
    bodyLimitBytes: 1_000_000,
    metricsToken: null,
    guard,
    log,
    ready: async () => {},
  });
  await addSbomRoutes(app, { db });
  await addVexRoutes(app, { db });
  await addSecurityFileRoutes(app, { db });
  const blobs = blobsIn(join(folder, "blobs"), openBlobKeys(join(folder, "blob-keys")));
  await addControlRoutes(app, { db });
  await addEvidenceRoutes(app, { db, blobs });
  await addBundleRoute(app, { db, tools, keyFiles: [join(folder, "bundle-keys.json")] });
  const router = {
    devices: devicesRoutes,
    parts: partsRoutes,
    findings: findingsRoutes,
    inbox: inboxRoutes,
    vex: statementsRoutes,
    filters: filtersRoutes,
    deviceAdvisories: deviceAdvisoriesRoutes(intel),
    fda: fdaRoutes,
    intel: intelRoutes(sourceShelf(tools, rules, config)),
    risk: riskRoutes(() => true),
    securityFile: securityFileRoutes,
    controls: controlsRoutes,
    evidence: evidenceRoutes,
    audit: auditRoutes(keys),
    work: workRoutes(() => true),
    clocks: clocksRoutes,
    calendar: calendarRoutes({ publicUrl: "http://localhost", fetch: noNetwork }),
  };
  mountApi(app, { router, guard, db, log });
  await app.ready();
  const jobs = [
    assessReleaseJob(intel),
    matchDeviceJob(intel),
    moveToHarmJob,
    syncJob(tools),
    settleExampleJob(tools, blobs),
    checkpointJob(keys),
  ] as Job[];
  const worker: Worker = await startWorker({ pool, connection, db, log, jobs, schedules: [], concurrency: 2 });

  const send = async (options: InjectOptions, as: Scope): Promise<Answer> => {
    const headers = {
      host: "localhost",
      ...options.headers,
      "x-organization": as.organizationId,
      "x-user": as.actor.id,
    };
    const { statusCode, headers: answered, body } = await app.inject({ ...options, headers });
    const type = String(answered["content-type"] ?? "");
    return { status: statusCode, type, body: type.includes("json") && body !== "" ? JSON.parse(body) : body };
  };

  return {
    app,
    database,
    folder,
    scope,
    ask: (method, path, body, as = scope) =>
      send({ method, url: `/api${path}`, ...(body === undefined ? {} : { payload: body as object }) }, as),
    upload: (releaseId, bytes, headers = {}, as = scope, what = "sbom") =>
      send(
        {
          method: "POST",
          url: `/api/releases/${releaseId}/${what}`,
          payload: Buffer.from(bytes),
          headers: { "content-type": "application/octet-stream", ...headers },
        },
        as,
      ),
    async settled(as = scope) {
      const until = Date.now() + 30_000;
      while (Date.now() < until) {
        const open = await inScope(db, as, (trx) =>
          trx.selectFrom("jobRun").select("id").where("state", "in", ["waiting", "running"]).execute(),
        );
        if (open.length === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`the jobs did not end: ${await stuckJobs(db, as)}`);
    },
    async close() {
      await app.close();
      await worker.stop();
      intel.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A program that has read the starter advisories. */
export async function starterProgram(): Promise<ProgramServer> {
  const server = await programServer();
  await server.ask("POST", "/intel/sources", { name: "Starter", location: join(EXAMPLES, "advisories") });
  await server.ask("POST", "/intel/runs");
  await server.settled();
  return server;
}

/** An SBOM of npm packages, each as `name@version`. */
export const npmSbom = (...packages: string[]) => ({
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  components: packages.map((name) => ({
    type: "library",
    name: name.split("@")[0],
    version: name.split("@")[1],
    "bom-ref": name,
    purl: `pkg:npm/${name}`,
  })),
});

/** A device with one release, through the API. */
export async function newDevice(server: ProgramServer, name = "Pump", as?: Scope) {
  const functions = [{ kind: "therapy", name: "therapy delivery", harm: "catastrophic" }];
  const device = await server.ask("POST", "/devices", { name, functions }, as);
  const release = await server.ask(
    "POST",
    `/devices/${device.body.id}/releases`,
    { version: "1.0", phase: "deployment", since: "2026-01-05" },
    as,
  );
  return { deviceId: device.body.id as string, releaseId: release.body.id as string };
}

/** Jobs that wait or run, with what the last try of each said. */
async function stuckJobs(db: Db, scope: Scope): Promise<string> {
  const open = await inScope(db, scope, (trx) =>
    trx.selectFrom("jobRun").selectAll().where("state", "in", ["waiting", "running"]).execute(),
  );
  return JSON.stringify(open);
}
