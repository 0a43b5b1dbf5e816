import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createMessage, readKey, readSignature, verify } from "openpgp";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folderWith, cordon as run } from "../cli/run-cordon.ts";
import { Loader } from "../support/load-from.ts";
import { complaintsOf, openChromium, settle, violationsOf } from "../web/chromium.ts";
import { type RunningCordon, signInFirst, startCordon } from "./start-cordon.ts";

const VULNERABILITY = "CVE-2021-44228";
const MEASURE = "Take the monitor off every network but the central station's until it is updated.";

let cordon: RunningCordon;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  cordon = await startCordon();
  browser = await openChromium();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 1000 } })).newPage();
  page.setDefaultTimeout(40_000);
  complaints = complaintsOf(page);
  await signInFirst(page, cordon.link);
});
afterAll(async () => {
  await browser?.close();
  await cordon?.stop();
});

const metadataUrl = () => `${cordon.url}/.well-known/csaf/provider-metadata.json`;
/** As a hospital's tool: no account, no cookie. */
const read = async (url: string) => {
  const answer = await fetch(url);
  return { status: answer.status, text: await answer.text() };
};
const readJson = async (url: string) => JSON.parse((await read(url)).text);
const published = async () => {
  const { distributions } = await readJson(metadataUrl());
  return (await readJson(distributions[0].rolie.feeds[0].url)).feed.entry;
};

describe("publish a CSAF advisory and fetch it as a subscriber", () => {
  test("nothing is served before an administrator turns the provider on and says who publishes", async () => {
    expect((await read(metadataUrl())).status).toBe(404);
    await page.goto(`${cordon.url}/threats/advisories`);
    await page.getByRole("link", { name: "Fill it in" }).click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("Example Devices");
    await page.getByLabel("Namespace").fill("https://psirt.example.com");
    await page.getByLabel("Postal address").fill("1 Example Street\n12345 Example Town");
    await page.getByLabel("E-mail").fill("psirt@example.com");
    await page.getByLabel("Numbers begin with").fill("EXD");
    await page.getByLabel("Path on this server").fill("example-devices");
    await page.getByRole("switch", { name: "Serve advisories for everybody" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Give this to hospitals").waitFor();
    await page.getByText(metadataUrl()).waitFor();
    expect((await readJson(metadataUrl())).publisher.name).toBe("Example Devices");
    expect(await published()).toEqual([]);
  });

  test("a draft knows what was decided; what is missing keeps it from going out", async () => {
    await page.goto(`${cordon.url}/threats?advisory=${VULNERABILITY}`);
    await page.getByRole("button", { name: "Tell customers" }).click();
    await page.getByRole("heading", { level: 1, name: "EXD-" }).waitFor();
    const status = page.getByRole("combobox", { name: `Status of Example Bedside Monitor 4.1.0 for ${VULNERABILITY}` });
    expect(await status.inputValue()).toBe("Being looked into");
    expect(await page.getByLabel("What it means for a patient").inputValue()).toMatch(
      /in the worst case a patient can die/,
    );
    await status.click();
    await page.getByRole("option", { name: "Affected", exact: true }).click();
    await page.getByText("A release is affected, and nothing is said of what to do").waitFor();
    expect(await page.getByRole("button", { name: "Publish" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Add a measure" }).click();
    await page.getByRole("combobox", { name: /^Kind of measure 1/ }).click();
    await page.getByRole("option", { name: "Mitigation" }).click();
    await page.getByRole("textbox", { name: /^Measure 1/ }).fill(MEASURE);
    await page.getByText("Valid CSAF 2.0, ready to go out").waitFor();
  });

  test.each(["light", "dark"] as const)(
    "the pages have no serious accessibility violation in %s",
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await settle(page);
      expect(await violationsOf(page)).toEqual([]);
    },
  );

  test("a person signs; the page then names the public address", async () => {
    await page.getByRole("button", { name: "Publish" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("button", { name: "Sign and publish" }).isDisabled()).toBe(true);
    await dialog.getByRole("checkbox", { name: /I, First Person/ }).check();
    await dialog.getByRole("button", { name: "Sign and publish" }).click();
    await page.getByText("Signed by First Person").waitFor();
    const [entry] = await published();
    await page.getByRole("link", { name: entry.content.src }).waitFor();
  });

  test("a subscriber finds the feed, holds the hashes and the signature against the published key", async () => {
    const [entry] = await published();
    const { src } = entry.content;
    const { text } = await read(src);
    expect(JSON.parse(text).vulnerabilities[0]).toMatchObject({
      cve: VULNERABILITY,
      remediations: [{ category: "mitigation", details: MEASURE }],
    });
    for (const kind of ["sha256", "sha512"])
      expect((await read(`${src}.${kind}`)).text.split(" ")[0]).toBe(createHash(kind).update(text).digest("hex"));
    const [{ url, fingerprint }] = (await readJson(metadataUrl())).public_openpgp_keys;
    const key = await readKey({ armoredKey: (await read(url)).text });
    expect(key.getFingerprint().toUpperCase()).toBe(fingerprint);
    const { signatures } = await verify({
      message: await createMessage({ binary: Buffer.from(text) }),
      signature: await readSignature({ armoredSignature: (await read(`${src}.asc`)).text }),
      verificationKeys: key,
    });
    expect(await signatures[0]?.verified).toBe(true);
  });

  test("Cordon's own CSAF source subscribes to it, and another hospital's index names the device", async () => {
    const loader = new Loader("csaf", { provider: metadataUrl() });
    try {
      const { problems } = await loader.visit();
      expect(problems).toEqual([]);
      expect(await loader.ids()).toEqual([expect.stringMatching(/^EXD-\d{4}-0001\/CVE-2021-44228$/)]);
    } finally {
      loader.close();
    }
    const [entry] = await published();
    const folder = folderWith({
      "advisory.json": (await read(entry.content.src)).text,
      "ward.cdx.json": {
        bomFormat: "CycloneDX",
        specVersion: "1.6",
        version: 1,
        components: [
          {
            type: "device",
            name: "Example Bedside Monitor",
            version: "4.1.0",
            cpe: "cpe:2.3:h:example_devices_\\(fictional\\):example_bedside_monitor:4.1.0:*:*:*:*:*:*:*",
          },
        ],
      },
    });
    try {
      const index = join(folder, "intel.db");
      expect((await run(["intel", "build", "--from", join(folder, "advisory.json"), "--out", index])).code).toBe(0);
      const assessed = await run(["assess", join(folder, "ward.cdx.json"), "--intel", index, "--format", "json"]);
      expect(JSON.parse(assessed.out).findings).toMatchObject([
        {
          component: { name: "Example Bedside Monitor" },
          advisory: VULNERABILITY,
          because: { source: "csaf:Example Devices" },
        },
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("the letter to one site lists its units, and comes as PDF", async () => {
    await page.getByRole("link", { name: "Letter" }).click();
    await page.getByRole("heading", { level: 1, name: "Letter to customers" }).waitFor();
    await page.getByRole("combobox", { name: "To" }).click();
    await page.getByRole("option").first().click();
    await page.waitForURL(/site=/);
    const site = new URL(page.url()).searchParams.get("site") ?? "";
    const sites = page.locator(".letter-sheet tbody td:nth-child(4)");
    await expect.poll(() => sites.allTextContents()).toEqual(expect.arrayContaining([site]));
    expect(new Set(await sites.allTextContents())).toEqual(new Set([site]));
    await page.getByLabel("Salutation").fill("Dear biomedical engineers,");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "PDF" }).click();
    const path = await (await download).path();
    expect(readFileSync(path).subarray(0, 5).toString()).toBe("%PDF-");
    await settle(page);
    expect(await violationsOf(page)).toEqual([]);
  });

  test("nothing broke a script or the content security policy on the way", () => {
    expect(complaints).toEqual([]);
  });
});
