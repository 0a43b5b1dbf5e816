import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

let server: PeopleServer;
beforeAll(async () => {
  server = await peopleServer();
});
afterAll(() => server.close());

describe("invitations", () => {
  test("an invitation is listed until it is used, works once, and gives exactly its roles", async () => {
    const { administrator, organizationId } = await newHouse(server, "Invite");
    const invited = await administrator.post("/api/invitations", {
      email: "Reg@Invite.test",
      name: "Rita",
      roles: ["regulatory", "regulatory", "privacy"],
    });
    expect(invited.body.invitation).toMatchObject({ email: "reg@invite.test", roles: ["privacy", "regulatory"] });
    expect((await administrator.get("/api/invitations")).body.items).toHaveLength(1);
    const token = tokenOf(invited.body.link);
    expect(JSON.stringify((await administrator.get("/api/invitations")).body)).not.toContain(token);
    const browser = new Browser(server);
    const body = { token, email: "else@invite.test", password: PASSWORD };
    expect((await browser.post("/api/links/use", body)).status).toBe(200);
    expect((await browser.get("/api/me")).body).toMatchObject({
      email: "reg@invite.test",
      roles: ["privacy", "regulatory"],
    });
    expect((await new Browser(server).post("/api/links/use", body)).status).toBe(404);
    expect((await administrator.get("/api/invitations")).body.items).toEqual([]);
    expect((await ledgerOf(server, organizationId)).slice(-3)).toEqual([
      "invitation.made",
      "member.joined",
      "account.signed-in",
    ]);
  });

  test("a withdrawn invitation does not work, nor one after seven days", async () => {
    const { administrator } = await newHouse(server, "Withdraw");
    const invite = (email: string) => administrator.post("/api/invitations", { email, name: "N", roles: ["auditor"] });
    const [one, two] = [(await invite("a@w.test")).body, (await invite("b@w.test")).body];
    expect((await administrator.send("DELETE", `/api/invitations/${one.invitation.id}`)).status).toBe(200);
    expect((await new Browser(server).post("/api/links/use", { token: tokenOf(one.link) })).status).toBe(404);
    const before = server.clock.now;
    server.clock.now = new Date(Date.now() + 7 * 86_400_000 + 1000);
    expect((await new Browser(server).post("/api/links/use", { token: tokenOf(two.link) })).status).toBe(404);
    server.clock.now = before;
  });

  test("somebody with an account signs in and accepts; a link never signs in as them", async () => {
    const home = await newHouse(server, "Home");
    const guest = await newPerson(server, home.administrator, "guest@home.test", ["engineer"]);
    const host = await newHouse(server, "Host");
    const invited = await host.administrator.post("/api/invitations", {
      email: guest.email,
      name: "Guest",
      roles: ["auditor"],
    });
    const token = tokenOf(invited.body.link);
    const thief = new Browser(server);
    expect((await thief.post("/api/links/read", { token })).body.hasAccount).toBe(true);
    expect((await thief.post("/api/links/use", { token, password: "a password of mine" })).status).toBe(409);
    expect(thief.cookies.size).toBe(0);
    expect((await home.administrator.post("/api/links/accept", { token })).status).toBe(403);

    const joined = await guest.browser.post("/api/links/accept", { token });
    expect(joined.body).toEqual({ id: host.organizationId, name: "Host", roles: ["auditor"] });
    expect((await guest.browser.get("/api/organizations")).body.items).toHaveLength(2);
    expect((await guest.browser.post(`/api/organizations/${host.organizationId}/switch`)).status).toBe(200);
    expect((await guest.browser.get("/api/me")).body).toMatchObject({
      roles: ["auditor"],
      organization: { id: host.organizationId, name: "Host" },
    });
    const elsewhere = await newHouse(server, "Elsewhere");
    expect((await guest.browser.post(`/api/organizations/${elsewhere.organizationId}/switch`)).status).toBe(404);
  });

  test("a member cannot be invited again, and bad input is named by field", async () => {
    const { administrator, email } = await newHouse(server, "Again");
    const again = await administrator.post("/api/invitations", { email, name: "Ada", roles: ["auditor"] });
    expect(again).toMatchObject({ status: 409, body: { at: "email" } });
    const bad = await administrator.post("/api/invitations", { email: "no address", name: "X", roles: ["auditor"] });
    expect(bad).toMatchObject({ status: 400, body: { at: "/email" } });
    const role = await administrator.post("/api/invitations", { email: "x@y.test", name: "X", roles: ["root"] });
    expect(role).toMatchObject({ status: 400, body: { at: "/roles/0" } });
  });
});

describe("recovery", () => {
  test("somebody who lost everything gets in by a link, once; what they had before works no more", async () => {
    const { administrator, organizationId } = await newHouse(server, "Lost");
    const person = await newPerson(server, administrator, "lost@lost.test", ["engineer"]);
    const first = await administrator.post(`/api/people/${person.userId}/recovery`);
    const second = await administrator.post(`/api/people/${person.userId}/recovery`);
    const browser = new Browser(server);
    expect((await browser.post("/api/links/read", { token: tokenOf(first.body.link) })).status).toBe(404);
    await administrator.send("PATCH", `/api/people/${person.userId}`, { roles: ["clinical"] });
    const token = tokenOf(second.body.link);
    expect((await browser.post("/api/links/read", { token })).body).toMatchObject({
      purpose: "recovery",
      hasAccount: false,
    });
    expect((await person.browser.post("/api/links/accept", { token })).status).toBe(404);
    expect((await person.browser.get("/api/me")).status).toBe(200);
    expect((await browser.post("/api/links/use", { token, password: "a password for later" })).status).toBe(200);
    expect((await browser.get("/api/me")).body).toMatchObject({ userId: person.userId, roles: ["clinical"] });
    expect((await person.browser.get("/api/me")).status).toBe(401);
    expect((await new Browser(server).signIn(person.email)).status).toBe(401);
    expect((await new Browser(server).signIn(person.email, "a password for later")).status).toBe(200);
    expect((await browser.post("/api/links/use", { token })).status).toBe(404);
    expect(await ledgerOf(server, organizationId)).toContain("account.recovered");
  });

  test("an account that works elsewhere too cannot be taken over by one of its organisations", async () => {
    const [home, host] = [await newHouse(server, "Home 2"), await newHouse(server, "Host 2")];
    const guest = await newPerson(server, home.administrator, "guest@home2.test", ["engineer"]);
    const before = tokenOf((await home.administrator.post(`/api/people/${guest.userId}/recovery`)).body.link);
    const invitation = { email: guest.email, name: "Guest", roles: ["auditor"] };
    const invited = await host.administrator.post("/api/invitations", invitation);
    await guest.browser.post("/api/links/accept", { token: tokenOf(invited.body.link) });
    expect((await host.administrator.post(`/api/people/${guest.userId}/recovery`)).status).toBe(409);
    const used = await new Browser(server).post("/api/links/use", { token: before, password: "mine now mine now" });
    expect(used.status).toBe(404);
    expect((await new Browser(server).signIn(guest.email)).status).toBe(200);
  });
});

describe("roles", () => {
  test("a changed role counts from the next request on", async () => {
    const { administrator, organizationId } = await newHouse(server, "Roles");
    const person = await newPerson(server, administrator, "p@roles.test", ["auditor"]);
    const invite = { email: "n@roles.test", name: "N", roles: ["auditor"] };
    expect((await person.browser.post("/api/invitations", invite)).status).toBe(403);
    const changed = await administrator.send("PATCH", `/api/people/${person.userId}`, { roles: ["administrator"] });
    expect(changed.body.roles).toEqual(["administrator"]);
    expect((await person.browser.post("/api/invitations", invite)).status).toBe(201);
    await administrator.send("PATCH", `/api/people/${person.userId}`, { roles: ["auditor"] });
    expect((await person.browser.post("/api/invitations", invite)).status).toBe(403);
    expect((await ledgerOf(server, organizationId)).filter((one) => one === "member.roles-set")).toHaveLength(2);
  });

  test("the last administrator can neither lose the role nor be deactivated", async () => {
    const { administrator } = await newHouse(server, "Last");
    const { userId } = (await administrator.get("/api/me")).body;
    const without = await administrator.send("PATCH", `/api/people/${userId}`, { roles: ["engineer"] });
    expect(without).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect((await administrator.post(`/api/people/${userId}/deactivate`)).status).toBe(409);
  });

  test("two administrators who take the role from each other at the same time leave one", async () => {
    for (let round = 0; round < 5; round++) {
      const { administrator } = await newHouse(server, `Duel ${round}`);
      const one = (await administrator.get("/api/me")).body.userId;
      const other = await newPerson(server, administrator, `other@duel${round}.test`, ["administrator"]);
      await Promise.all([
        administrator.send("PATCH", `/api/people/${other.userId}`, { roles: ["engineer"] }),
        other.browser.send("PATCH", `/api/people/${one}`, { roles: ["engineer"] }),
      ]);
      const people = [await administrator.get("/api/people"), await other.browser.get("/api/people")];
      const left = people[0]?.body.items.filter(({ roles }: { roles: string[] }) => roles.includes("administrator"));
      expect(left).toHaveLength(1);
    }
  });
});

test("an administrator adds an organisation and works in it", async () => {
  const { administrator } = await newHouse(server, "Mother");
  const made = await administrator.post("/api/organizations", { name: "Daughter" });
  expect(made).toMatchObject({ status: 201, body: { name: "Daughter", roles: ["administrator"] } });
  await administrator.post(`/api/organizations/${made.body.id}/switch`);
  expect((await administrator.get("/api/people")).body.items).toHaveLength(1);
  expect((await administrator.send("PATCH", "/api/organization", { name: "Renamed" })).status).toBe(200);
  expect((await administrator.get("/api/me")).body.organization.name).toBe("Renamed");
  expect(await ledgerOf(server, made.body.id)).toEqual(["organization.made", "member.joined", "organization.renamed"]);
});
