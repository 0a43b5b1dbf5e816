import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { Fault } from "../../lib/fault.ts";
import { sha256 } from "../../lib/hash-chain.ts";
import { traceOf } from "./trace.ts";

/** /metrics, for this machine itself or for who has the token. Route patterns only, never addresses: those hold identifiers. */
export function addMetrics(app: FastifyInstance, token: string | null): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "cordon_http_request_seconds",
    help: "Time to answer, by route",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.1, 0.2, 0.5, 1, 2, 5],
    registers: [registry],
  });
  app.addHook("onResponse", async (request, reply) => {
    const labels = { method: request.method, route: traceOf(request).route, status: String(reply.statusCode) };
    requests.observe(labels, reply.elapsedTime / 1000);
  });
  app.get("/metrics", { config: { can: "public" }, logLevel: "silent" }, async (request, reply) => {
    if (!mayRead(request, token))
      throw new Fault("not_allowed", "Metrics are for this machine or for who has the token", {
        fix: "Set metrics.tokenFile and send it as Authorization: Bearer",
      });
    return reply.header("content-type", registry.contentType).send(await registry.metrics());
  });
  return registry;
}

const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** A proxy on this machine also comes from loopback: what it forwards is not from here. */
function mayRead({ headers, socket, ip }: FastifyRequest, token: string | null): boolean {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  if (given !== undefined)
    return token !== null && timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(token)));
  const forwarded = headers["x-forwarded-for"] ?? headers.forwarded;
  return forwarded === undefined && LOOPBACK.has(socket.remoteAddress ?? "") && LOOPBACK.has(ip);
}
