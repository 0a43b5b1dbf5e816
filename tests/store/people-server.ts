import { createServer } from "node:net";
import { join } from "node:path";
import type { AnyRouter } from "@orpc/server";
import type { FastifyInstance, RouteOptions } from "fastify";
import { firstAdministratorLink, mayJoin, openPeople, type People } from "../../src/features/people/people.ts";
import { peopleRoutes } from "../../src/features/people/routes.ts";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "../../src/features/people/schema.ts";
import { authPool, openAuth } from "../../src/platform/auth/auth.ts";
import type { SignOnProvider } from "../../src/platform/auth/options.ts";
import { mountApi } from "../../src/platform/http/api.ts";
import { createHttp } from "../../src/platform/http/server.ts";
import { createLog, type Log } from "../../src/platform/log.ts";
import { openPolicies } from "../../src/platform/policy.ts";
import { type FreshDatabase, freshDatabase, newOrganization } from "./postgres.ts";

const POLICIES = join(import.meta.dirname, "..", "..", "policies");
export const PASSWORD = "correct horse battery";

export interface PeopleServer {
  url: string;
  app: FastifyInstance;
  people: People;
  database: FreshDatabase;
  /** The clock of people (not of sessions): tests move it. */
  clock: { now: Date };
  close(): Promise<void>;
}

interface Wanted {
  signOn?: SignOnProvider[];
  database?: FreshDatabase;
  /** More than people: every feature, as the server composes them. */
  compose?: (
    people: People,
    database: FreshDatabase,
  ) => Promise<{ router: AnyRouter; mount(app: FastifyInstance): Promise<void> }>;
  onRoute?: (route: RouteOptions) => void;
  log?: Log;
  port?: number;
}

/** A real server with real sign-in on a fresh database. */
export async function peopleServer(wanted: Wanted = {}): Promise<PeopleServer> {
  const database = wanted.database ?? (await freshDatabase());
  const port = wanted.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const clock = { now: new Date() };
  const log = wanted.log ?? createLog("silent");
  const { db } = database;
  const now = () => clock.now;
  const signOn = wanted.signOn ?? [];
  const pool = authPool(database.connection, () => {});
  const auth = openAuth({
    pool,
    baseUrl: url,
    secret: "0123456789abcdef0123456789abcdef0123456789abcdef",
    signOn,
    passwordLength: { min: MIN_PASSWORD_LENGTH, max: MAX_PASSWORD_LENGTH },
    mayJoin: (identity) => mayJoin({ db, signOn, now }, identity),
    log: () => {},
  });
  const people = openPeople({ db, auth, decide: await openPolicies(POLICIES), signOn, now });
  const app = await createHttp({
    publicUrl: url,
    trustProxy: ["127.0.0.1"],
    requestsPerMinute: 100_000,
    bodyLimitBytes: 1_000_000,
    metricsToken: null,
    guard: people.guard,
    log,
    ready: async () => {},
  });
  if (wanted.onRoute !== undefined) app.addHook("onRoute", wanted.onRoute);
  const features = (await wanted.compose?.(people, database)) ?? {
    router: { people: peopleRoutes(people) },
    mount: people.mount,
  };
  await features.mount(app);
  mountApi(app, { router: features.router, guard: people.guard, db, log });
  await app.listen({ port, host: "127.0.0.1" });
  const close = async () => {
    await app.close();
    await pool.end();
    await database.close();
  };
  return { url, app, people, database, clock, close };
}

export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every form
  body: any;
}

/** A browser without a screen: keeps cookies, says where it comes from. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly url: string;
  /** Seen by the server as the client's address: the test's loopback is its trusted proxy. */
  address: string;

  constructor({ url }: { url: string }, address = "192.0.2.1") {
    this.url = url;
    this.address = address;
  }

  async send(method: string, path: string, body?: unknown, extra: Record<string, string> = {}): Promise<Answer> {
    const headers: Record<string, string> = { origin: this.url, "x-forwarded-for": this.address, ...extra };
    if (this.cookies.size > 0) headers.cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (body !== undefined) headers["content-type"] = "application/json";
    const init: RequestInit = { method, headers, redirect: "manual" };
    if (body !== undefined) init.body = JSON.stringify(body);
    return this.fetch(path, init);
  }

  /** Sends a form, as a page of the provider does. */
  submit(path: string, fields: Record<string, string>): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const body = new URLSearchParams(fields);
    return this.fetch(path, { method: "POST", headers: { origin: this.url, cookie }, redirect: "manual", body });
  }

  /** Sends a form with its files. */
  sendForm(path: string, body: FormData): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { origin: this.url, cookie, "x-forwarded-for": this.address };
    return this.fetch(path, { method: "POST", headers, redirect: "manual", body });
  }

  /** Sends a file as it is. */
  upload(path: string, bytes: string | Uint8Array<ArrayBuffer>): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = {
      origin: this.url,
      cookie,
      "content-type": "application/octet-stream",
      "x-file-name": "sbom.json",
    };
    return this.fetch(path, { method: "POST", headers, body: bytes });
  }

  private async fetch(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(path.startsWith("http") ? path : `${this.url}${path}`, init);
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get("content-type") ?? "") && text !== "";
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  private keep(cookie: string) {
    const [pair = ""] = cookie.split(";", 1);
    const at = pair.indexOf("=");
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (value === "" || /max-age=0/i.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  get = (path: string) => this.send("GET", path);
  post = (path: string, body: unknown = {}) => this.send("POST", path, body);
  signIn = (email: string, password = PASSWORD) => this.post("/api/auth/sign-in/email", { email, password });
}

/** An organisation with its first administrator signed in. */
export async function newHouse(server: PeopleServer, name: string) {
  const scope = await newOrganization(server.database.pool, name);
  const link = (await firstAdministratorLink(server.people, scope.organizationId)) ?? "";
  const administrator = new Browser(server);
  const email = `admin@${scope.organizationId.slice(-12)}.test`;
  await administrator.post("/api/links/use", { token: tokenOf(link), name: "Ada", email, password: PASSWORD });
  return { organizationId: scope.organizationId, administrator, email };
}

export const tokenOf = (link: string) => link.split("#")[1] ?? "";

/** Somebody invited with these roles, signed in. */
export async function newPerson(server: PeopleServer, administrator: Browser, email: string, roles: string[]) {
  const invited = await administrator.post("/api/invitations", { email, name: email.split("@")[0], roles });
  const browser = new Browser(server);
  const used = await browser.post("/api/links/use", { token: tokenOf(invited.body.link), password: PASSWORD });
  if (used.status !== 200) throw new Error(`cannot make ${email}: ${JSON.stringify([invited.body, used.body])}`);
  const { userId } = (await browser.get("/api/me")).body;
  return { browser, userId: userId as string, email };
}

/** The actions in the ledger of an organisation, oldest first. */
export async function ledgerOf(server: PeopleServer, organizationId: string): Promise<string[]> {
  const client = await server.database.pool.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('app.organization_id', $1, true)", [organizationId]);
    const { rows } = await client.query<{ action: string }>("select action from ledger_entry order by sequence");
    return rows.map(({ action }) => action);
  } finally {
    await client.query("rollback");
    client.release();
  }
}
