import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPeople } from "../../src/features/people/people.ts";
import { CLIENT, identityProvider, signOn } from "./identity-provider.ts";
import { Browser, freePort, ledgerOf, newHouse, newPerson, type PeopleServer, peopleServer } from "./people-server.ts";
import { freshDatabase, newOrganization } from "./postgres.ts";

let server: PeopleServer;
let provider: Awaited<ReturnType<typeof identityProvider>>;
let openHouse: string;

const who = (email: string, verified = true) => ({ email, email_verified: verified, name: email.split("@")[0] ?? "" });

beforeAll(async () => {
  const database = await freshDatabase();
  openHouse = (await newOrganization(database.pool, "Open house")).organizationId;
  const port = await freePort();
  const callbacks = ["corp", "open"].map((id) => `http://localhost:${port}/api/auth/callback/${id}`);
  provider = await identityProvider(callbacks, {
    invited: who("invited@corp.test"),
    unverified: who("unverified@corp.test", false),
    stranger: who("stranger@corp.test"),
    newcomer: who("newcomer@corp.test"),
    local: who("local@corp.test"),
    linker: who("linker@corp.test"),
    twin: who("twin@corp.test"),
  });
  const { issuer } = provider;
  server = await peopleServer({
    port,
    database,
    signOn: [
      { id: "corp", name: "Corporate", issuer, ...CLIENT },
      { id: "open", name: "Open", issuer, ...CLIENT, autoJoin: { organizationId: openHouse, role: "engineer" } },
    ],
  });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

const isIn = async (browser: Browser) => (await browser.get("/api/me")).status === 200;

describe("single sign-on with OpenID Connect", () => {
  test("the sign-in page learns the providers, without their secrets", async () => {
    const { body } = await new Browser(server).get("/api/sign-in-options");
    expect(body).toEqual({
      signOn: [
        { id: "corp", name: "Corporate" },
        { id: "open", name: "Open" },
      ],
    });
  });

  test("somebody with an invitation for their verified address comes in with its roles, and comes in again", async () => {
    const { administrator, organizationId } = await newHouse(server, "Invites");
    const invitation = { email: "invited@corp.test", name: "Ina", roles: ["regulatory"] };
    await administrator.post("/api/invitations", invitation);
    for (let time = 0; time < 2; time++) {
      const browser = new Browser(server);
      const back = await signOn(browser, "corp", "invited");
      expect(back.headers.get("location")).toMatch(/\/today$/);
      expect((await browser.get("/api/me")).body).toMatchObject({
        email: "invited@corp.test",
        roles: ["regulatory"],
        organization: { id: organizationId },
        mustSecure: false,
      });
      expect((await browser.get("/api/account/security")).body).toMatchObject({ password: false, signOn: ["corp"] });
    }
    expect((await administrator.get("/api/invitations")).body.items).toEqual([]);
    expect((await ledgerOf(server, organizationId)).slice(-3)).toEqual([
      "member.joined",
      "account.signed-in",
      "account.signed-in",
    ]);
  });

  test("a stranger gets neither an account nor a session", async () => {
    const browser = new Browser(server);
    const back = await signOn(browser, "corp", "stranger");
    expect(back.headers.get("location")).toMatch(/error=not_invited/);
    expect(await isIn(browser)).toBe(false);
    const { rows } = await server.people.auth.pool.query(
      `select from auth."user" where "email" = 'stranger@corp.test'`,
    );
    expect(rows).toEqual([]);
  });

  test("an invitation is not enough for an address that the provider has not verified", async () => {
    const { administrator } = await newHouse(server, "Unverified");
    await administrator.post("/api/invitations", { email: "unverified@corp.test", name: "U", roles: ["auditor"] });
    const browser = new Browser(server);
    expect((await signOn(browser, "corp", "unverified")).headers.get("location")).toMatch(/error=/);
    expect(await isIn(browser)).toBe(false);
    expect((await administrator.get("/api/invitations")).body.items).toHaveLength(1);
  });

  test("a provider that all may join by makes members of its organisation, with its role and no other", async () => {
    const browser = new Browser(server);
    await signOn(browser, "open", "newcomer");
    expect((await browser.get("/api/me")).body).toMatchObject({
      roles: ["engineer"],
      organization: { id: openHouse, name: "Open house" },
    });
  });

  test("somebody deactivated stays out, though the provider vouches for them", async () => {
    const browser = new Browser(server);
    await signOn(browser, "open", "twin");
    const { userId } = (await browser.get("/api/me")).body;
    const client = await server.database.pool.connect();
    await client.query("begin");
    await client.query("select set_config('app.organization_id', $1, true)", [openHouse]);
    await client.query("update member set state = 'deactivated' where user_id = $1", [userId]);
    await client.query("commit");
    client.release();
    const back = await signOn(new Browser(server), "open", "twin");
    expect(back.headers.get("location")).toMatch(/error=not_a_member/);
  });

  test("an account with a password is not taken over by an equal address at a provider", async () => {
    const { administrator } = await newHouse(server, "Local");
    const local = await newPerson(server, administrator, "local@corp.test", ["administrator"]);
    const browser = new Browser(server);
    expect((await signOn(browser, "corp", "local")).headers.get("location")).toMatch(/error=/);
    expect(await isIn(browser)).toBe(false);
    expect((await local.browser.get("/api/account/security")).body.signOn).toEqual([]);
  });

  test("its owner links the provider while signed in, and then comes in by it", async () => {
    const { administrator, organizationId } = await newHouse(server, "Linker");
    const linker = await newPerson(server, administrator, "linker@corp.test", ["engineer"]);
    await signOn(linker.browser, "corp", "linker", "link-social");
    expect((await linker.browser.get("/api/account/security")).body).toMatchObject({
      password: true,
      signOn: ["corp"],
    });
    const browser = new Browser(server);
    await signOn(browser, "corp", "linker");
    expect(await isIn(browser)).toBe(true);
    expect((await ledgerOf(server, organizationId)).slice(-2)).toEqual(["account.sign-on-linked", "account.signed-in"]);
  });

  test("a call-back without the browser that began it signs nobody in", async () => {
    const victim = new Browser(server);
    const started = await victim.post("/api/auth/sign-in/social", { provider: "corp", callbackURL: "/today" });
    const state = new URL(started.body.url).searchParams.get("state") ?? "";
    const other = new Browser(server);
    const back = await other.get(`/api/auth/callback/corp?code=stolen&state=${state}`);
    expect(back.headers.get("location") ?? "").toMatch(/error=/);
    expect(await isIn(other)).toBe(false);
  });

  test("a provider that would give a role that does not exist stops the start", async () => {
    const autoJoin = { organizationId: openHouse, role: "superuser" };
    const signOn = [{ id: "corp", name: "C", issuer: provider.issuer, ...CLIENT, autoJoin }];
    expect(() => openPeople({ ...server.people, signOn })).toThrow(/does not exist: superuser/);
  });

  test.each(["https://evil.example/", "//evil.example/", "/\\evil.example", "today", "javascript:alert(1)", 7])(
    "nobody is sent to %j after signing in",
    async (callbackURL) => {
      const started = await new Browser(server).post("/api/auth/sign-in/social", { provider: "corp", callbackURL });
      expect(started).toMatchObject({ status: 400, body: { code: "bad_input" } });
    },
  );
});
