import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { complaintsOf, openChromium, settle } from "../web/chromium.ts";
import { type RunningCordon, signInFirst, startCordon } from "./start-cordon.ts";

let cordon: RunningCordon;
let browser: Browser;
let page: Page;
let complaints: string[];
let keys = 0;

beforeAll(async () => {
  cordon = await startCordon();
  browser = await openChromium();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(15_000);
  complaints = complaintsOf(page);
  await signInFirst(page, cordon.link);
});
afterAll(async () => {
  await browser?.close();
  await cordon?.stop();
});

async function press(...names: string[]): Promise<void> {
  for (const name of names) {
    await page.keyboard.press(name);
    keys += 1;
  }
}

const get = async (path: string) => (await page.request.get(`${cordon.url}/api${path}`)).json();

interface Finding {
  id: string;
  advisory: string;
  state: string;
  justification: string | null;
  decidedBy: string | null;
  revision: number;
  component: { name: string; version: string; purl: string };
}
const findings = async (query: string): Promise<Finding[]> => (await get(`/findings?limit=200&${query}`)).items;

/** Findings that the ledger says were decided, in its order. */
async function ledger(): Promise<{ action: string; subject: { id: string } }[]> {
  const { items } = await get("/ledger/entries?limit=200&subjectType=finding");
  return items.filter((entry: { actor: { name: string } }) => entry.actor.name === "First Person");
}

/** The vulnerability whose details are open now. */
const shown = () => page.locator(".detail h2").first().textContent();
const isDone = async (key: string) => {
  await expect.poll(shown).not.toBe(key);
};

describe("thirty findings, with the keyboard only", () => {
  const decided: { advisory: string; state: string }[] = [];

  test("g h goes to the inbox; one key decides and goes on to the next by itself", async () => {
    await press("g", "h");
    await page.waitForURL(/threats/);
    await page.goto(`${cordon.url}/threats?show=new`);
    await page.getByRole("grid", { name: "Vulnerabilities" }).waitFor();
    await settle(page);
    keys = 0;
    await press("j", "Enter");
    await page.locator(".detail h2").first().waitFor();
    const plan = [["a"], ["n", "2"], ["."], ["t"], ["f"], ["a"], ["n", "1"], ["."], ["."], ["f"]] as const;
    const meant = ["affected", "not-affected", "not-affected", "in-triage", "fixed"].concat([
      "affected",
      "not-affected",
      "not-affected",
      "not-affected",
      "fixed",
    ]);
    while (decided.length < 24) {
      const turn = decided.length % plan.length;
      const advisory = (await shown()) ?? "";
      await press(...(plan[turn] ?? []));
      await isDone(advisory);
      decided.push({ advisory, state: meant[turn] ?? "" });
    }
  });

  test("accepting asks for the reason, and Enter gives it", async () => {
    const advisory = (await shown()) ?? "";
    await press("c");
    await page.keyboard.type("Service port only; until release 5");
    await press("Enter");
    await isDone(advisory);
    decided.push({ advisory, state: "accepted" });
  });

  test("x selects, and one key decides all that is selected", async () => {
    await press("Escape");
    await page.locator(".detail").waitFor({ state: "detached" });
    const chosen = [];
    for (let i = 0; i < 5; i++) {
      const row = page.locator("[role=row]:focus");
      chosen.push(/CVE-\d+-\d+/.exec((await row.textContent()) ?? "")?.[0] ?? "");
      await press("x", "j");
    }
    await page.locator(".bulk").getByText("5 vulnerabilities").waitFor();
    await press("f");
    await page.locator(".bulk").waitFor({ state: "detached" });
    decided.push(...chosen.map((advisory) => ({ advisory, state: "fixed" })));
  });

  test("every decision arrived as it was meant, and the ledger shows each of the findings", async () => {
    expect(new Set(decided.map(({ advisory }) => advisory)).size).toBe(30);
    await expect.poll(async () => (await findings("state=fixed")).length, { timeout: 10_000 }).toBeGreaterThan(8);
    const ids = new Set<string>();
    for (const { advisory, state } of decided) {
      await expect.poll(async () => (await findings(`advisory=${advisory}&state=new`)).length).toBe(0);
      const mine = (await findings(`advisory=${advisory}&state=${state}`)).filter(
        (f) => f.decidedBy === "First Person",
      );
      expect(mine.length, `${advisory} ${state}`).toBeGreaterThan(0);
      for (const finding of mine) ids.add(finding.id);
    }
    expect(ids.size).toBeGreaterThanOrEqual(30);
    const recorded = new Set((await ledger()).map(({ subject }) => subject.id));
    expect([...ids].filter((id) => !recorded.has(id))).toEqual([]);
    // 24 by 32 keys, one accepted by 2 and a sentence, five by 11, and the three that began.
    expect(keys / decided.length).toBeLessThan(1.8);
  });

  test("z takes the last decision back, all of it, and the lines are there again", async () => {
    const last = decided.slice(-5).map(({ advisory }) => advisory);
    await press("z");
    for (const advisory of last) {
      await expect.poll(async () => (await findings(`advisory=${advisory}&state=new`)).length).toBeGreaterThan(0);
      await page.getByRole("row", { name: new RegExp(advisory) }).waitFor();
    }
    expect((await ledger()).some(({ action }) => action === "finding.decision-undone")).toBe(true);
  });

  test("a filter saved under a name opens the inbox next time", async () => {
    await page.goto(`${cordon.url}/threats?show=new&exploited=true`);
    await page.getByRole("button", { name: "Saved filters" }).press("Enter");
    await page.getByLabel("Name of this filter").fill("New and exploited");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Open Threats with New and exploited" }).press("Enter");
    await page.getByRole("button", { name: /opens with New and exploited/ }).waitFor();
    await page.goto(`${cordon.url}/today`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await press("g", "h");
    await page.waitForURL(/show=new&exploited=true/);
  });

  test("a saved filter is renamed, and made the filter on the page; undo gives the old one back", async () => {
    const saved = async () => (await (await page.request.get(`${cordon.url}/api/saved-filters`)).json()).items[0];
    await page.goto(`${cordon.url}/threats?show=done`);
    await page.getByRole("button", { name: "Saved filters" }).press("Enter");
    await page.getByRole("button", { name: "Rename New and exploited" }).press("Enter");
    await page.getByLabel("New name of New and exploited").fill("Morning");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Make Morning the filter on the page now" }).press("Enter");
    await expect.poll(saved).toMatchObject({ name: "Morning", search: "show=done", isDefault: true });
    await page.getByRole("button", { name: "Undo" }).last().click();
    await expect.poll(saved).toMatchObject({ name: "Morning", search: "show=new&exploited=true" });
  });
});

test("what was decided for a part is proposed for another device that has it, and p accepts it", async () => {
  const [decided] = (await findings("state=not-affected")).filter((f) => f.justification === "code_not_reachable");
  const { component, advisory } = decided as Finding;
  const post = async (path: string, data: object | Buffer, type = "application/json") =>
    (
      await page.request.post(`${cordon.url}/api${path}`, {
        data,
        headers: { origin: cordon.url, "content-type": type },
      })
    ).json();
  const device = await post("/devices", { name: "Another device" });
  const release = await post(`/devices/${device.id}/releases`, {
    version: "1.0",
    phase: "development",
    since: "2026-01-05",
  });
  const { name, version, purl } = component;
  const components = [{ type: "library", "bom-ref": "part", name, version, purl }];
  const sbom = { bomFormat: "CycloneDX", specVersion: "1.5", components };
  await post(`/releases/${release.id}/sbom`, Buffer.from(JSON.stringify(sbom)), "application/octet-stream");
  await expect
    .poll(async () => (await findings(`advisory=${advisory}&state=new&releaseId=${release.id}`)).length)
    .toBe(1);
  await page.goto(`${cordon.url}/threats?show=new&by=device&text=${advisory}`);
  await page.getByRole("grid", { name: "Vulnerabilities" }).waitFor();
  await press("j", "Enter");
  const proposed = page.getByRole("region", { name: "Proposed decision" });
  await proposed.getByText(/First Person decided so for the same part/).waitFor();
  expect(await proposed.textContent()).toContain("The vulnerable code cannot be reached");
  await press("p");
  await expect
    .poll(async () => (await findings(`advisory=${advisory}&releaseId=${release.id}`)).map(({ state }) => state))
    .toEqual(["not-affected"]);
});

test("nothing broke a script or the content security policy on the way", () => {
  expect(complaints).toEqual([]);
});
