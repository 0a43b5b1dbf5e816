import { type DestinationStream, type LevelWithSilent, type Logger, pino, stdSerializers } from "pino";

/** What a log line may carry besides its message. Nothing else gets in: bodies, headers, names and texts stay out of logs. */
export interface LogFields {
  requestId?: string;
  method?: string;
  /** The route's pattern, never the address asked for: that may hold identifiers or tokens. */
  route?: string;
  status?: number;
  tookMs?: number;
  organizationId?: string;
  actorId?: string;
  action?: string;
  job?: string;
  runId?: string;
  attempt?: number;
  count?: number;
  port?: number;
  version?: string;
  code?: string;
  err?: unknown;
}

const ALLOWED: Record<keyof LogFields, true> = {
  requestId: true,
  method: true,
  route: true,
  status: true,
  tookMs: true,
  organizationId: true,
  actorId: true,
  action: true,
  job: true,
  runId: true,
  attempt: true,
  count: true,
  port: true,
  version: true,
  code: true,
  err: true,
};

export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** JSON lines (pino) on standard output, or on `destination`. */
export function createLog(level: LevelWithSilent, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }), log: allowed },
  };
  const logger: Logger = destination === undefined ? pino(options) : pino(options, destination);
  return logger;
}

/** Fields nobody allowed are dropped even when a cast let them through the types. */
function allowed(fields: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(fields).filter(([name]) => name in ALLOWED);
  return Object.fromEntries(kept.map(([name, value]) => [name, name === "err" ? errorFields(value) : value]));
}

/** Of an error: its class, code, place in the code and cause. A database error's detail holds row values and is left out. */
function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { type, message, stack } = stdSerializers.errWithCause(error);
  return { type, message, stack, ...("code" in error ? { code: error.code } : {}) };
}

export const SILENT: Log = createLog("silent");
