import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { JUNIT } from "../support/evidence-samples.ts";
import { complaintsOf, openChromium, settle } from "../web/chromium.ts";
import { type RunningCordon, signInFirst, startCordon } from "./start-cordon.ts";

let cordon: RunningCordon;
let browser: Browser;
let page: Page;
let complaints: string[];
let deviceId: string;
let releaseId: string;

const SBOM = {
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  components: [{ type: "library", name: "minimist", version: "1.2.5", purl: "pkg:npm/minimist@1.2.5" }],
};
/** A viewer that nothing leads on from, beside a controller that delivers therapy. */
const FILE = {
  cordon: "security-file/1",
  zones: [
    { id: "ward", name: "Ward network", owner: "hospital", trust: 10 },
    { id: "device", name: "Pump", owner: "manufacturer", trust: 80 },
  ],
  elements: [
    { id: "viewer", name: "Trend viewer", kind: "process", zone: "ward", components: ["pkg:npm/minimist"] },
    { id: "controller", name: "Dose controller", kind: "process", zone: "device", patientsEach: 1 },
  ],
  functions: [{ id: "delivery", name: "Therapy delivery", kind: "therapy", elements: ["controller"] }],
  hazards: [{ id: "overdose", name: "Too much is delivered", functions: ["delivery"] }],
  situations: [{ id: "unseen", name: "Nobody is at the bed", hazards: ["overdose"], harms: ["death"] }],
  harms: [{ id: "death", name: "Death by overdose", severity: "catastrophic" }],
};

beforeAll(async () => {
  cordon = await startCordon();
  browser = await openChromium();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 1000 } })).newPage();
  page.setDefaultTimeout(15_000);
  complaints = complaintsOf(page);
  await signInFirst(page, cordon.link);
  const functions = [{ kind: "therapy", name: "Therapy delivery", harm: "catastrophic" }];
  deviceId = (await post("/devices", { name: "Ward pump", functions })).id;
  releaseId = (await post(`/devices/${deviceId}/releases`, { version: "1.0", phase: "design", since: "2026-01-05" }))
    .id;
  await send("security-file?revision=0", FILE);
  await send("sbom", SBOM);
});
afterAll(async () => {
  await browser?.close();
  await cordon?.stop();
});

const headers = () => ({ origin: cordon.url });
const get = async (path: string) => (await page.request.get(`${cordon.url}/api${path}`)).json();
const post = async (path: string, data: object) =>
  (await page.request.post(`${cordon.url}/api${path}`, { data, headers: headers() })).json();
const send = (path: string, data: object) =>
  page.request.post(`${cordon.url}/api/releases/${releaseId}/${path}`, {
    data: Buffer.from(JSON.stringify(data)),
    headers: { ...headers(), "content-type": "application/octet-stream" },
  });
const finding = async () => (await get(`/findings?releaseId=${releaseId}`)).items[0];
const file = async () => (await get(`/releases/${releaseId}/security-file`)).file;
const tab = (name: string) => page.goto(`${cordon.url}/devices/${deviceId}/${name}`);
const saved = () => page.getByRole("status").filter({ hasText: "Saved" }).waitFor();
const openFinding = async () => {
  await tab("findings");
  await page
    .getByRole("row", { name: /minimist/ })
    .first()
    .click();
  await page.getByText("Trend viewer").first().waitFor();
};

describe("from a part to a patient (TR-1)", () => {
  test("a vulnerable part whose element leads nowhere reaches no patient, and the panel says so", async () => {
    await expect.poll(finding, { timeout: 30_000 }).toBeDefined();
    await openFinding();
    await page.getByText("is in Trend viewer and reaches no function, by the security file").waitFor();
    expect((await finding()).harm).toBeNull();
  });

  test("a flow is drawn with the mouse from that element to the one that delivers therapy", async () => {
    await tab("design");
    const node = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
    await node("viewer").waitFor();
    await settle(page);
    await node("viewer").hover();
    const middle = async (selector: string) => {
      const box = await page.locator(selector).first().boundingBox();
      if (box === null) throw new Error(`${selector} is not to be seen`);
      return [box.x + box.width / 2, box.y + box.height / 2] as const;
    };
    const from = await middle('[data-id="viewer"] .react-flow__handle[data-handleid="side:E"]');
    const to = await middle('.react-flow__node[data-id="controller"]');
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(to[0], to[1] - 1, { steps: 8 });
    await page.mouse.move(...to, { steps: 4 });
    await page.mouse.up();
    await page.getByRole("heading", { level: 2, name: "Trend viewer to Dose controller" }).waitFor();
    await saved();
    expect((await file()).flows).toMatchObject([{ from: "viewer", to: "controller" }]);
  });

  test("the CVE now reaches a death, in its list, in a sentence and as a picture", async () => {
    await expect.poll(async () => (await finding()).harm, { timeout: 20_000 }).toBe("catastrophic");
    await openFinding();
    const way = page.locator(".harm-way");
    await way
      .getByText(/Therapy delivery.*Death by overdose/)
      .first()
      .waitFor();
    await way.getByRole("list", { name: "The way to harm" }).getByText("Dose controller").first().waitFor();
  });

  test("a threat that the rules see in the new flow is accepted with a key (TM-1)", async () => {
    await tab("threats");
    const line = page.locator(".sf-line", { hasText: "Trend viewer to Dose controller" }).first();
    await line.click();
    await page.keyboard.press("a");
    await expect.poll(async () => (await file()).threats.length).toBe(1);
    expect((await file()).threats[0]).toMatchObject({ state: "accepted", rule: expect.any(String) });
  });

  test("a control is added, and its evidence proves it (TR-1, TE-5)", async () => {
    await tab("controls");
    await page.getByRole("button", { name: "Add a control" }).first().click();
    const panel = page.getByRole("complementary");
    const name = panel.getByRole("textbox", { name: "Name" });
    await name.fill("Viewer may only read");
    await name.blur();
    await panel.getByRole("combobox", { name: "State" }).or(panel.getByLabel("State")).first().click();
    await page.getByRole("option", { name: "Implemented" }).click();
    const works = panel.getByRole("combobox", { name: /Works on|Elements/ }).first();
    await works.fill("Trend viewer to");
    await page.getByRole("option", { name: /Trend viewer to Dose controller/ }).click();
    await saved();
    await expect
      .poll(async () => (await file()).controls[0])
      .toMatchObject({ name: "Viewer may only read", state: "implemented", elements: [(await file()).flows[0].id] });

    await tab("evidence");
    await page
      .getByLabel("evidence file")
      .setInputFiles({ name: "bench.junit.xml", mimeType: "text/xml", buffer: Buffer.from(JUNIT) });
    await page.getByRole("combobox", { name: "What does it prove?" }).fill("Viewer may");
    await page.getByRole("option", { name: /Viewer may only read/ }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Keep it", exact: true }).click();
    await page.getByRole("link", { name: "bench.junit.xml" }).waitFor();
    const judged = (await get(`/releases/${releaseId}/security-file/judged`)).file;
    expect(judged.evidence[0].proves).toEqual([judged.controls[0].id]);
  });

  test("the way of the CVE names the control that stands in it, and nothing was complained about", async () => {
    await openFinding();
    await page
      .locator(".harm-way")
      .getByText(/Viewer may only read/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });
});
