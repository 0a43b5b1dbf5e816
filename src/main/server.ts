import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { People } from "../features/people/people.ts";
import { type Config, secretIn } from "../platform/config/config.ts";
import { mountApi } from "../platform/http/api.ts";
import { describeApi } from "../platform/http/openapi.ts";
import { mountReference } from "../platform/http/reference.ts";
import { createHttp } from "../platform/http/server.ts";
import { serveWeb } from "../platform/http/web.ts";
import { type Installation, ROOT } from "../platform/installation.ts";
import type { Schedule } from "../platform/jobs/job.ts";
import { startWorker } from "../platform/jobs/worker.ts";
import { signAllHeads } from "../platform/ledger/checkpoint.ts";
import { checkpointJob } from "../platform/ledger/checkpoint-job.ts";
import { readSigningKeys, type SigningKeys } from "../platform/ledger/keys.ts";
import type { Log } from "../platform/log.ts";
import { composeFeatures } from "./features.ts";
import { freePort } from "./free-port.ts";
import { openSignIn } from "./sign-in.ts";

/** A server that answers. `stop` ends it in order: no new requests, running ones end, jobs end, the ledger is signed. */
export interface Server {
  url: string;
  app: FastifyInstance;
  people: People;
  stop(): Promise<void>;
}

const CLOSE_DEADLINE_MS = 10_000;

export const VERSION: string = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version;

/** Serves an open installation, which stays the caller's to close after `stop`. */
export async function startServer(
  config: Config,
  installation: Installation,
  log: Log,
  closeDeadlineMs = CLOSE_DEADLINE_MS,
): Promise<Server> {
  const { db, pool, postgres } = installation;
  const { http, metrics } = config;
  const port = await freePort(http.host, http.port);
  const publicUrl = http.publicUrl ?? `http://localhost:${port}`;
  const keys = readSigningKeys(config.secretsFolder);
  const signIn = await openSignIn(config, installation, publicUrl, log);
  const { people } = signIn;
  const features = await composeFeatures(db, people, keys, config, { publicUrl, version: VERSION });
  const app = await createHttp({
    ...http,
    publicUrl,
    metricsToken: metrics.tokenFile === undefined ? null : secretIn(metrics.tokenFile),
    guard: people.guard,
    log,
    ready: async () => void (await pool.query("select 1")),
  });
  await features.mount(app);
  mountReference(app, await describeApi(features.router, VERSION, features.described));
  mountApi(app, { router: features.router, guard: people.guard, db, log });
  await serveWeb(app, join(ROOT, "dist/web"));
  const worker = await startWorker({
    pool,
    connection: postgres.connection,
    db,
    log,
    jobs: [...features.jobs, checkpointJob(keys)],
    schedules: [...features.schedules, checkpoints(keys, config.ledger.checkpointEveryMinutes)],
    concurrency: config.jobs.concurrency,
  });
  await app.listen({ host: http.host, port });
  log.info({ port, version: VERSION }, "Cordon answers");
  return {
    url: publicUrl,
    app,
    people,
    async stop() {
      await closeInTime(app, closeDeadlineMs);
      await worker.stop();
      await signAllHeads(db, keys).catch((err: unknown) =>
        log.error({ err }, "the ledger could not be signed at the end"),
      );
      features.close();
      await signIn.close();
    },
  };
}

const checkpoints = (keys: SigningKeys, minutes: number): Schedule => ({
  name: "ledger.checkpoint",
  cron: `*/${minutes} * * * *`,
  run: ({ db }) => signAllHeads(db, keys),
});

async function closeInTime(app: FastifyInstance, deadlineMs: number): Promise<void> {
  const abort = new AbortController();
  const late = wait(deadlineMs, "late", { signal: abort.signal }).catch(() => "in time");
  const closing = app.close().then(() => abort.abort());
  if ((await late) === "late") app.server.closeAllConnections();
  await closing;
}
