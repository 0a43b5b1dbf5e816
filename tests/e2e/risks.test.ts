import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningCordon, signInFirst, startCordon } from "./start-cordon.ts";

let cordon: RunningCordon;
let browser: Browser;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  cordon = await startCordon();
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
  page.on("pageerror", (error) => problems.push(error.message));
  await signInFirst(page, cordon.link);
}, 200_000);
afterAll(async () => {
  await browser?.close();
  await cordon?.stop();
}, 60_000);

const get = (path: string) => page.evaluate((at) => fetch(at).then((answer) => answer.json()), `/api${path}`);

test("SRM-3 a reason for an unacceptable risk is written on the Risks tab, and the conclusion follows", async () => {
  const { items } = await get("/devices");
  const pump = items.find(({ name }: { name: string }) => /Infusion Pump/.test(name));
  await page.goto(`${cordon.url}/devices/${pump.id}/risks`);
  await page
    .locator(".risks-sentence")
    .getByText(/1 unacceptable\. The overall residual risk is not acceptable/)
    .waitFor();
  await page.getByRole("img", { name: "Risks before and after mitigation" }).waitFor();
  await page.getByRole("img", { name: "From elements to harms" }).waitFor();
  await page.getByRole("button", { name: /One break into the pump server reaches every pump/ }).click();
  const panel = page.getByRole("complementary", { name: /One break into the pump server/ });
  await panel.getByRole("list", { name: "The way to harm" }).getByText("Pump server").waitFor();
  const path = `/releases/${pump.release.id}/security-file`;
  const treatment = panel.getByRole("combobox", { name: "Treatment" });
  await treatment.click();
  await page.getByRole("option", { name: /^accept$/i }).click();
  const residual = panel.getByRole("textbox", { name: /Residual/ });
  await residual.fill("The library prevents more harm than remains");
  await residual.blur();
  await page
    .locator(".risks-sentence")
    .getByText(/1 accepted for its benefit/)
    .waitFor();
  await expect.poll(async () => (await get(`${path}/risks`)).conclusion.counts.benefit).toBe(1);

  await page.locator(".attack-rows summary").first().click();
  await page.locator(".attack-rows").getByRole("list", { name: "The way to harm" }).first().waitFor();
  expect(problems).toEqual([]);
}, 120_000);
