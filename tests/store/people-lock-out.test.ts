import { afterAll, beforeAll, expect, test } from "vitest";
import { countTry, forgive, LIMITS } from "../../src/platform/auth/lock-out.ts";
import { Browser, ledgerOf, newHouse, type PeopleServer, peopleServer } from "./people-server.ts";

let server: PeopleServer;
beforeAll(async () => {
  server = await peopleServer();
});
afterAll(() => server.close());

test("after five wrong passwords an account waits, even for the right one, and says for how long", async () => {
  const { email, organizationId } = await newHouse(server, "Locked");
  const browser = new Browser(server, "192.0.2.10");
  for (let i = 0; i < 5; i++) expect((await browser.signIn(email, "wrong password")).status).toBe(401);
  const locked = await browser.signIn(email);
  expect(locked).toMatchObject({ status: 429, body: { code: "too_many" } });
  expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(20);
  expect((await new Browser(server, "192.0.2.11").signIn(email)).status).toBe(429);
  expect((await ledgerOf(server, organizationId)).filter((action) => action === "account.locked")).toHaveLength(1);
});

test("an address is not the account: others behind the same address still sign in", async () => {
  const [one, other] = [await newHouse(server, "One"), await newHouse(server, "Other")];
  const ward = "192.0.2.20";
  for (let i = 0; i < 6; i++) await new Browser(server, ward).signIn(one.email, "wrong password");
  expect((await new Browser(server, ward).signIn(other.email)).status).toBe(200);
});

test("an address that tries many accounts waits after thirty, and no other address with it", async () => {
  const { email } = await newHouse(server, "Spray");
  const sprayer = "192.0.2.30";
  for (let i = 0; i < LIMITS.address.free; i++)
    expect((await new Browser(server, sprayer).signIn(`nobody${i}@spray.test`, "wrong password")).status).toBe(401);
  expect((await new Browser(server, sprayer).signIn(email)).status).toBe(429);
  expect((await new Browser(server, "192.0.2.31").signIn(email)).status).toBe(200);
});

test("an address that the caller merely claims is not believed", async () => {
  const sprayer = "192.0.2.40";
  for (let i = 0; i < LIMITS.address.free; i++)
    await new Browser(server, sprayer).send(
      "POST",
      "/api/auth/sign-in/email",
      { email: `claim${i}@claim.test`, password: "wrong password" },
      { "x-cordon-address": `198.51.100.${i}`, "x-real-ip": `198.51.100.${i}` },
    );
  expect((await new Browser(server, sprayer).signIn("last@claim.test", "wrong")).status).toBe(429);
});

test("of a hundred guesses at once, only five are looked at", async () => {
  const { email } = await newHouse(server, "Burst");
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) => new Browser(server, `198.51.100.${i}`).signIn(email, `guess number ${i}`)),
  );
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(LIMITS.account.free);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(100 - LIMITS.account.free);
});

test("the right password starts the count anew", async () => {
  const { email } = await newHouse(server, "Anew");
  const browser = new Browser(server, "192.0.2.50");
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 4; i++) expect((await browser.signIn(email, "wrong password")).status).toBe(401);
    expect((await browser.signIn(email)).status).toBe(200);
  }
});

test("guesses at the old password with a stolen session count too", async () => {
  const { administrator } = await newHouse(server, "Stolen");
  const guess = (i: number) =>
    administrator.post("/api/auth/change-password", {
      currentPassword: `guess ${i} guess`,
      newPassword: "new new new new",
    });
  for (let i = 0; i < 5; i++) expect((await guess(i)).status).toBe(400);
  expect((await guess(6)).status).toBe(429);
});

test("each wrong try after a wait doubles the next wait, and a day without tries forgets", async () => {
  const tried = { kind: "account", who: "clock@wait.test" } as const;
  const start = Date.UTC(2026, 0, 1);
  const at = (seconds: number) => new Date(start + seconds * 1000);
  const { pool } = server.people.auth;
  for (let i = 1; i <= 5; i++) expect(await countTry(pool, tried, at(0))).toEqual({ failures: i, waitS: 0 });
  expect(await countTry(pool, tried, at(29))).toEqual({ failures: 5, waitS: 1 });
  expect(await countTry(pool, tried, at(30))).toEqual({ failures: 6, waitS: 0 });
  expect(await countTry(pool, tried, at(31))).toEqual({ failures: 6, waitS: 59 });
  expect(await countTry(pool, tried, at(90))).toEqual({ failures: 7, waitS: 0 });
  expect(await countTry(pool, tried, at(90 + 86_401))).toEqual({ failures: 1, waitS: 0 });
  await forgive(pool, tried, at(90 + 86_402));
  expect(await countTry(pool, tried, at(90 + 86_403))).toEqual({ failures: 1, waitS: 0 });
});
