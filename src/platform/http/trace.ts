import { AsyncLocalStorage } from "node:async_hooks";
import type { FastifyRequest } from "fastify";

/** What a running request is known by; `route` is the pattern of the endpoint that took it. */
export interface Trace {
  requestId: string;
  route: string;
}

/** oRPC's error encoder sees only the error: it finds the request here. */
export const traces = new AsyncLocalStorage<Trace>();

const byRequest = new WeakMap<object, Trace>();

export function traceOf(request: FastifyRequest): Trace {
  const found = byRequest.get(request.raw);
  if (found !== undefined) return found;
  const trace = { requestId: request.id, route: request.routeOptions.url ?? "(none)" };
  byRequest.set(request.raw, trace);
  return trace;
}
