import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CLIENT, identityProvider } from "../store/identity-provider.ts";
import { codeAt, fromBase32 } from "../support/one-time-code.ts";
import { complaintsOf, openChromium, settle, violationsOf } from "../web/chromium.ts";
import { type RunningCordon, startCordon } from "./start-cordon.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SBOM = join(ROOT, "examples/infusion-pump/sbom.cdx.json");
const PASSWORD = "a quiet ward at night";
const ADMINISTRATOR = "first@example.org";
const AUDITOR = "auditor@example.org";
const BY_PROVIDER = "federated@example.org";

let cordon: RunningCordon;
let provider: Awaited<ReturnType<typeof identityProvider>>;
let browser: Browser;
let page: Page;
let complaints: string[];
let folder: string;

/** A feed long enough that reading it takes a while: one OSV record per line. */
function longFeed(): string {
  const lines: string[] = [];
  for (let i = 0; i < 40_000; i++)
    lines.push(
      JSON.stringify({
        id: `EX-2026-${i}`,
        modified: "2026-11-01T00:00:00Z",
        affected: [
          {
            package: { ecosystem: "npm", name: `part-${i}` },
            ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "2.0.0" }] }],
          },
        ],
      }),
    );
  return `${lines.join("\n")}\n`;
}

beforeAll(async () => {
  cordon = await startCordon(async (data, port) => {
    folder = data;
    const callback = `http://localhost:${port}/api/auth/callback/corp`;
    const identity = { email: BY_PROVIDER, email_verified: true, name: "Fed Erated" };
    provider = await identityProvider([callback], { federated: identity });
    mkdirSync(join(data, "feeds"));
    writeFileSync(join(data, "feeds/osv.ndjson"), longFeed());
    writeFileSync(join(data, "client-secret"), CLIENT.clientSecret, { mode: 0o600 });
    const config = {
      intel: { sourceFolders: [join(data, "feeds")] },
      signIn: {
        providers: [
          {
            id: "corp",
            name: "Corporate",
            issuer: provider.issuer,
            clientId: CLIENT.clientId,
            clientSecretFile: join(data, "client-secret"),
          },
        ],
      },
    };
    writeFileSync(join(data, "cordon.yaml"), JSON.stringify(config));
    return {};
  });
  browser = await openChromium();
  page = await freshPage();
  complaints = complaintsOf(page);
});
afterAll(async () => {
  await browser?.close();
  await cordon?.stop();
  await provider?.close();
});

async function freshPage(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  const fresh = await context.newPage();
  fresh.setDefaultTimeout(15_000);
  return fresh;
}

async function useLink(on: Page, link: string, who: { email?: string; name?: string }): Promise<void> {
  await on.goto(link);
  await on.locator("input[name=password]").waitFor();
  if (who.email !== undefined) await on.getByLabel("E-mail").fill(who.email);
  if (who.name !== undefined) await on.getByLabel("Your name").fill(who.name);
  await on.locator("input[name=password]").fill(PASSWORD);
  await on.locator("input[name=again]").fill(PASSWORD);
  await on.getByRole("button", { name: "Set the password and sign in" }).click();
  await on.waitForURL(/today/);
}

async function withPassword(on: Page, email: string): Promise<void> {
  await on.goto(`${cordon.url}/sign-in`);
  await on.getByLabel("E-mail").fill(email);
  await on.locator("input[name=password]").fill(PASSWORD);
  await on.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function shownOnce(on: Page): Promise<string> {
  const dialog = on.getByRole("dialog");
  await dialog.getByText("Shown this once").waitFor();
  const secret = (await dialog.locator("code").first().textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await dialog.waitFor({ state: "hidden" });
  expect(await on.getByText(secret).count()).toBe(0);
  return secret;
}

interface Ended {
  code: number | null;
  said: string;
}

const command = (args: string[], env: Record<string, string> = {}): Promise<Ended> =>
  new Promise((done) => {
    const child = spawn(join(ROOT, "cordon"), args, {
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1", CORDON_DATA: folder, ...env },
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (said += bytes));
    child.once("close", (code) => done({ code, said }));
  });

describe("one-time codes", () => {
  let secret: Buffer;

  test("are turned on with the code that the app would show after reading the QR code", async () => {
    await useLink(page, cordon.link, { email: ADMINISTRATOR, name: "First Person" });
    await page.goto(`${cordon.url}/account`);
    await page.getByRole("button", { name: "Turn on" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("input[name=password]").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Continue" }).click();
    await dialog.getByRole("img", { name: /QR code/ }).waitFor();
    expect(await dialog.locator(".backup-codes li").count()).toBeGreaterThanOrEqual(8);
    secret = fromBase32((await dialog.locator("code").first().textContent()) ?? "");
    await settle(page);
    expect(await violationsOf(page)).toEqual([]);
    await dialog.locator("input[name=code]").fill("000000");
    await dialog.getByRole("button", { name: "Turn on" }).click();
    await dialog.getByRole("alert").waitFor();
    await dialog.locator("input[name=code]").fill(codeAt(secret, Date.now()));
    await dialog.getByRole("button", { name: "Turn on" }).click();
    await page.getByText("On: after the password").waitFor();
  });

  test("are asked for after the password, and let in", async () => {
    const other = await freshPage();
    await withPassword(other, ADMINISTRATOR);
    await other.getByLabel("Code").fill("000000");
    await other.getByText("This code is wrong").waitFor();
    // A code is accepted once: the one that turned codes on is spent, the next one is accepted early.
    await other.getByLabel("Code").pressSequentially(codeAt(secret, Date.now() + 30_000));
    await other.waitForURL(/today/);
    await other.context().close();
  });
});

describe("people", () => {
  let auditor: Page;

  test("somebody invited gets a link that is shown once, and joins by it", async () => {
    await page.goto(`${cordon.url}/people`);
    await page.getByRole("button", { name: "Invite a person" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Ada Auditor");
    await dialog.getByLabel("E-mail").fill(AUDITOR);
    await dialog.getByRole("checkbox", { name: /Auditor/ }).check();
    await dialog.getByRole("checkbox", { name: /Engineer/ }).uncheck();
    await dialog.getByRole("button", { name: "Make the link" }).click();
    const link = await shownOnce(page);
    auditor = await freshPage();
    await useLink(auditor, link, {});
    await auditor.getByRole("button", { name: /Ada Auditor/ }).waitFor();
  });

  test("an auditor sees every page and nothing on them to change", async () => {
    const { items } = await (await auditor.request.get(`${cordon.url}/api/findings?limit=1`)).json();
    const [finding] = items;
    const device = `/devices/${finding.device.id}`;
    const release = `release=${finding.release.id}`;
    const pages: [string, RegExp][] = [
      ["/devices", /Add a device/],
      [`${device}?${release}`, /Add|Change|Enter|Edit/],
      [`${device}/parts?${release}`, /Upload|Choose/],
      [`${device}/findings?${release}&finding=${finding.id}`, /^Affected|^Not affected|^Accept|^In triage|^Fixed/],
      ["/threats/feeds", /Read all|Add a source|Remove/],
      ["/people", /Invite|Roles|Deactivate|Recovery/],
    ];
    const offered = async (on: Page): Promise<string[]> => {
      const found: string[] = [];
      for (const [address, forbidden] of pages) {
        await on.goto(cordon.url + address);
        await on.getByRole("heading", { level: 1 }).waitFor();
        await settle(on);
        for (const button of await on.locator("main").getByRole("button", { name: forbidden }).all())
          found.push(`${address}: ${await button.textContent()}`);
      }
      return found;
    };
    expect(await offered(auditor)).toEqual([]);
    const toTheAdministrator = await offered(page);
    for (const [address] of pages)
      expect(toTheAdministrator.filter((one) => one.startsWith(`${address}:`))).not.toEqual([]);
  });

  test("an auditor takes the ledger away, and the command proves it without an account", async () => {
    await auditor.goto(`${cordon.url}/audits`);
    const downloading = auditor.waitForEvent("download");
    await auditor.getByRole("link", { name: "Download the ledger" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^ledger-\d{4}-\d\d-\d\d\.ndjson$/);
    const file = join(folder, "taken.ndjson");
    await download.saveAs(file);
    const proven = await command(["verify", file]);
    expect(proven, proven.said).toMatchObject({ code: 0 });
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("Ada Auditor", "Eve Auditor"));
    expect((await command(["verify", file])).code).toBe(1);
  });

  test("somebody who lost everything comes in again by a recovery link, and the old password is gone", async () => {
    await page.goto(`${cordon.url}/people`);
    await page.getByRole("button", { name: "Recovery link for Ada Auditor" }).click();
    const link = await shownOnce(page);
    const again = await freshPage();
    await again.goto(link);
    await again.getByRole("heading", { name: "Sign in again" }).waitFor();
    await again.locator("input[name=password]").fill("another quiet ward");
    await again.locator("input[name=again]").fill("another quiet ward");
    await again.getByRole("button", { name: "Set the password and sign in" }).click();
    await again.waitForURL(/today/);
    const old = await freshPage();
    await withPassword(old, AUDITOR);
    await old.getByRole("alert").waitFor();
    await old.context().close();
    await again.context().close();
    await auditor.context().close();
  });

  test("somebody invited comes in by the organisation's own sign-on", async () => {
    await page.goto(`${cordon.url}/people?invite=true`);
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Fed Erated");
    await dialog.getByLabel("E-mail").fill(BY_PROVIDER);
    await dialog.getByRole("button", { name: "Make the link" }).click();
    await shownOnce(page);
    const other = await freshPage();
    await other.goto(`${cordon.url}/sign-in`);
    await other.getByRole("button", { name: "Continue with Corporate" }).click();
    await other.locator("input[name=login]").fill("federated");
    await other.locator("input[name=password]").fill("anything");
    await other.locator("button[type=submit]").click();
    await other.waitForURL((url) => url.pathname === "/today" || url.pathname.startsWith("/interaction/"));
    if (other.url().includes("/interaction/")) await other.locator("button[type=submit]").click();
    await other.waitForURL(/\/today$/);
    await other.getByRole("button", { name: /Fed Erated/ }).waitFor();
    await other.context().close();
  });
});

describe("what a row names", () => {
  test("shows its card by a key and by hovering, moves nothing, and gives the focus back", async () => {
    await page.goto(`${cordon.url}/threats`);
    const row = page.getByRole("row", { name: /CVE-2021-44228/ });
    await row.waitFor();
    const before = await row.boundingBox();
    await row.focus();
    await page.keyboard.press("i");
    const card = page.locator(".object-card");
    await card.getByText(/open, \d+ new/).waitFor();
    expect(await row.boundingBox()).toEqual(before);
    await settle(page);
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "hidden" });
    expect(await row.evaluate((element) => element === document.activeElement)).toBe(true);
    await row.getByText("CVE-2021-44228").hover();
    await card.getByText(/open, \d+ new/).waitFor();
  });

  test("shows the device and the part too: the key again goes on to the next, and at last back to the row", async () => {
    await page.mouse.move(0, 0);
    const row = page.getByRole("row", { name: /CVE-2021-44228/ });
    const card = page.locator(".object-card");
    await row.focus();
    await page.keyboard.press("i");
    await page.keyboard.press("i");
    await card.getByText(/open findings? · 43 parts/).waitFor();
    await page.keyboard.press("i");
    await card.getByText("The Apache Software Foundation").waitFor();
    await card.getByText(/Found in Example Bedside Monitor/).waitFor();
    await settle(page);
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press("i");
    expect(await row.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe("a pipeline", () => {
  test("uploads an SBOM with a key that is shown once, and nothing else", async () => {
    await page.goto(`${cordon.url}/people?view=keys`);
    await page.getByRole("button", { name: "Make a key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Build pipeline");
    await dialog.getByRole("button", { name: "Make the key" }).click();
    const key = await shownOnce(page);
    await page.getByRole("row", { name: /Build pipeline/ }).waitFor();

    const { items } = await (await page.request.get(`${cordon.url}/api/devices`)).json();
    const release = await (
      await page.request.post(`${cordon.url}/api/devices/${items[0].id}/releases`, {
        headers: { origin: cordon.url },
        data: { version: "9.9.9", phase: "development", since: "2026-01-01" },
      })
    ).json();
    const env = { CORDON_API_KEY: key, CORDON_URL: cordon.url };
    const uploaded = await command(["sbom", "upload", SBOM, "--release", release.id], env);
    expect(uploaded, uploaded.said).toMatchObject({ code: 0 });
    expect(uploaded.said).toMatch(/Stored \d+ parts/);
    const refused = await fetch(`${cordon.url}/api/people`, { headers: { authorization: `Bearer ${key}` } });
    expect(refused.status).toBe(403);
    await page.goto(`${cordon.url}/devices/${items[0].id}/parts?release=${release.id}&view=uploads`);
    await page.getByRole("row", { name: /Build pipeline/ }).waitFor();
  });
});

describe("clocks", () => {
  test("what was learned starts them, they tell of themselves, and evidence stops them", async () => {
    await page.goto(`${cordon.url}/today/clocks`);
    await page.getByRole("button", { name: "Something was learned" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "What happened" }).click();
    await page.getByRole("option", { name: "Somebody reported a vulnerability to us" }).click();
    await dialog.getByLabel("Name it").fill("Report 7");
    await dialog.getByLabel("How we know").fill("It came by mail");
    await dialog.getByText("Acknowledge the report").waitFor();
    await dialog.getByRole("button", { name: "Start 2 clocks" }).click();
    await page.getByRole("link", { name: /Acknowledge the report/ }).click();
    const panel = page.getByRole("complementary", { name: "Acknowledge the report" });
    await panel.getByLabel("Evidence").fill("Answered the reporter");
    await settle(page);
    expect(await violationsOf(page)).toEqual([]);
    await panel.getByRole("button", { name: "Stop the clock" }).click();
    await panel.getByText("Done in time").waitFor();
    await page.goto(`${cordon.url}/today`);
    await page.getByRole("region", { name: "Clocks that run" }).getByText("Publish the advisory").waitFor();
  });

  test("a person's calendar has an address that a calendar reads", async () => {
    await page.goto(`${cordon.url}/today/calendar`);
    await page.getByRole("button", { name: "Add an event" }).click();
    await page.getByLabel("Title").fill("ISAO summit");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("ISAO summit", { exact: true }).first().waitFor();
    await page.goto(`${cordon.url}/account/notices`);
    await page.getByRole("button", { name: "Make an address" }).click();
    const read = await fetch(await shownOnce(page));
    const text = await read.text();
    expect(text).toContain("SUMMARY:ISAO summit");
    expect(text).toContain("SUMMARY:Due: Publish the advisory (Report 7)");
    await settle(page);
    expect(await violationsOf(page)).toEqual([]);
  });
});

describe("feeds", () => {
  test("a source is added and read, and the page says how far the reading is", async () => {
    await page.goto(`${cordon.url}/threats/feeds`);
    await page.getByRole("button", { name: "Add a source" }).click();
    await page.locator("input[name=name]").fill("Elsewhere");
    await page.locator("input[name=location]").fill(dirname(folder));
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("alert").waitFor();
    await page.locator("input[name=name]").fill("Long feed");
    await page.locator("input[name=location]").fill(join(folder, "feeds"));
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("switch", { name: "Read Long feed" }).waitFor();

    await page.getByRole("button", { name: "Read all sources now" }).click();
    const progress = page.getByRole("status").filter({ hasText: "Started by First Person" });
    await progress.waitFor();
    await progress.waitFor({ state: "hidden", timeout: 100_000 });
    await page.getByText(/4\d,\d{3} advisories/).waitFor();
    await page
      .getByText(/4\d,\d{3} records/)
      .first()
      .waitFor();
  });

  test("another CSAF provider is added by its address, and visited as one", async () => {
    await page.getByRole("button", { name: "Add a source" }).click();
    await page.getByText("CSAF provider", { exact: true }).click();
    await page.locator("input[name=name]").fill("Maker of a part");
    await page.locator("input[name=location]").fill("https://psirt.example.com");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("switch", { name: "Read Maker of a part" }).waitFor();
    const { sources } = await (await page.request.get(`${cordon.url}/api/intel`)).json();
    expect(sources).toContainEqual(
      expect.objectContaining({ name: "Maker of a part", plugIn: "csaf", location: "https://psirt.example.com" }),
    );
  });

  test("a bundle nobody here trusts is refused in words, with what to do", async () => {
    const buffer = Buffer.from("no bundle");
    await page.getByLabel("Signed bundle of feeds").setInputFiles({ name: "feeds.bundle", mimeType: "", buffer });
    const refused = page.getByRole("alert").filter({ hasText: "feeds.bundle" });
    await refused.getByText(/No key is trusted to sign bundles/).waitFor();
    await refused.getByText(/name the file of/).waitFor();
    await refused.getByRole("button", { name: "Close" }).click();
    await refused.waitFor({ state: "hidden" });
  });

  test("broke no script and no content security policy on the way", () => {
    expect(complaints.filter((one) => !one.includes("404"))).toEqual([]);
  });
});
