import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PENTEST, SARIF } from "../support/evidence-samples.ts";
import { complaintsOf, openChromium, settle } from "../web/chromium.ts";
import { type RunningCordon, signInFirst, startCordon } from "./start-cordon.ts";

let cordon: RunningCordon;
let browser: Browser;
let page: Page;
let complaints: string[];
let at = "";
const PICTURES = process.env.EVIDENCE_PICTURES;

beforeAll(async () => {
  cordon = await startCordon();
  browser = await openChromium();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 1000 } })).newPage();
  page.setDefaultTimeout(15_000);
  complaints = complaintsOf(page);
  await signInFirst(page, cordon.link);
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(`${cordon.url}/api${path}`, { data, headers: { origin: cordon.url } });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  const device = await post("/devices", { name: "Bench pump" });
  const release = await post(`/devices/${device.id}/releases`, {
    version: "2.4",
    phase: "design",
    since: "2026-01-05",
  });
  const control = (id: string, name: string, freshnessDays: number | null) => ({
    do: "put",
    kind: "controls",
    was: null,
    item: { id, name, state: "implemented", freshnessDays },
  });
  await post(`/releases/${release.id}/security-file/changes`, {
    changes: [
      control("signed-updates", "Signed updates", 90),
      control("service-login", "Log-in at the service port", 365),
      control("audit-log", "Audit log off the device", 30),
    ],
  });
  at = `${cordon.url}/devices/${device.id}/evidence?release=${release.id}`;
});
afterAll(async () => {
  await browser?.close();
  await cordon?.stop();
});

const picture = async (name: string) => {
  if (PICTURES === undefined) return;
  await settle(page);
  await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
};
const drop = (name: string, text: string) =>
  page
    .getByLabel("evidence file")
    .setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });
const keep = async (name: string, text: string, control: string) => {
  await drop(name, text);
  await page.getByRole("combobox", { name: "What does it prove?" }).fill(control);
  await page.getByRole("option", { name: control }).click();
  await page.keyboard.press("Escape");
  await picture(`seen-${control.split(" ")[0]}`);
  await page.getByRole("button", { name: "Keep it", exact: true }).click();
  await page.getByRole("link", { name }).waitFor();
};

test("evidence is seen before it is kept, findings are decided with the keyboard, and the control is proven", async () => {
  await page.goto(at);
  await page.getByText("0 of 3 controls and tests").waitFor();
  await picture("empty");

  await drop("report.sarif", "PK\u0003\u0004");
  await page.getByText("This is a ZIP archive, whatever its name says").waitFor();
  await page.getByRole("button", { name: "Close" }).click();

  await drop("codeql.sarif", SARIF);
  await page.getByText("CodeQL 2.19.3").waitFor();
  await page.getByRole("button", { name: "Do not keep it" }).click();
  await keep("codeql.sarif", SARIF, "Signed updates");
  await keep("findings.csv", PENTEST, "Log-in at the service port");
  await picture("open");

  const rows = page.locator(".test-findings > li > button");
  expect(await rows.count()).toBe(4);
  await rows.first().focus();
  await page.keyboard.press("d");
  await page.getByLabel("Release that fixes it").fill("2.5");
  await page.getByLabel("On which day").fill("2027-03-01");
  await page.getByLabel("Why?").fill("Needs the new parser");
  await picture("deferring");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => page.locator(".finding-deferred").count()).toBe(1);
  for (let left = 3; left > 0; left--) {
    await page.locator("button[data-finding]").filter({ hasText: "Open" }).first().focus();
    await page.keyboard.press("c");
    await page.getByLabel("Why?").fill("Only reachable with the case open");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => page.locator(".finding-open").count()).toBe(left - 1);
  }
  await page.getByText("2 of 3 controls and tests").waitFor();
  await picture("proven");
  await page.getByRole("button", { name: "As table" }).click();
  await page.getByRole("rowheader", { name: "Signed updates" }).waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "SVG" }).click();
  expect((await download).suggestedFilename()).toMatch(/^proven-days-.*\.svg$/);
  if (PICTURES !== undefined) await (await download).saveAs(`${PICTURES}/export.svg`);
  expect(complaints).toEqual([]);
});
