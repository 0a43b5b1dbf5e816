import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wholeFile } from "../support/traced-file.ts";
import { complaintsOf, expectAccessible, openChromium, settle } from "../web/chromium.ts";
import { type RunningCordon, signInFirst, startCordon } from "./start-cordon.ts";

let cordon: RunningCordon;
let browser: Browser;
let page: Page;
let complaints: string[];
let at: string;

beforeAll(async () => {
  cordon = await startCordon();
  browser = await openChromium();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(15_000);
  complaints = complaintsOf(page);
  await signInFirst(page, cordon.link);
  const headers = { origin: cordon.url };
  const post = async (path: string, data: object) =>
    (await page.request.post(`${cordon.url}/api${path}`, { data, headers })).json();
  const device = await post("/devices", { name: "Ward pump" });
  const release = await post(`/devices/${device.id}/releases`, {
    version: "1.0",
    phase: "design",
    since: "2026-01-05",
  });
  await page.request.post(`${cordon.url}/api/releases/${release.id}/security-file?how=replace&revision=0`, {
    data: Buffer.from(JSON.stringify(wholeFile())),
    headers: { ...headers, "content-type": "application/octet-stream", "x-file-name": "f.json" },
  });
  at = `${cordon.url}/devices/${device.id}/controls`;
});
afterAll(async () => {
  await browser?.close();
  await cordon?.stop();
});

const category = (name: string) => page.getByRole("list", { name: /eight categories/ }).getByRole("button", { name });
const saved = () => page.getByRole("status").filter({ hasText: "Saved" }).waitFor();

describe("the controls of a release", () => {
  test("D9: the eight categories, and a checkable that is answered by a new control", async () => {
    await page.goto(at);
    await category("Code, data, execution integrity").waitFor();
    expect(await category("Code, data, execution integrity").innerText()).toContain("Implemented and tested");
    expect(await category("Confidentiality").innerText()).toContain("Alternative");
    expect(await category("Firmware and software updates").innerText()).toContain("Nothing yet");
    await settle(page);
    await expectAccessible(page, "controls");

    await category("Firmware and software updates").click();
    await page.getByRole("button", { name: "What is asked" }).click();
    const asked = page.getByRole("grid", { name: "What is asked" });
    const row = asked.getByRole("row", { name: /FDA-UPD-2/ });
    await row.getByRole("button", { name: "Add a control" }).click();
    await page
      .getByRole("complementary")
      .getByRole("heading", { name: /interrupted leaves a safe device/ })
      .waitFor();
    await saved();
    expect(await category("Firmware and software updates").innerText()).toContain("Not all implemented");
    await row.getByRole("button", { name: /interrupted/ }).waitFor();
  });

  test("TR-1: the matrix goes from both ends, its gaps stand out, and it leaves as a workbook", async () => {
    await page.goto(`${at}?view=matrix&from=controls`);
    const matrix = page.getByRole("grid", { name: "Traceability" });
    const row = matrix.getByRole("row", { name: /Signature over the library/ });
    for (const name of [
      "A forged library",
      "Wrong dose",
      "Libraries are signed",
      "Pump controller",
      "Forged library is refused",
    ])
      await row.getByRole("button", { name }).waitFor();
    await matrix.getByText("TR-1 The control works on no element").waitFor();
    await page.getByRole("button", { name: /With gaps/ }).click();
    await row.waitFor({ state: "detached" });
    await page.getByRole("combobox", { name: "A line is" }).or(page.getByLabel("A line is")).first().click();
    await page.getByRole("option", { name: "From each threat" }).click();
    await page.getByRole("button", { name: /With gaps/ }).click();
    await matrix
      .getByRole("row", { name: /A forged library/ })
      .getByRole("button", { name: "Signature over the library" })
      .waitFor();
    await settle(page);
    await expectAccessible(page, "controls");

    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: /XLSX/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("Ward-pump-1.0-trace.xlsx");
    expect(complaints).toEqual([]);
  });
});
