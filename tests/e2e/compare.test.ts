import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { complaintsOf, expectAccessible, openChromium, settle } from "../web/chromium.ts";
import { type RunningCordon, signInFirst, startCordon } from "./start-cordon.ts";

let cordon: RunningCordon;
let browser: Browser;
let page: Page;
let complaints: string[];
let deviceId: string;
let before: string;
let after: string;

const FILE = {
  cordon: "security-file/1",
  elements: [
    { id: "controller", name: "Controller", kind: "process", components: ["pkg:generic/openssl@3.0.1"] },
    { id: "server", name: "Pump server", kind: "external-system" },
  ],
  flows: [
    {
      id: "orders",
      name: "Orders",
      from: "server",
      to: "controller",
      path: { protocol: "MQTT", authentication: "Password", cryptography: "TLS 1.2" },
    },
  ],
  controls: [
    { id: "tls", name: "Orders over TLS", category: "cryptography", state: "implemented", elements: ["orders"] },
  ],
  tests: [
    {
      id: "scan",
      name: "Scan of the order port",
      method: "requirement",
      verifies: ["tls"],
      results: [{ outcome: "passed", on: "2026-02-01", release: "1.0" }],
    },
  ],
};

beforeAll(async () => {
  cordon = await startCordon();
  browser = await openChromium();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 1000 } })).newPage();
  page.setDefaultTimeout(15_000);
  complaints = complaintsOf(page);
  await signInFirst(page, cordon.link);
  deviceId = (await post("/devices", { name: "Ward pump" })).id;
  before = (await post(`/devices/${deviceId}/releases`, { version: "1.0", phase: "design", since: "2026-01-05" })).id;
  const sent = await page.request.post(`${cordon.url}/api/releases/${before}/security-file?revision=0`, {
    data: Buffer.from(JSON.stringify(FILE)),
    headers: { origin: cordon.url, "content-type": "application/octet-stream" },
  });
  expect(sent.status(), await sent.text()).toBeLessThan(300);
});
afterAll(async () => {
  await browser?.close();
  await cordon?.stop();
});

const post = async (path: string, data: object) =>
  (await page.request.post(`${cordon.url}/api${path}`, { data, headers: { origin: cordon.url } })).json();
const stored = async () => (await page.request.get(`${cordon.url}/api/releases/${after}/security-file`)).json();
const compare = () => page.goto(`${cordon.url}/devices/${deviceId}/design/compare?release=${after}`);

describe("two releases side by side in a browser (FDA VII.D)", () => {
  test("the design leads there, and a device with one release says what the page is for", async () => {
    await page.goto(`${cordon.url}/devices/${deviceId}/design?release=${before}`);
    await page.getByRole("link", { name: "Compare with another release" }).click();
    await page.getByText("1.0 is the only release so far").waitFor();
    await page.getByRole("button", { name: "Add a release" }).waitFor();
  });

  test("the next release starts from the file of the one before, and then nothing differs", async () => {
    const next = { version: "1.1", phase: "design", since: "2026-03-02", current: true };
    after = (await post(`/devices/${deviceId}/releases`, next)).id;
    await compare();
    await page.getByRole("button", { name: "Start 1.1 from the file of 1.0" }).click();
    await page.getByText("Nothing differs between 1.0 and 1.1").waitFor();
    expect((await stored()).file.flows).toHaveLength(1);
  });

  test("another cipher may impact cybersecurity: the reasons, both values, and the test that is to run again", async () => {
    const { file, revisions } = await stored();
    const [orders] = file.flows;
    const changes = [
      {
        do: "put",
        kind: "flows",
        item: { ...orders, path: { ...orders.path, cryptography: "TLS 1.3" } },
        was: revisions.orders,
      },
    ];
    await post(`/releases/${after}/security-file/changes`, { changes });
    await compare();
    const proposal = page.getByRole("region", { name: "What the FDA asks then" });
    await proposal.getByText("may impact cybersecurity").waitFor();
    expect(await proposal.innerText()).toMatch(
      /since 1\.0 may impact cybersecurity: it touches cryptography[\s\S]*flow “Orders” changed: cryptography/,
    );
    expect(await proposal.innerText()).toMatch(/full set of documents follows[\s\S]*Cybersecurity testing/);
    const area = page.getByRole("region", { name: "Cryptography" });
    expect(await area.getByRole("row").last().innerText()).toMatch(/Cryptography\s+TLS 1\.2\s+TLS 1\.3/);
    const broken = page.getByRole("region", { name: "No longer holds" });
    expect(await broken.innerText()).toMatch(
      /Scan of the order port\s+Rests on Orders over TLS, which rests on Orders/,
    );
    await settle(page);
    await expectAccessible(page, "the comparison");
  });

  test("it leaves as the same Markdown as from the command line", async () => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as Markdown" }).click();
    const text = readFileSync(await (await download).path(), "utf8");
    expect(text).toContain("## Security file, Ward pump: 1.0 to 1.1");
    expect(text).toContain("| flow Orders (orders) | path.cryptography | TLS 1.2 | TLS 1.3 |");
  });

  test("what no longer holds is one press away from where it is worked on", async () => {
    await page.getByRole("link", { name: "Scan of the order port" }).click();
    await page.getByRole("heading", { level: 2, name: "Scan of the order port" }).waitFor();
    expect(new URL(page.url()).searchParams.get("item")).toBe("scan");
    await page.goBack();
    await page.getByRole("region", { name: "What the FDA asks then" }).waitFor();
  });

  test("nothing broke the content security policy", () => {
    expect(complaints).toEqual([]);
  });
});
