import { type CDPSession, type Browser as Chromium, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ensureChromium } from "../../scripts/chromium.ts";
import { firstAdministratorLink } from "../../src/features/people/people.ts";
import { Browser, ledgerOf, type PeopleServer, peopleServer, tokenOf } from "../store/people-server.ts";
import { newOrganization } from "../store/postgres.ts";

let server: PeopleServer;
let browser: Chromium;
let page: Page;
let devices: CDPSession;

beforeAll(async () => {
  server = await peopleServer();
  browser = await chromium.launch({ executablePath: ensureChromium().path ?? "", args: ["--no-sandbox"] });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  await page.goto(`${server.url}/healthz`);
  devices = await context.newCDPSession(page);
  await devices.send("WebAuthn.enable");
});

/** A passkey device in the browser. `verifies`: it can ask its owner for a PIN or a finger, as it must. */
async function authenticator(verifies: boolean): Promise<string> {
  const { authenticatorId } = await devices.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: verifies,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
    },
  });
  return authenticatorId;
}

interface Answer {
  status: number;
  text: string;
}

const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
  page.evaluate(
    async ([how, where, what]) => {
      const init: RequestInit = { method: how ?? "" };
      if (what !== null) Object.assign(init, { body: what, headers: { "content-type": "application/json" } });
      const response = await fetch(where ?? "", init);
      return { status: response.status, text: await response.text() };
    },
    [method, path, body === undefined ? null : JSON.stringify(body)],
  );

/** What the account page does. `wish`: how strongly the page asks the device to verify its owner; the server says "required". */
const register = (wish?: UserVerificationRequirement): Promise<Answer> =>
  page.evaluate(async (verification) => {
    const json = await (await fetch("/api/auth/passkey/generate-register-options")).json();
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json);
    if (verification !== undefined)
      publicKey.authenticatorSelection = { residentKey: "discouraged", userVerification: verification };
    const made = await navigator.credentials.create({ publicKey });
    const response = await fetch("/api/auth/passkey/verify-registration", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ response: (made as PublicKeyCredential).toJSON(), name: "Laptop" }),
    });
    return { status: response.status, text: await response.text() };
  }, wish);

/** What the sign-in page does. */
const signIn = (wish?: UserVerificationRequirement): Promise<Answer> =>
  page.evaluate(async (verification) => {
    const json = await (await fetch("/api/auth/passkey/generate-authenticate-options")).json();
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json);
    if (verification !== undefined) publicKey.userVerification = verification;
    const got = await navigator.credentials.get({ publicKey });
    const response = await fetch("/api/auth/passkey/verify-authentication", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ response: (got as PublicKeyCredential).toJSON() }),
    });
    return { status: response.status, text: await response.text() };
  }, wish);

/** An administrator who came in by the link and has no password. */
async function cameIn(name: string) {
  const { organizationId } = await newOrganization(server.database.pool, name);
  const link = (await firstAdministratorLink(server.people, organizationId)) ?? "";
  const used = await call("POST", "/api/links/use", { token: tokenOf(link), name: "Ada", email: `ada@${name}.test` });
  expect(used.status).toBe(200);
  return organizationId;
}

const me = async () => {
  const { status, text } = await call("GET", "/api/me");
  return { status, body: JSON.parse(text) };
};

describe("a passkey", () => {
  test("secures an account without any password, signs in by itself, and is recorded", async () => {
    const organizationId = await cameIn("alone");
    expect((await me()).body.mustSecure).toBe(true);
    await authenticator(true);
    expect((await register()).status).toBe(200);
    expect((await me()).body.mustSecure).toBe(false);
    expect(JSON.parse((await call("GET", "/api/account/security")).text)).toMatchObject({
      password: false,
      passkeys: [{ name: "Laptop" }],
    });
    expect(await firstAdministratorLink(server.people, organizationId)).toBeNull();

    await call("POST", "/api/auth/sign-out", {});
    expect((await me()).status).toBe(401);
    const signedIn = await signIn();
    expect(signedIn.status).toBe(200);
    expect(signedIn.text).not.toContain('"token"');
    expect((await me()).body).toMatchObject({ name: "Ada", organization: { id: organizationId } });
    expect((await ledgerOf(server, organizationId)).slice(-3)).toEqual([
      "account.passkey-added",
      "account.signed-out",
      "account.signed-in",
    ]);
  });

  test("cannot be added by a device that did not verify its owner, even if the page does not insist", async () => {
    await cameIn("careless");
    await authenticator(false);
    const refused = await register("discouraged");
    expect(refused.status).toBe(401);
    expect(refused.text).toContain("USER_VERIFICATION_REQUIRED");
    expect((await me()).body.mustSecure).toBe(true);
  });

  test("does not sign in by a device that did not verify its owner, even if the page does not insist", async () => {
    await cameIn("later");
    const authenticatorId = await authenticator(true);
    expect((await register()).status).toBe(200);
    await call("POST", "/api/auth/sign-out", {});
    await devices.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    const refused = await signIn("discouraged");
    expect(refused.status).toBe(401);
    expect(refused.text).toContain("USER_VERIFICATION_REQUIRED");
    expect((await me()).status).toBe(401);
    await devices.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
    expect((await signIn()).status).toBe(200);
  });

  test("still signs in while the password of its owner waits after wrong tries", async () => {
    await cameIn("waiting");
    await authenticator(true);
    await register();
    await call("POST", "/api/account/password", { password: "correct horse battery" });
    await call("POST", "/api/auth/sign-out", {});
    const guesser = new Browser(server);
    for (let i = 0; i < 6; i++) await guesser.signIn("ada@waiting.test", "wrong password");
    expect((await guesser.signIn("ada@waiting.test")).status).toBe(429);
    expect((await signIn()).status).toBe(200);
  });

  test("that was removed does not sign in any more", async () => {
    const organizationId = await cameIn("removed");
    await authenticator(true);
    await register();
    const [{ id }] = JSON.parse((await call("GET", "/api/account/security")).text).passkeys;
    expect((await call("POST", "/api/auth/passkey/delete-passkey", { id })).status).toBe(200);
    await call("POST", "/api/auth/sign-out", {});
    expect((await signIn()).status).toBe(401);
    expect(await ledgerOf(server, organizationId)).toContain("account.passkey-removed");
  });
});
