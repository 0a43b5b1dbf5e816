import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Scope } from "../db.ts";
import { type Caller, type Guard, type Principal, scopeOf } from "./context.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The action a caller must be allowed to do; `public`; or `by-contract` where the endpoints behind it say it themselves. */
    can?: string;
  }
  interface FastifyRequest {
    /** Null on `public` routes. */
    principal: Principal | null;
    scope: Scope;
  }
}

/** Sees nothing, is nobody. */
export const NO_SCOPE: Scope = { organizationId: "", actor: { kind: "system", id: "nobody", name: "Nobody" } };

/** Every plain route names its action in `config.can`; one that does not cannot be registered, and nobody reaches one unchecked. */
export function guardRoutes(app: FastifyInstance, guard: Guard): void {
  app.decorateRequest("principal", null);
  app.decorateRequest("scope");
  app.addHook("onRoute", ({ config, url, method }) => {
    if (config?.can === undefined)
      throw new Error(`The route ${method} ${url} does not say in config.can who may use it`);
  });
  app.addHook("onRequest", async (request) => {
    const { can } = request.routeOptions.config;
    request.scope = NO_SCOPE;
    if (request.is404 || can === "public" || can === "by-contract") return;
    if (can === undefined) throw new Error(`no action declared for ${request.routeOptions.url}`);
    const principal = await guard(callerOf(request), can);
    request.principal = principal;
    request.scope = scopeOf(principal);
  });
}

export const callerOf = (request: FastifyRequest): Caller => ({
  headers: toHeaders(request.headers),
  ip: request.ip,
  requestId: request.id,
});

function toHeaders(headers: FastifyRequest["headers"]): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) result.append(name, one);
  return result;
}
