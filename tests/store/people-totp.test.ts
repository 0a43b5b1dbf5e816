import { afterAll, beforeAll, expect, test } from "vitest";
import { codeAt, fromBase32 } from "../support/one-time-code.ts";
import { Browser, ledgerOf, newHouse, PASSWORD, type PeopleServer, peopleServer } from "./people-server.ts";

let server: PeopleServer;
beforeAll(async () => {
  server = await peopleServer();
});
afterAll(() => server.close());

test("the codes of this test are those of RFC 6238, appendix B", () => {
  expect(codeAt(Buffer.from("12345678901234567890"), 59_000)).toBe("287082");
  expect(codeAt(Buffer.from("12345678901234567890"), 1_111_111_109_000)).toBe("081804");
});

/** Turns one-time codes on; answers the shared secret and the backup codes. */
async function withTotp(name: string) {
  const house = await newHouse(server, name);
  const enabled = await house.administrator.post("/api/auth/two-factor/enable", { password: PASSWORD });
  const uri = new URL(enabled.body.totpURI);
  const secret = fromBase32(uri.searchParams.get("secret") ?? "");
  return { ...house, uri, secret, backupCodes: enabled.body.backupCodes as string[] };
}

test("one-time codes count only once the first one was right, and are then asked for after the password", async () => {
  const { administrator, email, secret, uri, organizationId } = await withTotp("Codes");
  expect(uri.protocol).toBe("otpauth:");
  const before = new Browser(server);
  expect((await before.signIn(email)).body.twoFactorRedirect).toBeUndefined();
  expect((await before.get("/api/me")).status).toBe(200);

  const wrong = await administrator.post("/api/auth/two-factor/verify-totp", { code: "000000" });
  expect(wrong.status).toBe(401);
  const right = await administrator.post("/api/auth/two-factor/verify-totp", { code: codeAt(secret, Date.now()) });
  expect(right.status).toBe(200);
  expect((await administrator.get("/api/account/security")).body).toMatchObject({ totp: true, password: true });
  expect((await administrator.get("/api/me")).body.organization.id).toBe(organizationId);

  const browser = new Browser(server);
  const half = await browser.signIn(email);
  expect(half.body).toMatchObject({ twoFactorRedirect: true, twoFactorMethods: ["totp"] });
  expect((await browser.get("/api/me")).status).toBe(401);
  expect((await browser.post("/api/auth/two-factor/verify-totp", { code: "000000" })).status).toBe(401);
  const code = codeAt(secret, Date.now() + 30_000);
  const whole = await browser.post("/api/auth/two-factor/verify-totp", { code, trustDevice: true });
  expect(whole.status).toBe(200);
  expect(JSON.stringify(whole.body)).not.toContain("token");
  expect((await browser.get("/api/me")).status).toBe(200);
  expect([...browser.cookies.keys()].filter((cookie) => cookie.includes("trust"))).toEqual([]);
  expect((await ledgerOf(server, organizationId)).slice(-3)).toEqual([
    "account.signed-in",
    "account.totp-enabled",
    "account.signed-in",
  ]);
});

test("a backup code signs in once", async () => {
  const { administrator, email, secret, backupCodes } = await withTotp("Backup");
  await administrator.post("/api/auth/two-factor/verify-totp", { code: codeAt(secret, Date.now()) });
  expect(backupCodes).toHaveLength(10);
  const [code] = backupCodes;
  const signInWith = async () => {
    const browser = new Browser(server);
    await browser.signIn(email);
    const used = await browser.post("/api/auth/two-factor/verify-backup-code", { code });
    return { used: used.status, me: (await browser.get("/api/me")).status };
  };
  expect(await signInWith()).toEqual({ used: 200, me: 200 });
  expect((await signInWith()).me).toBe(401);
});

test("a code cannot be guessed: after a few wrong ones the password is asked for again, and then the account waits", async () => {
  const { administrator, email, secret } = await withTotp("Guess");
  await administrator.post("/api/auth/two-factor/verify-totp", { code: codeAt(secret, Date.now()) });
  const right = () => codeAt(secret, Date.now());
  const wrong = () => (right() === "123456" ? "654321" : "123456");
  const browser = new Browser(server, "192.0.2.77");
  await browser.signIn(email);
  const statuses: number[] = [];
  for (let i = 0; i < 6; i++)
    statuses.push((await browser.post("/api/auth/two-factor/verify-totp", { code: wrong() })).status);
  expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(statuses[5]).toBe(400);
  expect((await browser.post("/api/auth/two-factor/verify-totp", { code: right() })).status).not.toBe(200);
  await browser.signIn(email);
  for (let i = 0; i < 5; i++) await browser.post("/api/auth/two-factor/verify-totp", { code: wrong() });
  const again = new Browser(server, "192.0.2.78");
  await again.signIn(email);
  expect((await again.post("/api/auth/two-factor/verify-totp", { code: right() })).status).toBe(429);
  expect((await again.get("/api/me")).status).toBe(401);
});

test("a code works once: who looked over a shoulder does not get in with it", async () => {
  const { administrator, email, secret } = await withTotp("Once");
  await administrator.post("/api/auth/two-factor/verify-totp", { code: codeAt(secret, Date.now()) });
  const code = codeAt(secret, Date.now() + 30_000);
  const browsers = [1, 2, 3, 4].map((i) => new Browser(server, `192.0.2.${i}`));
  for (const browser of browsers) await browser.signIn(email);
  const used = await Promise.all(browsers.map((browser) => browser.post("/api/auth/two-factor/verify-totp", { code })));
  expect(used.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
  const inside = await Promise.all(browsers.map(async (browser) => (await browser.get("/api/me")).status));
  expect(inside.sort()).toEqual([200, 401, 401, 401]);
});

test("turning codes off needs the password", async () => {
  const { administrator, secret, organizationId } = await withTotp("Off");
  await administrator.post("/api/auth/two-factor/verify-totp", { code: codeAt(secret, Date.now()) });
  expect((await administrator.post("/api/auth/two-factor/disable", { password: "not my password" })).status).toBe(400);
  expect((await administrator.post("/api/auth/two-factor/disable", { password: PASSWORD })).status).toBe(200);
  expect((await administrator.get("/api/account/security")).body.totp).toBe(false);
  expect((await ledgerOf(server, organizationId)).at(-1)).toBe("account.totp-disabled");
});
