import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { complaintsOf, openChromium, settle, violationsOf } from "../web/chromium.ts";
import { type RunningCordon, startCordon } from "./start-cordon.ts";

const SBOM = join(import.meta.dirname, "../../examples/bedside-monitor/sbom.cdx.json");
const EMAIL = "first@example.org";
const PASSWORD = "a quiet ward at night";

let cordon: RunningCordon;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  cordon = await startCordon();
  browser = await openChromium();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(15_000);
  complaints = complaintsOf(page);
});
afterAll(async () => {
  await browser?.close();
  await cordon?.stop();
});

/** Drops a file the way a person does: out of a file manager onto the zone. */
async function dropFile(zone: string, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content ?? ""], fileName ?? "", { type: "application/json" }));
      return data;
    },
    [name, text],
  );
  await page.dispatchEvent(zone, "dragover", { dataTransfer: transfer });
  await page.dispatchEvent(zone, "drop", { dataTransfer: transfer });
}

describe("the main job, from the first link to the ledger", () => {
  test("the first administrator's link sets a password and signs in", async () => {
    await page.goto(cordon.link);
    await page.getByLabel("E-mail").fill(EMAIL);
    await page.getByLabel("Your name").fill("First Person");
    await page.locator("input[name=password]").fill(PASSWORD);
    await page.locator("input[name=again]").fill(PASSWORD);
    await page.getByRole("button", { name: "Set the password and sign in" }).click();
    await page.getByRole("heading", { level: 1, name: /First$/ }).waitFor();
  });

  test("signing out and in again with the password works", async () => {
    await page.getByRole("button", { name: /First Person/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL(/sign-in/);
    await page.getByLabel("E-mail").fill(EMAIL);
    await page.locator("input[name=password]").fill("not the password at all");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    expect(await page.getByRole("alert").textContent()).toContain("wrong");
    await page.locator("input[name=password]").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(/today/);
  });

  test("a device and a release are added", async () => {
    await page.getByRole("link", { name: "Devices" }).click();
    await page.getByRole("button", { name: "Add a device" }).click();
    await page.getByRole("dialog").locator("input[name=name]").fill("Ward monitor");
    await page.getByRole("button", { name: "Add a function" }).click();
    await page.getByLabel("Function 1: name").fill("watches the heart");
    await page.getByRole("button", { name: "Add the device" }).click();
    await page.getByRole("heading", { level: 1, name: "Ward monitor" }).waitFor();
    await page.getByRole("button", { name: "Add the first release" }).click();
    await page.getByRole("dialog").locator("input[name=version]").fill("1.0.0");
    await page.getByRole("button", { name: "Add the release" }).click();
    await page.getByText("No SBOM yet").first().waitFor();
  });

  test("a broken SBOM is refused with its place, and nothing is stored", async () => {
    await page.getByRole("navigation", { name: "Device" }).getByRole("link", { name: "Parts" }).click();
    await page.locator(".drop").waitFor();
    await dropFile(".drop", "broken.json", readFileSync(SBOM, "utf8").slice(0, 2_000));
    const refusal = page.getByRole("alert");
    await refusal.waitFor();
    expect(await refusal.textContent()).toMatch(/broken\.json.*Nothing was stored/s);
    await refusal.getByRole("button", { name: "Close" }).click();
  });

  test("an SBOM dropped on the page becomes parts and findings", async () => {
    await dropFile(".drop", "sbom.cdx.json", readFileSync(SBOM, "utf8"));
    await page.getByRole("grid", { name: "Parts" }).waitFor();
    await page
      .getByRole("navigation", { name: "Device" })
      .getByRole("link", { name: /Findings/ })
      .click();
    await page.getByRole("grid", { name: "Findings" }).waitFor({ timeout: 30_000 });
    expect(await page.getByRole("row", { name: /CVE-2021-44228/ }).count()).toBe(1);
  });

  test("a finding is decided with the keyboard and taken back with undo", async () => {
    const row = page.getByRole("row", { name: /CVE-2021-44228/ });
    await row.focus();
    await page.keyboard.press("a");
    await row.getByText("Affected").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await row.getByText("New").waitFor();
  });

  test("not affected asks for a reason; the decision leaves the open list", async () => {
    const row = page.getByRole("row", { name: /CVE-2021-44228/ });
    await row.focus();
    await page.keyboard.press("n");
    await page.getByLabel("What did you see?").fill("Look-ups are removed from the class path.");
    await page.locator(".decide-why").getByRole("button", { name: "cannot be reached" }).click();
    await row.waitFor({ state: "detached" });
    const { items } = await (await page.request.get(`${cordon.url}/api/findings?advisory=CVE-2021-44228`)).json();
    expect(items.map(({ note }: { note: string }) => note)).toContain("Look-ups are removed from the class path.");
  });

  test("a supplier's VEX is dropped on the page; its author is trusted once, and the finding says so", async () => {
    const vex = {
      "@context": "https://openvex.dev/ns/v0.2.0",
      "@id": "https://parts.example/vex/1",
      author: "Example Parts",
      timestamp: "2026-01-05T00:00:00Z",
      version: 1,
      statements: [
        {
          vulnerability: "CVE-2022-1471",
          products: ["pkg:maven/org.yaml/snakeyaml@1.29"],
          status: "not_affected",
          justification: "vulnerable_code_not_in_execute_path",
        },
      ],
    };
    await page.getByRole("navigation", { name: "Device" }).getByRole("link", { name: /Parts/ }).click();
    await page.getByText("VEX", { exact: true }).click();
    await dropFile(".drop", "parts.openvex.json", JSON.stringify(vex));
    await page.getByRole("link", { name: "1 proposal to answer" }).click();
    await page.getByRole("button", { name: "Follow it" }).waitFor();
    await page.getByText(/^Authors/).click();
    await page.getByRole("combobox", { name: "Trust in Example Parts" }).click();
    await page.getByRole("option", { name: "Supplier of the part" }).click();
    await page.getByText(/^VEX statements/).click();
    await page.getByText("No statement waits for you").waitFor();
    const { items } = await (await page.request.get(`${cordon.url}/api/findings?advisory=CVE-2022-1471`)).json();
    expect(items.map(({ decidedBy }: { decidedBy: string | null }) => decidedBy)).toContain("VEX of Example Parts");
  });

  test("the ledger has the decision, and verifies", async () => {
    await page.getByRole("link", { name: "Audits" }).click();
    await page.getByRole("grid", { name: "Ledger entries" }).waitFor();
    const row = page.getByRole("row", { name: /First Person.*Finding: decided/ }).first();
    await row.waitFor();
    await page.getByRole("button", { name: "Verify now" }).click();
    await page.getByText(/all signatures verify/).waitFor();
  });

  test("the palette finds a part and leads to it", async () => {
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder(/Device, part/).fill("log4j");
    await page
      .getByRole("button", { name: /log4j-core/ })
      .first()
      .click();
    await page.waitForURL(/parts.*log4j|threats/);
  });
});

describe("a report from outside, without an account", () => {
  let reporter: Page;
  let complained: string[];
  let status = "";
  const found: string[] = [];

  /** Serious violations of the reporter's page: all in light, those of contrast in dark. */
  async function look(): Promise<void> {
    for (const colorScheme of ["light", "dark"] as const) {
      await reporter.emulateMedia({ colorScheme });
      await settle(reporter);
      const rules = colorScheme === "dark" ? ["color-contrast"] : undefined;
      for (const violation of await violationsOf(reporter, rules))
        found.push(`${reporter.url()} ${colorScheme}: ${violation}`);
    }
  }

  test("the form, once it is open, takes a report and gives a number and a link", async () => {
    const intake = await (await page.request.get(`${cordon.url}/api/disclosure/intake`)).json();
    const { addresses: _, ...settings } = intake;
    const data = { ...settings, enabled: true, contactEmail: "psirt@example.org" };
    const opened = await page.request.put(`${cordon.url}/api/disclosure/intake`, {
      data,
      headers: { origin: cordon.url },
    });
    expect(opened.status()).toBe(200);
    reporter = await (await browser.newContext()).newPage();
    complained = complaintsOf(reporter);
    const openedAt = Date.now();
    await reporter.goto(`${cordon.url}/report`);
    await look();
    await reporter.getByLabel("What did you find?").fill("The service port answers");
    await reporter.getByLabel("In which product?").fill("Ward monitor");
    await reporter.getByLabel("How can it be seen?").fill("Connect to port 23 of a spare device.");
    // Whoever is faster than three seconds is taken for a program.
    await reporter.waitForTimeout(Math.max(0, openedAt + 3_200 - Date.now()));
    await reporter.getByRole("button", { name: "Send the report" }).click();
    await reporter.getByRole("heading", { name: /Your report is CVD-/ }).waitFor();
    status = (await reporter.getByRole("link", { name: /\/case\// }).getAttribute("href")) ?? "";
  });

  test("it waits on Today and in Reports; one step acknowledges it", async () => {
    await page.goto(`${cordon.url}/today`);
    await page.getByRole("link", { name: "The service port answers" }).waitFor();
    await page.getByRole("link", { name: "Reports", exact: true }).click();
    await page.getByRole("row", { name: /The service port answers/ }).click();
    await page.getByRole("heading", { level: 1, name: "The service port answers" }).waitFor();
    await page.getByRole("group", { name: "Next step" }).getByRole("button", { name: "Acknowledge" }).click();
    await page.locator(".decide-why").getByRole("button", { name: "Acknowledge" }).click();
    await page.locator(".case-state").getByText("Acknowledged").waitFor();
  });

  test("the reporter's page says so; neither of the two has a serious violation or a complaint", async () => {
    await reporter.goto(status);
    await reporter.locator(".box").getByText("A person has read your report.").waitFor();
    await look();
    expect(found).toEqual([]);
    expect(complained).toEqual([]);
    await reporter.context().close();
  });
});

describe("every page, with real data", () => {
  const addresses = async (): Promise<string[]> => {
    const { items } = await (await page.request.get(`${cordon.url}/api/findings?limit=1`)).json();
    const [finding] = items;
    const cases = await (await page.request.get(`${cordon.url}/api/disclosure/cases?limit=1`)).json();
    const device = `/devices/${finding.device.id}`;
    const release = `release=${finding.release.id}`;
    return [
      "/today",
      "/devices",
      "/devices?view=table",
      "/devices?add=true",
      `${device}?${release}`,
      `${device}/parts?${release}`,
      `${device}/parts?${release}&view=tree`,
      `${device}/parts?${release}&view=quality`,
      `${device}/parts?${release}&view=uploads`,
      `${device}/parts?${release}&view=vex`,
      `${device}/findings?${release}&finding=${finding.id}`,
      `${device}/history?${release}`,
      `/threats?advisory=${finding.advisory}`,
      "/threats/asked",
      "/threats/asked?view=devices",
      "/threats/asked?view=authors",
      "/threats/feeds",
      "/threats/reports",
      "/threats/reports?settings=true",
      `/threats/reports/${cases.items[0].id}`,
      "/audits",
      "/bedside",
      "/people",
      "/people?invite=true",
      "/people?view=keys",
      "/people?view=roles",
      "/account",
      "/no-such-page",
    ];
  };

  test("has no serious accessibility violation in light, and none of contrast in dark", async () => {
    const found: string[] = [];
    for (const address of await addresses()) {
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(cordon.url + address);
      await settle(page);
      for (const violation of await violationsOf(page)) found.push(`${address}: ${violation}`);
      await page.emulateMedia({ colorScheme: "dark" });
      await page.locator("html[data-mantine-color-scheme=dark]").waitFor({ state: "attached" });
      await settle(page);
      for (const violation of await violationsOf(page, ["color-contrast"]))
        found.push(`${address} in dark: ${violation}`);
    }
    expect(found).toEqual([]);
  });

  test("broke no script and no content security policy on the way", () => {
    expect(complaints).toEqual([]);
  });
});
