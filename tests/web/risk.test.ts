import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { complaintsOf, expectAccessible, openChromium, settle } from "./chromium.ts";
import { localServer } from "./local-server.ts";

let server: Awaited<ReturnType<typeof localServer>>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await localServer();
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
});

const open = async (advisory: string) => {
  await page.goto(`${server.url}/threats?advisory=${advisory}`);
  await page.locator(".control").waitFor();
  await settle(page);
};

test("how bad: one key decides a clear proposal and undo takes it back; an unclear one asks why, an answer against the file too", async () => {
  const complaints = complaintsOf(page);
  await open("CVE-2026-00010");
  expect(await page.locator(".control-word").textContent()).toContain("Uncontrolled risk");
  await page.keyboard.press("r");
  await page.getByText("decided", { exact: true }).waitFor();
  expect(server.asked.risks).toEqual([
    { advisory: "CVE-2026-00010", risk: "uncontrolled", why: "", learnedAt: undefined },
  ]);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("proposed", { exact: true }).waitFor();

  await open("CVE-2026-00011");
  await page.getByText("proposed, not clear").waitFor();
  await page.keyboard.press("r");
  expect(server.asked.risks).toHaveLength(1);
  const learned = page.getByLabel("Learned of on");
  expect(await learned.inputValue()).toBe("2026-01-15");
  await learned.fill("2026-01-12");
  await page.getByLabel(/Why is it uncontrolled/).fill("It stops the pump");
  await page.locator(".control form").getByRole("button", { name: "Decide uncontrolled" }).click();
  await expect.poll(() => server.asked.risks[1]?.why).toBe("It stops the pump");

  expect(server.asked.risks[1]?.learnedAt).toMatch(/^2026-01-12T/);
  await page.getByText("Rubric for medical devices").click();
  await page.locator(".asking", { hasText: "Beyond the part?" }).getByRole("button", { name: "Yes" }).click();
  await expect.poll(() => server.asked.answers).toEqual(["XS yes"]);
  await page.locator(".asking", { hasText: "At will?" }).getByRole("button", { name: "No" }).click();
  await page.getByLabel(/against the file/).fill("seen in the laboratory");
  await page.getByRole("button", { name: "Answer", exact: true }).click();
  await expect.poll(() => server.asked.answers).toEqual(["XS yes", "XACL no"]);
  await expectAccessible(page, "how bad");
  expect(complaints).toEqual([]);
});
