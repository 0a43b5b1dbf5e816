import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyInstance } from "fastify";
import { Fault } from "../../lib/fault.ts";
import { newId } from "../../lib/ids.ts";
import type { Log } from "../log.ts";
import type { Guard } from "./context.ts";
import { guardRoutes } from "./guarded.ts";
import { readJsonBodies } from "./json-body.ts";
import { addMetrics } from "./metrics.ts";
import { faultBehind, internalProblem, PROBLEM_TYPE, problemOf } from "./problem.ts";
import { addSecurityHeaders, refuseCrossSite } from "./security.ts";
import { traceOf } from "./trace.ts";

export interface HttpOptions {
  publicUrl: string;
  trustProxy: readonly string[];
  requestsPerMinute: number;
  bodyLimitBytes: number;
  metricsToken: string | null;
  guard: Guard;
  log: Log;
  /** What must answer before traffic may come: the database. */
  ready: () => Promise<void>;
}

/** A server with every protection on and no endpoint yet but the probes; feature routes are added to it before `listen`. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { log, publicUrl } = options;
  const app = Fastify({
    logger: false,
    genReqId: newId,
    requestIdHeader: false,
    bodyLimit: options.bodyLimitBytes,
    trustProxy: options.trustProxy.length === 0 ? false : [...options.trustProxy],
    requestTimeout: 120_000,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: "idle",
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", traceOf(request).requestId);
  });
  answerErrors(app, log);
  await addSecurityHeaders(app, publicUrl.startsWith("https:"));
  await app.register(rateLimit, {
    max: options.requestsPerMinute,
    timeWindow: 60_000,
    allowList: (request) => request.routeOptions.url === "/healthz" || request.routeOptions.url === "/readyz",
    errorResponseBuilder: (_, { ttl }) =>
      new Fault("too_many", "Too many requests from this address", { fix: `Wait ${Math.ceil(ttl / 1000)} s` }),
  });
  refuseCrossSite(app, publicUrl);
  guardRoutes(app, options.guard);
  readJsonBodies(app);
  addMetrics(app, options.metricsToken);
  addProbes(app, options.ready);
  app.addHook("onResponse", async (request, reply) => {
    const { requestId, route } = traceOf(request);
    const fields = { requestId, method: request.method, route, status: reply.statusCode };
    log.info({ ...fields, tookMs: Math.round(reply.elapsedTime) }, "request");
  });
  return app;
}

function addProbes(app: FastifyInstance, ready: () => Promise<void>): void {
  app.get("/healthz", { config: { can: "public" } }, async () => ({ ok: true }));
  app.get("/readyz", { config: { can: "public" } }, async () => {
    await ready().catch((cause) => {
      throw new Fault("unavailable", "The database does not answer", { cause });
    });
    return { ok: true };
  });
}

function answerErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error, request, reply) => {
    const fault = faultBehind(error);
    const { requestId, route } = traceOf(request);
    if (fault === null) log.error({ requestId, route, err: error }, "a request failed");
    const problem = fault === null ? internalProblem(requestId) : problemOf(fault, requestId);
    return reply
      .status(problem.status)
      .type(PROBLEM_TYPE)
      .send(Buffer.from(JSON.stringify(problem)));
  });
  app.setNotFoundHandler((request, reply) => {
    const problem = problemOf(new Fault("not_found", "There is nothing at this address"), traceOf(request).requestId);
    return reply
      .status(404)
      .type(PROBLEM_TYPE)
      .send(Buffer.from(JSON.stringify(problem)));
  });
}
