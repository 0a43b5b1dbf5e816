import { ORPCError } from "@orpc/client";
import { OpenAPIHandler } from "@orpc/openapi/fastify";
import type { AnyRouter } from "@orpc/server";
import { ResponseHeadersPlugin } from "@orpc/server/plugins";
import type { FastifyInstance } from "fastify";
import type { Db } from "../db.ts";
import type { Log } from "../log.ts";
import { type ApiContext, type Guard, scopeOf } from "./context.ts";
import { callerOf, NO_SCOPE } from "./guarded.ts";
import { faultBehind, internalProblem, PROBLEM_TYPE, problemOf, toOrpcError } from "./problem.ts";
import { traceOf, traces } from "./trace.ts";

export interface ApiOptions {
  router: AnyRouter;
  guard: Guard;
  db: Db;
  log: Log;
}

/**
 * The endpoints of the contract under /api. Each says in its contract's meta who may use it (`can`); the guard decides before the
 * input is looked at, and an endpoint that says nothing answers nobody. Bodies are read by Fastify, which bounds them.
 */
export function mountApi(app: FastifyInstance, { router, guard, db, log }: ApiOptions): void {
  const handler = new OpenAPIHandler<ApiContext>(router, {
    plugins: [new ResponseHeadersPlugin()],
    clientInterceptors: [
      async ({ next, ...options }) => {
        const trace = traces.getStore();
        const { route, meta } = options.procedure["~orpc"];
        if (trace !== undefined && route.path !== undefined) trace.route = `/api${route.path}`;
        try {
          return await next({ ...options, context: await allow(options.context, actionOf(meta)) });
        } catch (error) {
          const fault = faultBehind(error);
          if (fault !== null) throw toOrpcError(fault);
          log.error({ err: error, ...trace }, "an endpoint failed");
          throw error;
        }
      },
    ],
    customErrorResponseBodyEncoder: (error) => {
      const requestId = traces.getStore()?.requestId ?? "";
      const fault = faultBehind(error);
      return fault === null ? internalProblem(requestId) : problemOf(fault, requestId, error.defined);
    },
  });

  const allow = async (context: ApiContext, action: string): Promise<ApiContext> => {
    if (action === "public") return context;
    const principal = await guard(context, action);
    return { ...context, principal, scope: scopeOf(principal) };
  };

  app.addHook("onSend", async (_, reply, payload) => {
    const type = reply.getHeader("content-type");
    if (reply.statusCode >= 400 && String(type).startsWith("application/json"))
      reply.header("content-type", PROBLEM_TYPE);
    return payload;
  });
  app.all("/api/*", { config: { can: "by-contract" } }, async (request, reply) => {
    const context: ApiContext = { ...callerOf(request), db, log, principal: null, scope: NO_SCOPE };
    reply.header("cache-control", "no-store");
    const { matched } = await traces.run(traceOf(request), () =>
      handler.handle(request, reply, { prefix: "/api", context }),
    );
    return matched ? reply : reply.callNotFound();
  });
}

function actionOf(meta: unknown): string {
  const can = typeof meta === "object" && meta !== null && "can" in meta ? meta.can : undefined;
  if (typeof can !== "string") throw new ORPCError("INTERNAL_SERVER_ERROR", { message: "no permission declared" });
  return can;
}
