import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Browser, ledgerOf, newHouse, newPerson, type PeopleServer, peopleServer } from "./people-server.ts";

let server: PeopleServer;
beforeAll(async () => {
  server = await peopleServer();
});
afterAll(() => server.close());

/** A pipeline: no cookies, only the key. */
const withKey = (secret: string, method: string, path: string, body?: unknown) =>
  new Browser(server).send(method, path, body, { authorization: `Bearer ${secret}` });

describe("an API key", () => {
  test("is shown once, stored as a hash only, and both headers take it", async () => {
    const { administrator, organizationId } = await newHouse(server, "Shown");
    const made = await administrator.post("/api/keys", { name: "ci", scopes: ["people:read", "organization:read"] });
    expect(made.status).toBe(201);
    const { secret, key } = made.body;
    expect(secret).toMatch(/^cordon_[A-Za-z0-9_-]{43}$/);
    expect(key).toMatchObject({
      name: "ci",
      start: secret.slice(0, 11),
      state: "active",
      mine: true,
      lastUsedAt: null,
    });
    const days = (Date.parse(key.expiresAt) - Date.parse(key.createdAt)) / 86_400_000;
    expect(days).toBe(90);
    expect(JSON.stringify((await administrator.get("/api/keys")).body)).not.toContain(secret);

    expect((await withKey(secret, "GET", "/api/people")).status).toBe(200);
    const other = await new Browser(server).send("GET", "/api/me", undefined, { "x-api-key": secret });
    expect(other.body).toMatchObject({ name: "ci", actions: ["organization:read", "people:read"] });
    expect((await administrator.get("/api/keys")).body.items[0].lastUsedAt).not.toBeNull();
    expect((await ledgerOf(server, organizationId)).at(-1)).toBe("key.made");

    const client = await server.database.pool.connect();
    await client.query("begin");
    await client.query("select set_config('app.organization_id', $1, true)", [organizationId]);
    const stored = await client.query("select * from api_key");
    await client.query("rollback");
    client.release();
    expect(stored.rows).toHaveLength(1);
    expect(JSON.stringify(stored.rows)).not.toContain(secret.slice(11));
  });

  test("does only what its scopes name", async () => {
    const { administrator } = await newHouse(server, "Scoped");
    const { secret } = (await administrator.post("/api/keys", { name: "ci", scopes: ["device:read"] })).body;
    expect(await withKey(secret, "GET", "/api/people")).toMatchObject({ status: 403, body: { code: "not_allowed" } });
    expect((await withKey(secret, "POST", "/api/invitations", {})).status).toBe(403);
  });

  test.each(["people:manage", "key:manage", "organization:manage", "account:manage"])(
    "cannot be made with %s, though its maker has it",
    async (scope) => {
      const { administrator } = await newHouse(server, "Never");
      const made = await administrator.post("/api/keys", { name: "ci", scopes: ["device:read", scope] });
      expect(made).toMatchObject({ status: 403, body: { at: "/scopes" } });
    },
  );

  test("cannot be made with what its maker may not do", async () => {
    const { administrator } = await newHouse(server, "Excess");
    const engineer = await newPerson(server, administrator, "eng@excess.test", ["engineer"]);
    expect((await engineer.browser.post("/api/keys", { name: "x", scopes: ["finding:decide"] })).status).toBe(403);
    expect((await engineer.browser.post("/api/keys", { name: "x", scopes: ["sbom:upload"] })).status).toBe(201);
  });

  test("weakens with its maker's roles, and stops when they are deactivated", async () => {
    const { administrator } = await newHouse(server, "Weaker");
    const maker = await newPerson(server, administrator, "maker@weaker.test", ["privacy", "engineer"]);
    const { secret } = (await maker.browser.post("/api/keys", { name: "x", scopes: ["people:read"] })).body;
    expect((await withKey(secret, "GET", "/api/people")).status).toBe(200);
    expect((await administrator.post(`/api/people/${maker.userId}/deactivate`)).status).toBe(200);
    expect((await withKey(secret, "GET", "/api/people")).status).toBe(401);
    await administrator.post(`/api/people/${maker.userId}/reactivate`);
    expect((await withKey(secret, "GET", "/api/people")).status).toBe(401);
  });

  test("stops at once when it is revoked", async () => {
    const { administrator, organizationId } = await newHouse(server, "Revoked");
    const { secret, key } = (await administrator.post("/api/keys", { name: "ci", scopes: ["people:read"] })).body;
    expect((await withKey(secret, "GET", "/api/people")).status).toBe(200);
    const revoked = await administrator.send("DELETE", `/api/keys/${key.id}`);
    expect(revoked.body).toMatchObject({ state: "revoked" });
    expect((await withKey(secret, "GET", "/api/people")).status).toBe(401);
    expect((await ledgerOf(server, organizationId)).at(-1)).toBe("key.revoked");
  });

  test("stops on the day it expires; a year is the longest", async () => {
    const { administrator } = await newHouse(server, "Expiry");
    expect((await administrator.post("/api/keys", { name: "x", scopes: ["people:read"], days: 366 })).status).toBe(400);
    const { secret } = (await administrator.post("/api/keys", { name: "x", scopes: ["people:read"], days: 2 })).body;
    const before = server.clock.now;
    server.clock.now = new Date(Date.now() + 2 * 86_400_000 - 60_000);
    expect((await withKey(secret, "GET", "/api/people")).status).toBe(200);
    server.clock.now = new Date(Date.now() + 2 * 86_400_000 + 60_000);
    expect((await withKey(secret, "GET", "/api/people")).status).toBe(401);
    expect((await administrator.get("/api/keys")).body.items[0].state).toBe("expired");
    server.clock.now = before;
  });

  test.each([
    ["cordon_short", "too short"],
    ["Bearer", "no key at all"],
    ["cordon_'; drop table api_key; --", "not our alphabet"],
    [`cordon_${"A".repeat(43)}`, "never made"],
    ["x".repeat(5000), "too long"],
  ])("%.12s… is nobody's: %s", async (secret) => {
    expect((await withKey(secret, "GET", "/api/people")).status).toBe(401);
  });

  test("beats a cookie: a request with a bad key is nobody's, even from a signed-in browser", async () => {
    const { administrator } = await newHouse(server, "Both");
    const sent = await administrator.send("GET", "/api/me", undefined, { "x-api-key": `cordon_${"B".repeat(43)}` });
    expect(sent.status).toBe(401);
  });

  test("belongs to its maker: others neither see nor revoke it, administrators do", async () => {
    const { administrator } = await newHouse(server, "Owner");
    const one = await newPerson(server, administrator, "one@owner.test", ["engineer"]);
    const two = await newPerson(server, administrator, "two@owner.test", ["engineer"]);
    const { key } = (await one.browser.post("/api/keys", { name: "x", scopes: ["sbom:upload"] })).body;
    expect((await two.browser.get("/api/keys")).body.items).toEqual([]);
    expect((await two.browser.send("DELETE", `/api/keys/${key.id}`)).status).toBe(404);
    expect((await administrator.get("/api/keys")).body.items).toMatchObject([{ id: key.id, mine: false }]);
    expect((await administrator.send("DELETE", `/api/keys/${key.id}`)).status).toBe(200);
  });
});
