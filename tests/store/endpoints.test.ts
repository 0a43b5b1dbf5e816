import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RouteOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Action, READS } from "../../src/features/people/schema.ts";
import { composeFeatures } from "../../src/main/features.ts";
import { readConfig } from "../../src/platform/config/config.ts";
import { describeApi, type OpenApiDocument } from "../../src/platform/http/openapi.ts";
import { startWorker, type Worker } from "../../src/platform/jobs/worker.ts";
import { readSigningKeys } from "../../src/platform/ledger/keys.ts";
import { createLog } from "../../src/platform/log.ts";
import { openApiProblems } from "../support/openapi-problems.ts";
import { EXAMPLES, type Example } from "./endpoint-examples.ts";
import { type Endpoint, endpointsOf } from "./endpoints.ts";
import { type Answer, Browser, type PeopleServer, peopleServer } from "./people-server.ts";
import { newWorld, type World } from "./two-worlds.ts";

let server: PeopleServer;
let worker: Worker;
let alpha: World;
let bravo: World;
let close = () => {};
let description: OpenApiDocument;
let endpoints: Endpoint[] = [];
const routes: RouteOptions[] = [];
const folder = mkdtempSync(join(tmpdir(), "cordon-endpoints-"));

beforeAll(async () => {
  const log = createLog("silent");
  server = await peopleServer({
    onRoute: (route) => routes.push(route),
    async compose(people, { db, pool, connection }) {
      const features = await composeFeatures(db, people, readSigningKeys(folder), readConfig({ CORDON_DATA: folder }), {
        publicUrl: "http://localhost",
        version: "0",
      });
      endpoints = [...endpointsOf(features.router)];
      description = await describeApi(features.router, "0", features.described);
      const jobs = [...features.jobs];
      worker = await startWorker({ pool, connection, db, log, jobs, schedules: [], concurrency: 2 });
      close = () => features.close();
      return features;
    },
  });
  endpoints.push(...routes.flatMap(plainEndpoints));
  alpha = await newWorld(server, "ALPHA");
  bravo = await newWorld(server, "BRAVO");
}, 120_000);
afterAll(async () => {
  await worker.stop();
  close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Plain routes; better-auth's speak of accounts, not of organisations, and have tests of their own. */
function plainEndpoints({ method, url, config }: RouteOptions): Endpoint[] {
  const can = config?.can;
  const methods = (Array.isArray(method) ? method : [method]).filter((one) => one !== "HEAD");
  return methods.map((one) => ({ name: `${one} ${url}`, method: one, path: url, can }));
}

const isApi = ({ can }: Endpoint) => can !== "by-contract";
/** Files at the server's own addresses, which are no part of the API: the CSAF provider's. */
const outsideApi = ({ name, path }: Endpoint) => name.includes(" ") && !path.startsWith("/api/");
const isWrite = ({ method, can }: Endpoint) =>
  method !== "GET" && can !== "public" && can !== "by-contract" && !READS.has(can as Action);
const ofAccounts = ({ path }: Endpoint) => path.startsWith("/api/auth/");

function send(browser: Browser, endpoint: Endpoint, example: Omit<Example, "want">): Promise<Answer> {
  const filled = endpoint.path.replaceAll(/\{(\w+)\}|:(\w+)/g, (_, braced, colon) =>
    encodeURIComponent(String(example.params?.[braced ?? colon] ?? "no-such-thing")),
  );
  const query = example.query === undefined ? "" : `?${new URLSearchParams(example.query)}`;
  const isPlain = endpoint.name.startsWith(`${endpoint.method} `);
  const path = `${isPlain || filled.startsWith("/api/") ? filled : `/api${filled}`}${query}`;
  const body = ["GET", "DELETE"].includes(endpoint.method) ? undefined : (example.body ?? {});
  if (example.form !== undefined) return browser.submit(path, example.form);
  if (/\/(sbom|vex|security-file|evidence|catalogs|mds2)$/.test(endpoint.name))
    return browser.upload(path, JSON.stringify(body));
  return browser.send(endpoint.method, path, body);
}

test("the walk sees every endpoint, and each has an example of reaching for another organisation's things", () => {
  expect(endpoints.length).toBeGreaterThan(60);
  const names = endpoints.filter((one) => isApi(one) && !ofAccounts(one)).map(({ name }) => name);
  expect(names.sort()).toEqual(Object.keys(EXAMPLES).sort());
});

test("every endpoint and every route names an action that the policies know, or says public", () => {
  const known = new Set<string>([...Action.options, "public", "by-contract"]);
  expect(endpoints.filter(({ can }) => can === undefined || !known.has(can))).toEqual([]);
});

test("the public ones are few, and these", () => {
  const open = endpoints.filter(({ can }) => can === "public").map(({ name }) => name);
  expect(open.sort()).toEqual([
    "GET /.well-known/csaf/provider-metadata.json",
    "GET /.well-known/security.txt",
    "GET /api/auth/callback/:id",
    "GET /api/auth/get-session",
    "GET /api/auth/passkey/generate-authenticate-options",
    "GET /api/calendar/:file",
    "GET /csaf/*",
    "GET /csaf/:provider/openpgp/:file",
    "GET /csaf/:provider/provider-metadata.json",
    "GET /csaf/:provider/white/",
    "GET /csaf/:provider/white/:file",
    "GET /csaf/:provider/white/:year/",
    "GET /csaf/:provider/white/:year/:file",
    "GET /report",
    "GET /report/:slug",
    "GET /report/:slug/case/:token",
    "GET /report/:slug/key.asc",
    "POST /api/auth/passkey/verify-authentication",
    "POST /api/auth/sign-in/email",
    "POST /api/auth/sign-in/social",
    "POST /api/auth/sign-out",
    "POST /api/auth/two-factor/verify-backup-code",
    "POST /api/auth/two-factor/verify-totp",
    "POST /report/:slug",
    "POST /report/:slug/case/:token",
    "people.links.read",
    "people.links.use",
    "people.signInOptions",
  ]);
});

test("a plain route without an action cannot even be registered", () => {
  expect(() => server.app.get("/forgotten", async () => "")).toThrow();
});

test("the description for programs is sound OpenAPI 3.1 and has every endpoint with its action, plain routes too", () => {
  expect(openApiProblems(description)).toEqual([]);
  const described = Object.entries(description.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => [
      `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, "{}")}`,
      operation["x-cordon-action"],
    ]),
  );
  const mounted = endpoints
    .filter((one) => isApi(one) && !ofAccounts(one) && !outsideApi(one))
    .map(({ method, path, can }) => [`${method} ${path.replace(/^\/api/, "").replaceAll(/\{\w+\}|:\w+/g, "{}")}`, can]);
  expect(described.sort()).toEqual(mounted.sort());
});

test("without signing in everything else is refused, before anything of the request is looked at", async () => {
  const wrong: string[] = [];
  for (const endpoint of endpoints.filter((one) => isApi(one) && one.can !== "public")) {
    const { status } = await send(new Browser(server), endpoint, { body: { nonsense: true } });
    if (status !== 401) wrong.push(`${endpoint.name}: ${status}`);
  }
  expect(wrong).toEqual([]);
});

test("an auditor is refused every write, before anything of the request is looked at", async () => {
  const wrong: string[] = [];
  const writes = endpoints.filter(({ can }) => can !== undefined && !READS.has(can as Action) && can !== "public");
  for (const endpoint of writes.filter(isApi)) {
    const { status } = await send(alpha.auditor, endpoint, { body: { nonsense: true } });
    if (status !== 403) wrong.push(`${endpoint.name}: ${status}`);
  }
  expect(wrong).toEqual([]);
  expect(writes.length).toBeGreaterThan(20);
});

test("the ledger says what people call its subjects, of every kind", async () => {
  const { items } = (await bravo.auditor.get("/api/ledger/entries?limit=200")).body;
  const named = new Map<string, Set<string>>();
  for (const { subject } of items)
    named.set(subject.type, (named.get(subject.type) ?? new Set()).add(String(subject.name)));
  expect(Object.fromEntries([...named].map(([type, names]) => [type, [...names]]))).toMatchObject({
    device: ["BRAVO pump"],
    release: ["BRAVO pump BRAVO-1"],
    unit: ["BRAVO-0001"],
    sbom: ["sbom.json"],
    finding: [expect.stringMatching(/^\S+ in (axios|minimist) [\d.]+$/)],
    "intel-source": ["BRAVO source"],
    key: ["BRAVO key"],
    invitation: expect.arrayContaining(["BRAVO X"]),
    member: expect.arrayContaining([expect.stringMatching(/\w/)]),
  });
  // What is gone has no name, and an index is known by its hash alone.
  const nameless = [...named].filter(([, names]) => names.has("null") && names.size === 1);
  expect(nameless.map(([type]) => type)).toEqual(["intel-index"]);
  const history = (await bravo.auditor.get(`/api/devices/${bravo.deviceId}/history`)).body.items;
  expect(history.filter(({ subject }: { subject: { name: unknown } }) => subject.name === null)).toEqual([]);
});

test("an auditor reads every list, and none of the reads is a write in disguise", async () => {
  const entries = async () => (await alpha.administrator.get("/api/ledger/entries?limit=1")).body.items[0].sequence;
  const before = await entries();
  for (const endpoint of endpoints.filter(
    ({ can, method }) => can !== undefined && READS.has(can as Action) && method === "GET",
  )) {
    const { status } = await send(alpha.auditor, endpoint, {});
    expect([200, 400, 404], `${endpoint.name}: ${status}`).toContain(status);
  }
  expect(await entries()).toBe(before);
});

describe("signed in to one organisation, with every role, and naming the things of another", () => {
  /** All that the other organisation can see of itself, but for what moves by itself. */
  async function everythingOf(world: World): Promise<string> {
    const parts: unknown[] = [];
    for (const path of [
      "/api/people",
      "/api/invitations",
      "/api/keys",
      "/api/sessions",
      "/api/organizations",
      "/api/ledger/entries",
      "/api/devices",
      `/api/devices/${world.deviceId}`,
      `/api/devices/${world.deviceId}/units`,
      `/api/releases/${world.releaseId}`,
      `/api/releases/${world.releaseId}/sboms`,
      `/api/releases/${world.releaseId}/parts`,
      `/api/findings/${world.findingId}`,
      `/api/findings?releaseId=${world.releaseId}`,
      "/api/clock-settings",
      "/api/notices",
      "/api/webhooks",
      "/api/calendar?from=2026-01-01",
      "/api/account/calendar-feeds",
    ]) {
      const { status, body } = await world.administrator.get(path);
      expect(status, path).toBe(200);
      parts.push([path, body]);
    }
    return JSON.stringify(parts, null, 1);
  }

  /** Writes that work and leave our ledger as it was, each with the reason. */
  const SILENT = new Map([
    ["people.organizations.create", "the first entry of the new organisation's own ledger"],
    ["calendar.import", "the example's calendar is empty"],
  ]);
  const head = async () => (await alpha.administrator.get("/api/ledger")).body.head.sequence;

  test("no endpoint answers with them, changes them, or says that they exist; our own writes are all in our ledger", async () => {
    const before = await everythingOf(bravo);
    const secrets = Object.values(bravo).filter((value) => typeof value === "string" && value !== bravo.sourceFolder);
    const wrong: string[] = [];
    for (const endpoint of endpoints.filter((one) => isApi(one) && !ofAccounts(one)))
      for (const example of EXAMPLES[endpoint.name]?.(bravo, alpha) ?? []) {
        const headBefore =
          example.want === "own" && isWrite(endpoint) && !SILENT.has(endpoint.name) ? await head() : null;
        const { status, body } = await send(alpha.administrator, endpoint, example);
        if (headBefore !== null && (await head()) === headBefore) wrong.push(`${endpoint.name} is not in the ledger`);
        if (endpoint.name === "people.sessions.revokeAll") await alpha.administrator.signIn(alpha.email);
        const said = `${endpoint.name} ${JSON.stringify(example.params ?? example.query ?? "")}: ${status}`;
        const sent = JSON.stringify(example);
        const text = typeof body === "string" ? body : JSON.stringify(body);
        // Where a CSAF provider is, everybody is told: that is what security.txt is for.
        const told = endpoint.name === "GET /.well-known/security.txt" ? [bravo.csafPath] : [];
        const leaked = secrets.filter(
          (one) => text.includes(one) && !sent.includes(one) && one !== alpha.advisory && !told.includes(one),
        );
        if (leaked.length > 0) wrong.push(`${said} leaks ${leaked}`);
        if (text.includes("bravo-part")) wrong.push(`${said} leaks a part`);
        if (example.want === "refused" && ![403, 404, 409].includes(status))
          wrong.push(`${said}, not refused: ${text}`);
        if (example.want !== "refused" && status >= 300) wrong.push(`${said}: ${text}`);
        if (example.want === "empty" && (body.items ?? body.changed)?.length !== 0)
          wrong.push(`${said} is not empty: ${text}`);
      }
    expect(wrong).toEqual([]);
    expect(await everythingOf(bravo)).toBe(before);
  });

  test("the very same requests work for those whose things they are: the examples name real things", async () => {
    const wrong: string[] = [];
    for (const endpoint of endpoints.filter(({ method, can }) => method === "GET" && can !== "public"))
      for (const example of EXAMPLES[endpoint.name]?.(bravo, bravo) ?? []) {
        if (endpoint.name === "inbox.get") continue;
        const { status, body } = await send(bravo.administrator, endpoint, example);
        if (status !== 200)
          wrong.push(`${endpoint.name} ${JSON.stringify(example)}: ${status} ${JSON.stringify(body)}`);
        if (example.want === "empty" && body.items?.length === 0)
          wrong.push(`${endpoint.name} ${JSON.stringify(example)}`);
      }
    expect(wrong).toEqual([]);
  });
});
