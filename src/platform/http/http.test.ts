import { createORPCClient, ORPCError } from "@orpc/client";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import { implement } from "@orpc/server";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { base } from "../../lib/contract.ts";
import { Fault } from "../../lib/fault.ts";
import type { Db } from "../db.ts";
import { createLog } from "../log.ts";
import { mountApi } from "./api.ts";
import type { ApiContext, Guard } from "./context.ts";
import { describeApi } from "./openapi.ts";
import { mountReference } from "./reference.ts";
import { createHttp } from "./server.ts";

const contract = {
  pump: {
    get: base
      .meta({ can: "pump:read" })
      .route({ method: "GET", path: "/pumps/{id}", summary: "One pump" })
      .input(z.object({ id: z.uuid() }))
      .output(z.object({ id: z.string(), by: z.string() })),
    add: base
      .meta({ can: "pump:write" })
      .route({ method: "POST", path: "/pumps", successStatus: 201, summary: "Add" })
      .input(z.object({ name: z.string().min(2), nested: z.object({ count: z.number() }).optional() }))
      .output(z.object({ name: z.string() })),
    fail: base
      .meta({ can: "pump:read" })
      .route({ method: "GET", path: "/fail" })
      .output(z.object({ ok: z.boolean() })),
    conflict: base
      .meta({ can: "pump:read" })
      .route({ method: "POST", path: "/conflict" })
      .output(z.object({ ok: z.boolean() })),
    open: base
      .meta({ can: "public" })
      .route({ method: "GET", path: "/open" })
      .output(z.object({ signedIn: z.boolean(), organization: z.string() })),
    forgotten: base.route({ method: "GET", path: "/forgotten" }).output(z.object({ ok: z.boolean() })),
  },
};
let handled = 0;
const os = implement(contract).$context<ApiContext>();
const router = os.router({
  pump: {
    get: os.pump.get.handler(({ input, context }) => ({ id: input.id, by: context.scope.actor.name })),
    add: os.pump.add.handler(({ input }) => ({ name: input.name })),
    fail: os.pump.fail.handler(() => {
      throw new Error("password=hunter2 at line 7");
    }),
    conflict: os.pump.conflict.handler(() => {
      throw new Fault("conflict", "Someone was faster", { at: "/revision", fix: "Load it again" });
    }),
    open: os.pump.open.handler(({ context }) => ({
      signedIn: context.principal !== null,
      organization: context.scope.organizationId,
    })),
    forgotten: os.pump.forgotten.handler(() => {
      handled++;
      return { ok: true };
    }),
  },
});

const guard: Guard = async ({ headers }, action) => {
  const roles = headers.get("authorization")?.replace("Bearer ", "");
  if (roles === undefined) throw new Fault("not_signed_in", "Sign in first");
  if (!roles.split(",").includes(action)) throw new Fault("not_allowed", `You may not ${action}`);
  return { kind: "user", id: "u1", name: "Ada", organizationId: "o1", roles: [] };
};

const lines: string[] = [];
let app: FastifyInstance;
let url = "";
beforeAll(async () => {
  const log = createLog("info", { write: (line) => void lines.push(line) });
  app = await createHttp({
    publicUrl: "http://localhost:7399",
    trustProxy: [],
    requestsPerMinute: 100_000,
    bodyLimitBytes: 1000,
    metricsToken: "token",
    guard,
    log,
    ready: async () => {},
  });
  app.get("/api/file", { config: { can: "pump:read" } }, (request) => ({ by: request.scope.actor.name }));
  mountReference(
    app,
    await describeApi(router, "1.0.0", [
      {
        method: "post",
        path: "/file",
        summary: "Upload",
        action: "pump:write",
        accepts: "application/octet-stream",
        answers: "application/json",
      },
    ]),
  );
  mountApi(app, { router, guard, db: {} as Db, log });
  url = await app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => app.close());

const everything = { host: "localhost:7399", authorization: "Bearer pump:read,pump:write" };
const ID = "01a209c3-d1a2-7bc3-a552-df9f6c537ee8";

describe("an endpoint", () => {
  test("answers who may, with the scope of who asked", async () => {
    const response = await app.inject({ url: `/api/pumps/${ID}`, headers: everything });
    expect([response.statusCode, response.json()]).toEqual([200, { id: ID, by: "Ada" }]);
    expect(response.headers["cache-control"]).toBe("no-store");
  });

  test.each([
    ["nobody, even with wrong input: sign in first", "/api/pumps/x", {}, 401, "not_signed_in"],
    ["a person without the right", `/api/pumps/${ID}`, { authorization: "Bearer pump:write" }, 403, "not_allowed"],
    ["wrong input", "/api/pumps/x", everything, 400, "bad_input"],
    ["no such endpoint", "/api/nothing", everything, 404, "not_found"],
    ["a plain route, to nobody", "/api/file", {}, 401, "not_signed_in"],
  ])("refuses %s", async (_, path, headers, status, code) => {
    const response = await app.inject({ url: path, headers: { host: "localhost:7399", ...headers } });
    expect(response.headers["content-type"]).toBe("application/problem+json");
    expect(response.json()).toMatchObject({
      status,
      code,
      type: `urn:cordon:problem:${code}`,
      requestId: response.headers["x-request-id"],
    });
    expect(response.statusCode).toBe(status);
  });

  test("that names no action answers nobody, and its handler never runs", async () => {
    const response = await app.inject({ url: "/api/forgotten", headers: everything });
    expect([response.statusCode, handled]).toEqual([500, 0]);
  });

  test("that is public knows nobody and opens no organisation", async () => {
    const response = await app.inject({ url: "/api/open", headers: everything });
    expect(response.json()).toEqual({ signedIn: false, organization: "" });
  });

  test("names the wrong field by its JSON pointer", async () => {
    const response = await app.inject({
      method: "POST",
      url: "/api/pumps",
      headers: everything,
      payload: { name: "ok", nested: { count: "x" } },
    });
    expect(response.json()).toMatchObject({ code: "bad_input", at: "/nested/count", defined: true });
  });

  test("that fails says nothing of why; the log does, under the same request id", async () => {
    const response = await app.inject({ url: "/api/fail", headers: everything });
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain("hunter2");
    expect(lines.find((line) => line.includes("hunter2"))).toContain(response.json().requestId);
  });
});

test.each([
  ["larger than the limit", JSON.stringify({ name: "x".repeat(2000) }), "application/json", 413],
  ["no JSON", '{"name":', "application/json", 400],
  ["with a key twice", '{"name":"aa","name":"bb"}', "application/json", 400],
  ["nested without end", "[".repeat(900), "application/json", 413],
  ["of another type", "<name/>", "application/xml", 400],
])("a body %s is refused", async (_, payload, type, status) => {
  const response = await app.inject({
    method: "POST",
    url: "/api/pumps",
    headers: { ...everything, "content-type": type },
    payload,
  });
  expect([response.statusCode, response.headers["content-type"]]).toEqual([status, "application/problem+json"]);
});

test("a key named __proto__ changes nothing", async () => {
  await app.inject({
    method: "POST",
    url: "/api/pumps",
    headers: { ...everything, "content-type": "application/json" },
    payload: '{"name":"ok","__proto__":{"admin":true}}',
  });
  expect(Object.hasOwn(Object.prototype, "admin")).toBe(false);
});

describe("a request from another site (cross-site request forgery)", () => {
  test.each([
    ["of a foreign origin", { origin: "https://evil.example" }, 403],
    ["the browser calls cross-site", { "sec-fetch-site": "cross-site" }, 403],
    ["the browser calls same-site", { "sec-fetch-site": "same-site" }, 403],
    ["with a cookie and no word of where from", { cookie: "a=b" }, 403],
    ["to another name (DNS rebinding)", { host: "evil.example:7399" }, 403],
    ["of our own page", { origin: "http://localhost:7399", "sec-fetch-site": "same-origin" }, 201],
    ["of a program with a key", {}, 201],
  ])("%s", async (_, headers, status) => {
    const response = await app.inject({
      method: "POST",
      url: "/api/pumps",
      headers: { ...everything, ...headers },
      payload: { name: "pump" },
    });
    expect(response.statusCode).toBe(status);
  });
});

test("every answer carries the strict policy, with a new nonce each time and nothing unsafe", async () => {
  const policies = await Promise.all(
    ["/api", "/api"].map(async (path) =>
      String((await app.inject({ url: path, headers: everything })).headers["content-security-policy"]),
    ),
  );
  expect(policies[0]).toContain("default-src 'none';script-src 'self';style-src 'self' 'nonce-");
  expect(policies[0]).not.toContain("unsafe");
  expect(policies[0]).not.toBe(policies[1]);
});

test("the document names each endpoint's action, and refusals as problems; the page shows them without a script", async () => {
  const document = (await app.inject({ url: "/api/openapi.json", headers: everything })).json();
  expect(document.openapi).toMatch(/^3\.1/);
  expect(document.paths["/pumps/{id}"].get).toMatchObject({
    operationId: "pumpGet",
    "x-cordon-action": "pump:read",
    tags: ["pump"],
  });
  expect(Object.keys(document.paths["/pumps/{id}"].get.responses["404"].content)).toEqual(["application/problem+json"]);
  expect(document.paths["/file"].post["x-cordon-action"]).toBe("pump:write");
  const page = (await app.inject({ url: "/api", headers: everything })).body;
  expect(page).toContain("/api/pumps/{id}");
  expect(page).not.toContain("<script");
});

test("a plain route that does not say who may use it cannot be made", () => {
  expect(() => app.get("/api/open-door", async () => "in")).toThrow();
});

describe("metrics", () => {
  const get = (headers: Record<string, string>, remoteAddress = "127.0.0.1") =>
    app.inject({ url: "/metrics", headers: { host: "x", ...headers }, remoteAddress });
  test.each([
    ["this machine", {}, "127.0.0.1", 200],
    ["another machine", {}, "10.0.0.9", 403],
    ["what a proxy on this machine forwards", { "x-forwarded-for": "10.0.0.9" }, "127.0.0.1", 403],
    ["another machine with the token", { authorization: "Bearer token" }, "10.0.0.9", 200],
    ["a wrong token", { authorization: "Bearer wrong" }, "127.0.0.1", 403],
  ])("for %s", async (_, headers, address, status) => {
    expect((await get(headers as Record<string, string>, address)).statusCode).toBe(status);
  });
});

test("over a real socket, the typed client sees a refusal as the contract defines it", async () => {
  const link = new OpenAPILink(contract, {
    url: `${url}/api`,
    headers: { authorization: "Bearer pump:read" },
    fetch: async (request, init) => {
      const response = await fetch(request, init);
      if (!response.headers.get("content-type")?.startsWith("application/problem+json")) return response;
      const { defined, code, status, message, data } = JSON.parse(await response.text());
      return Response.json({ defined, code, status, message, data }, { status });
    },
  });
  const client = createORPCClient<{ pump: { conflict(): Promise<unknown> } }>(link);
  const error: unknown = await client.pump.conflict().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ORPCError);
  expect(error).toMatchObject({
    defined: true,
    code: "conflict",
    status: 409,
    message: "Someone was faster",
    data: { at: "/revision", fix: "Load it again" },
  });
});
