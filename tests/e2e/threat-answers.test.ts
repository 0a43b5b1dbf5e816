import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { complaintsOf, expectAccessible, openChromium, settle } from "../web/chromium.ts";
import { type RunningCordon, signInFirst, startCordon } from "./start-cordon.ts";

let cordon: RunningCordon;
let browser: Browser;
let page: Page;
let complaints: string[];
let releaseId: string;

beforeAll(async () => {
  cordon = await startCordon();
  browser = await openChromium();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(15_000);
  complaints = complaintsOf(page);
  await signInFirst(page, cordon.link);
  const { items } = await get("/devices");
  const pump = items.find(({ name }: { name: string }) => name === "Example Infusion Pump");
  releaseId = pump.release.id;
  await page.goto(`${cordon.url}/devices/${pump.id}/threats`);
  await page.locator(".sf-group").first().waitFor();
});
afterAll(async () => {
  await browser?.close();
  await cordon?.stop();
});

const get = async (path: string) => (await page.request.get(`${cordon.url}/api${path}`)).json();
interface Kept {
  id: string;
  state: string;
  reason: string;
  rule: string | null;
}
const threats = async (): Promise<Kept[]> => (await get(`/releases/${releaseId}/security-file`)).file.threats;
const lines = () => page.locator(".sf-line");
const idOf = async (nth: number) => (await lines().nth(nth).getAttribute("data-proposal")) ?? "";
const settled = () => page.getByRole("status").filter({ hasText: "Saved" }).waitFor();
const saved = async (id: string) => (await threats()).find((threat) => threat.id === id);

test("a proposed threat is accepted with one key, and the next one is at hand (TM-1)", async () => {
  const before = await lines().count();
  const id = await idOf(0);
  await page.keyboard.press("j");
  await page.keyboard.press("a");
  await expect.poll(() => lines().count()).toBe(before - 1);
  await expect.poll(async () => (await saved(id))?.state).toBe("accepted");
  await expect.poll(() => page.locator(".sf-line:focus").count()).toBe(1);
});

test("undo takes it back: it is proposed again", async () => {
  const before = await lines().count();
  await page.keyboard.press("z");
  await expect.poll(() => lines().count()).toBe(before + 1);
});

test("a rejection asks for its reason, and keeps it", async () => {
  await settled();
  const id = await idOf(1);
  await page.locator(`.sf-line[data-proposal="${id}"]`).click();
  await page.keyboard.press("r");
  await page.getByLabel("Why does it not apply?").fill("The socket is not fitted in series");
  await page.keyboard.press("Control+Enter");
  await expect
    .poll(() => saved(id), { timeout: 10_000 })
    .toMatchObject({ state: "rejected", reason: "The socket is not fitted in series" });
});

test("several at once, by group", async () => {
  const group = page.locator(".sf-group").last();
  const ids = await group.locator(".sf-line").evaluateAll((all) => all.map((one) => one.getAttribute("data-proposal")));
  await group.locator("h3 input").click();
  await page.locator(".bulk").getByRole("button", { name: "Accept" }).click();
  for (const id of ids) await expect.poll(async () => (await saved(id ?? ""))?.state).toBe("accepted");
});

test("what is missing names its section and leads to the item; nobody is shut out, nothing is complained about", async () => {
  await settle(page);
  await expectAccessible(page, "threats to answer");
  await page.locator(".segments label", { hasText: "What is missing" }).click();
  await page.locator(".sf-check h3", { hasText: "SRM-6" }).waitFor();
  await page.getByRole("button", { name: /The screen locks after 60 seconds/ }).click();
  await page.locator(".panel h2", { hasText: "The screen locks after 60 seconds" }).waitFor();
  await expectAccessible(page, "what is missing");
  await page.locator(".segments label", { hasText: /^Threats/ }).click();
  await page.locator(".sf-threat-table").waitFor();
  await expectAccessible(page, "threats");
  expect(complaints).toEqual([]);
});
