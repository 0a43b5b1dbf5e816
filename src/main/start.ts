import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Listr, type ListrTask } from "listr2";
import { destination } from "pino";
import { runAction } from "../cli/run-action.ts";
import { firstAdministratorLink } from "../features/people/people.ts";
import { loadExample } from "../flows/load-example.ts";
import { type Config, type Environment, makeDataFolder, readConfig } from "../platform/config/config.ts";
import type { Scope } from "../platform/db.ts";
import { type Installation, openInstallation } from "../platform/installation.ts";
import { createLog, type Log } from "../platform/log.ts";
import { untilAskedToStop } from "./asked-to-stop.ts";
import { EXAMPLES } from "./features.ts";
import { ensureOrganization } from "./first-organization.ts";
import { type Server, startServer, VERSION } from "./server.ts";
import { showRun } from "./show-run.ts";

interface Started {
  config: Config;
  log: Log;
  installation: Installation;
  scope: Scope;
  server: Server;
}

/** Starts everything, says step by step what it does, prints where to go, and runs until it is told to stop. */
export const start = (environment: Environment): Promise<void> =>
  runAction(async () => {
    const config = readConfig(environment);
    makeDataFolder(config);
    const logFile = openLogFile(config);
    const log = createLog(config.log.level, destination({ dest: logFile, append: true, mkdir: true, sync: true }));
    const started: Partial<Started> = { config, log };
    const stopping = untilAskedToStop(environment, () => started.installation?.postgres.abandon());
    try {
      await new Listr(steps(config, log, stopping), {
        ctx: started,
        registerSignalListeners: false,
        concurrent: false,
      }).run();
      if (!stopping.aborted) await greet(started, logFile);
      await aborted(stopping);
      process.stdout.write("\nStopping…\n");
      return 0;
    } catch (error) {
      log.error({ err: error }, "Cordon did not start");
      throw error;
    } finally {
      await started.server?.stop();
      await started.installation?.close();
    }
  });

const steps = (config: Config, log: Log, stopping: AbortSignal): ListrTask<Partial<Started>>[] => [
  {
    title: "Database",
    task: async (started, task) => {
      started.installation = await openInstallation(config, log);
      const { postgres, migrated } = started.installation;
      task.title = `Database: ${DATABASES[postgres.kind]}${migrated.length > 0 ? `, ${migrated.length} migrations applied` : ""}`;
      started.scope = await ensureOrganization(started.installation.db);
    },
  },
  {
    title: "Server",
    task: async (started, task) => {
      if (started.installation === undefined) return;
      started.server = await startServer(config, started.installation, log);
      await started.installation.announce(started.server.url);
      task.title = `Server: ${started.server.url}`;
    },
  },
  example(stopping),
];

const example = (stopping: AbortSignal): ListrTask<Partial<Started>> => ({
  title: "Example program",
  task: async ({ installation, scope }, task) => {
    if (installation === undefined || scope === undefined) return;
    const { db } = installation;
    const runId = await loadExample(db, scope, EXAMPLES, new Date());
    if (runId === null) return task.skip("Example program: there are devices already");
    const assessed = await showRun(
      db,
      scope,
      runId,
      (line) => {
        task.output = line;
      },
      stopping,
    );
    task.title = assessed
      ? "Example program: three devices, assessed against the starter advisories"
      : "Example program: loaded; its assessment is not done (Threats, Feeds says why)";
  },
});

const DATABASES: Record<Installation["postgres"]["kind"], string> = {
  configured: "the configured PostgreSQL",
  machine: "this machine's PostgreSQL, in the data folder",
  bundled: "the bundled PostgreSQL, in the data folder (for trying out; see `./cordon doctor`)",
};

async function greet({ config, server, scope }: Partial<Started>, logFile: string): Promise<void> {
  if (server === undefined || scope === undefined) return;
  const link = await firstAdministratorLink(server.people, scope.organizationId);
  const lines = [
    "",
    `Cordon ${VERSION} answers at ${server.url}`,
    ...(link === null ? [] : [`First administrator, once, within 24 hours: ${link}`]),
    `Data: ${config?.dataFolder}   Log: ${logFile}`,
    "Ctrl-C stops it.",
    "",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

const MAX_LOG_BYTES = 50_000_000;

/** The log of this start; a full one is put aside by its day. */
function openLogFile({ dataFolder }: Config): string {
  const folder = join(dataFolder, "log");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "cordon.log");
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return size < MAX_LOG_BYTES ? path : join(folder, `cordon-${new Date().toISOString().slice(0, 10)}.log`);
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve());
  });
