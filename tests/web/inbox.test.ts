import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { complaintsOf, expectAccessible, openChromium, settle } from "./chromium.ts";
import { localServer, ROWS } from "./local-server.ts";

let server: Awaited<ReturnType<typeof localServer>>;
let browser: Browser;
let page: Page;
let complaints: string[];

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
  complaints = complaintsOf(page);
});
afterEach(async () => {
  expect(complaints, "scripts and content security policy").toEqual([]);
  await page.context().close();
});

const open = async (address: string) => {
  await page.goto(server.url + address);
  await page.getByRole("grid").waitFor();
  await settle(page);
};
const focusedRow = () => page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex"));

describe("a list of 5,000", () => {
  test("keeps few rows in the page, however far it is read", async () => {
    await open("/threats");
    expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe(String(ROWS + 1));
    for (let turn = 0; turn < 12; turn++) {
      await page.getByRole("grid").evaluate((grid) => grid.scrollTo(0, grid.scrollHeight));
      await settle(page);
    }
    const read = await page.getByRole("row").last().getAttribute("aria-rowindex");
    expect(Number(read)).toBeGreaterThan(1_000);
    expect(await page.getByRole("row").count()).toBeLessThan(60);
  });

  test("is walked with arrows, letters, Home and End; one row holds the focus", async () => {
    await open("/threats");
    await page.getByRole("row").nth(1).focus();
    for (const key of ["ArrowDown", "j", "ArrowDown", "k"]) await page.keyboard.press(key);
    await expect.poll(focusedRow).toBe("4");
    await page.keyboard.press("End");
    await expect.poll(focusedRow).toBe("101");
    await page.keyboard.press("Home");
    await expect.poll(focusedRow).toBe("2");
    expect(await page.locator("[role=row][tabindex='0']").count()).toBe(1);
  });
});

describe("the address", () => {
  test("holds filter, order and the opened line, and restores them", async () => {
    await open("/threats");
    await page.getByRole("button", { name: "Exploited", exact: true }).click();
    await page.getByPlaceholder("CVE, part, words").fill("number 40");
    await expect.poll(() => new URL(page.url()).search).toContain("text=number+40");
    await page.getByRole("row", { name: /CVE-2026-00040/ }).click();
    await page.getByText("What upstream says.").waitFor();
    const address = page.url();
    expect(new URL(address).search).toBe("?exploited=true&text=number+40&advisory=CVE-2026-00040");
    await page.goto("about:blank");
    await page.goto(address);
    await page.getByText("What upstream says.").waitFor();
    expect(await page.getByPlaceholder("CVE, part, words").inputValue()).toBe("number 40");
    expect(await page.getByRole("button", { name: "Exploited", exact: true }).getAttribute("aria-pressed")).toBe(
      "true",
    );
  });

  test("with nonsense in it opens the page without a filter", async () => {
    await open("/threats?rating=purple&show=sideways&sort=7");
    expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe(String(ROWS + 1));
  });

  test("never makes a link out of a reference that is no web address", async () => {
    await open("/threats?advisory=CVE-2026-00001");
    await page.getByText("What upstream says.").waitFor();
    expect(await page.locator("a[href^='javascript']").count()).toBe(0);
    expect(await page.getByRole("link", { name: "example.org/advisory" }).count()).toBe(1);
  });
});

describe("deciding with the keyboard", () => {
  test("one press decides what is selected; undo takes all of it back", async () => {
    await open("/threats");
    await page.getByRole("row").nth(1).focus();
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.getByText("2 vulnerabilities").waitFor();
    await page.keyboard.press("a");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Taken back").waitFor();
    expect(server.asked.decisions).toEqual([
      { advisory: "CVE-2026-00000", state: "affected" },
      { advisory: "CVE-2026-00001", state: "affected" },
    ]);
    expect(server.asked.undone).toHaveLength(2);
  });

  test("accepting asks for the reason and is not sent without one", async () => {
    const before = server.asked.decisions.length;
    await open("/threats");
    await page.getByRole("row").nth(1).focus();
    await page.keyboard.press("c");
    await page.getByLabel(/Why is the risk accepted/).waitFor();
    await page.locator(".decide-why").getByRole("button", { name: "Accepted" }).click();
    expect(server.asked.decisions.length).toBe(before);
  });
});

describe("the shell", () => {
  test("shows only the entries my role may use", async () => {
    await open("/threats");
    const entries = await page.getByRole("navigation", { name: "Main" }).getByRole("link").allTextContents();
    expect(entries.map((entry) => entry.trim())).toEqual(["Cordon", "Today", "Devices", "Threats"]);
  });

  test("stays around an address without a page", async () => {
    await page.goto(`${server.url}/no/such/page`);
    await page.getByRole("main").getByText("There is no page at this address").waitFor();
    expect(await page.getByRole("main").count()).toBe(1);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Threats" }).click();
    await page.waitForURL(/\/threats/);
  });

  test("starts with a skip link, goes to a page on two keys, and explains its keys on ?", async () => {
    await open("/threats");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the page");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await page.waitForURL(/\/devices/);
  });

  test("says what happened and what is safe when an answer does not come", async () => {
    await page.goto(`${server.url}/audits`);
    await page.getByRole("alert").first().waitFor();
    expect(await page.getByRole("alert").first().textContent()).toMatch(/no such thing|Something went wrong/);
  });
});

test.each(["light", "dark"] as const)(
  "the inbox with its details has no serious violation in %s",
  async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await open("/threats?advisory=CVE-2026-00010");
    await expectAccessible(page, colorScheme);
  },
);
