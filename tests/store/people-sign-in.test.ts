import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstAdministratorLink } from "../../src/features/people/people.ts";
import { opensSession } from "../../src/platform/auth/answer.ts";
import { openAuth } from "../../src/platform/auth/auth.ts";
import {
  Browser,
  ledgerOf,
  newHouse,
  newPerson,
  PASSWORD,
  type PeopleServer,
  peopleServer,
  tokenOf,
} from "./people-server.ts";
import { newOrganization } from "./postgres.ts";

let server: PeopleServer;
beforeAll(async () => {
  server = await peopleServer();
});
afterAll(() => server.close());

describe("the first administrator", () => {
  test("comes in by a link that works once, becomes administrator, and is asked to set a password or a passkey", async () => {
    const { organizationId } = await newOrganization(server.database.pool, "First");
    const link = (await firstAdministratorLink(server.people, organizationId)) ?? "";
    expect(link).toMatch(new RegExp(`^${server.url}/link#[A-Za-z0-9_-]{43}$`));
    const token = tokenOf(link);
    const browser = new Browser(server);
    const purpose = await browser.post("/api/links/read", { token });
    expect(purpose.body).toMatchObject({ purpose: "first-administrator", organization: "First", hasAccount: false });

    const used = await browser.post("/api/links/use", { token, name: "Grace", email: "Grace@First.test" });
    expect(used).toMatchObject({ status: 200, body: { organizationId, mustSecure: true } });
    const cookie = used.headers.getSetCookie().find((one) => one.startsWith("cordon.session_token="));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const me = await browser.get("/api/me");
    expect(me.body).toMatchObject({
      name: "Grace",
      email: "grace@first.test",
      organization: { id: organizationId, name: "First" },
      roles: ["administrator", "product-security"],
      mustSecure: true,
    });

    const again = await new Browser(server).post("/api/links/use", { token, email: "mallory@first.test" });
    expect(again).toMatchObject({ status: 404, body: { code: "not_found" } });

    const next = (await firstAdministratorLink(server.people, organizationId)) ?? "";
    expect(next).not.toBe("");
    expect((await browser.post("/api/account/password", { password: PASSWORD })).status).toBe(200);
    expect((await browser.get("/api/me")).body.mustSecure).toBe(false);
    expect((await browser.post("/api/account/password", { password: "another password" })).status).toBe(409);
    expect(await firstAdministratorLink(server.people, organizationId)).toBeNull();
    expect(await ledgerOf(server, organizationId)).toEqual([
      "invitation.made",
      "member.joined",
      "account.signed-in",
      "invitation.made",
      "account.password-set",
    ]);
  });

  test("has only the newest link, and a link ends after 24 hours", async () => {
    const { organizationId } = await newOrganization(server.database.pool, "Second");
    const old = tokenOf((await firstAdministratorLink(server.people, organizationId)) ?? "");
    const fresh = tokenOf((await firstAdministratorLink(server.people, organizationId)) ?? "");
    const browser = new Browser(server);
    expect((await browser.post("/api/links/read", { token: old })).status).toBe(404);
    expect((await browser.post("/api/links/read", { token: fresh })).status).toBe(200);
    const before = server.clock.now;
    server.clock.now = new Date(before.getTime() + 24 * 3_600_000 + 1);
    expect((await browser.post("/api/links/use", { token: fresh, email: "late@second.test" })).status).toBe(404);
    server.clock.now = before;
  });

  test("of ten who open the link at the same time, one gets in", async () => {
    const { organizationId } = await newOrganization(server.database.pool, "Race");
    const token = tokenOf((await firstAdministratorLink(server.people, organizationId)) ?? "");
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        new Browser(server).post("/api/links/use", { token, email: `racer${i}@race.test`, password: PASSWORD }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(404)]);
  });
});

describe("signing in with a password", () => {
  test("no answer holds the session token, only the cookie does", async () => {
    const { administrator, email } = await newHouse(server, "Token");
    const browser = new Browser(server);
    const signedIn = await browser.signIn(email);
    expect(signedIn.status).toBe(200);
    const token = decodeURIComponent(browser.cookies.get("cordon.session_token") ?? "").split(".")[0] ?? "";
    expect(token.length).toBeGreaterThanOrEqual(32);
    for (const { body } of [signedIn, await browser.get("/api/auth/get-session"), await browser.get("/api/sessions")])
      expect(JSON.stringify(body)).not.toContain(token);
    expect((await administrator.get("/api/me")).status).toBe(200);
  });

  test("nobody can sign up", async () => {
    const body = { email: "new@open.test", password: PASSWORD, name: "New" };
    expect((await new Browser(server).post("/api/auth/sign-up/email", body)).status).toBe(404);
  });

  test.each([
    "/sign-up/email",
    "/list-sessions",
    "/change-email",
    "/update-user",
    "/delete-user",
    "/request-password-reset",
  ])("better-auth's %s cannot be reached", async (path) => {
    const { administrator } = await newHouse(server, "Closed");
    expect((await administrator.post(`/api/auth${path}`)).status).toBe(404);
    expect((await administrator.get(`/api/auth${path}`)).status).toBe(404);
  });

  test("a page of another site can neither sign in nor use a session", async () => {
    const { administrator, email } = await newHouse(server, "Origin");
    const foreign = { origin: "https://evil.example" };
    const body = { email, password: PASSWORD };
    expect((await new Browser(server).send("POST", "/api/auth/sign-in/email", body, foreign)).status).toBe(403);
    expect((await administrator.send("POST", "/api/auth/sign-out", {}, foreign)).status).toBe(403);
    expect((await administrator.send("POST", "/api/organizations", { name: "Evil" }, foreign)).status).toBe(403);
    expect((await administrator.get("/api/me")).status).toBe(200);
  });

  test("an account that belongs to no organisation is not let in", async () => {
    const { administrator, organizationId } = await newHouse(server, "Leaver");
    const leaver = await newPerson(server, administrator, "leaver@leaver.test", ["engineer"]);
    const out = await administrator.post(`/api/people/${leaver.userId}/deactivate`);
    expect(out.body).toMatchObject({ state: "deactivated" });
    expect((await leaver.browser.get("/api/me")).status).toBe(401);
    const again = new Browser(server);
    expect((await again.signIn(leaver.email)).status).toBe(403);
    expect(again.cookies.has("cordon.session_token")).toBe(false);
    expect((await administrator.post(`/api/people/${leaver.userId}/reactivate`)).status).toBe(200);
    expect((await again.signIn(leaver.email)).status).toBe(200);
    expect((await ledgerOf(server, organizationId)).slice(-3)).toEqual([
      "member.deactivated",
      "member.reactivated",
      "account.signed-in",
    ]);
  });
});

test("behind https the cookie is Secure, and its name says so", async () => {
  const { administrator } = await newHouse(server, "Secure");
  const { userId } = (await administrator.get("/api/me")).body;
  const auth = openAuth({
    pool: server.people.auth.pool,
    baseUrl: "https://cordon.example",
    secret: "0123456789abcdef0123456789abcdef0123456789abcdef",
    signOn: [],
    passwordLength: { min: 12, max: 128 },
    mayJoin: async () => false,
    log: () => {},
  });
  const { cookies } = await auth.openSession(userId, new Headers());
  const session = cookies.find((cookie) => cookie.includes("session_token=")) ?? "";
  expect(session).toMatch(/^__Secure-cordon\.session_token=.*; HttpOnly/i);
  expect(session).toMatch(/; Secure/i);
  expect(opensSession(cookies)).toBe(true);
});

describe("sessions", () => {
  test("signing out everywhere ends every session at once", async () => {
    const { email } = await newHouse(server, "Everywhere");
    const browsers = [new Browser(server), new Browser(server), new Browser(server)];
    for (const browser of browsers) expect((await browser.signIn(email)).status).toBe(200);
    const listed = (await browsers[0]?.get("/api/sessions"))?.body.items;
    expect(listed).toHaveLength(4);
    expect(listed.filter((one: { current: boolean }) => one.current)).toHaveLength(1);
    expect(listed[0].address).toBe("192.0.2.1");
    expect((await browsers[1]?.post("/api/sessions/end-all"))?.body).toEqual({ ended: 4 });
    for (const browser of browsers) expect((await browser.get("/api/me")).status).toBe(401);
  });

  test("one session can be ended, another person's cannot", async () => {
    const { email, administrator } = await newHouse(server, "One");
    const other = new Browser(server);
    await other.signIn(email);
    const stranger = await newPerson(server, administrator, "stranger@one.test", ["auditor"]);
    const { items } = (await other.get("/api/sessions")).body;
    const target = items.find((one: { current: boolean }) => !one.current).id;
    expect((await stranger.browser.send("DELETE", `/api/sessions/${target}`)).status).toBe(404);
    expect((await administrator.get("/api/me")).status).toBe(200);
    expect((await other.send("DELETE", `/api/sessions/${target}`)).status).toBe(200);
    expect((await administrator.get("/api/me")).status).toBe(401);
  });

  test("signing out ends the session in the database, not only the cookie", async () => {
    const { email, organizationId } = await newHouse(server, "Out");
    const browser = new Browser(server);
    await browser.signIn(email);
    const stolen = new Browser(server);
    for (const [name, value] of browser.cookies) stolen.cookies.set(name, value);
    expect((await stolen.get("/api/me")).status).toBe(200);
    expect((await browser.post("/api/auth/sign-out")).status).toBe(200);
    expect((await stolen.get("/api/me")).status).toBe(401);
    expect((await ledgerOf(server, organizationId)).slice(-2)).toEqual(["account.signed-in", "account.signed-out"]);
  });

  test("changing the password ends all other sessions", async () => {
    const { email, administrator, organizationId } = await newHouse(server, "Change");
    const other = new Browser(server);
    await other.signIn(email);
    const change = { currentPassword: PASSWORD, newPassword: "a wholly new password" };
    expect((await administrator.post("/api/auth/change-password", change)).status).toBe(200);
    expect((await other.get("/api/me")).status).toBe(401);
    expect((await administrator.get("/api/me")).body.organization.id).toBe(organizationId);
    expect((await other.signIn(email)).status).toBe(401);
    expect((await other.signIn(email, "a wholly new password")).status).toBe(200);
  });
});
