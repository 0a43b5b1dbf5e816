import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { complaintsOf, expectAccessible, openChromium, settle } from "../web/chromium.ts";
import { type RunningCordon, signInFirst, startCordon } from "./start-cordon.ts";

let cordon: RunningCordon;
let browser: Browser;
let page: Page;
let complaints: string[];
let releaseId: string;
let deviceId: string;

beforeAll(async () => {
  cordon = await startCordon();
  browser = await openChromium();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(15_000);
  complaints = complaintsOf(page);
  await signInFirst(page, cordon.link);
  const post = async (path: string, data: object) =>
    (await page.request.post(`${cordon.url}/api${path}`, { data, headers: { origin: cordon.url } })).json();
  deviceId = (await post("/devices", { name: "Ward pump" })).id;
  releaseId = (await post(`/devices/${deviceId}/releases`, { version: "1.0", phase: "design", since: "2026-01-05" }))
    .id;
});
afterAll(async () => {
  await browser?.close();
  await cordon?.stop();
});

interface Stored {
  flows: { id: string; from: string; to: string; fromPort: string | null; toPort: string | null; name: string }[];
  elements: { id: string; name: string; zone: string | null }[];
}
const stored = async (): Promise<Stored> =>
  (await (await page.request.get(`${cordon.url}/api/releases/${releaseId}/security-file`)).json()).file;
const saved = () => page.getByRole("status").filter({ hasText: "Saved" }).waitFor();
const node = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
const opened = async () => {
  await page.goto(`${cordon.url}/devices/${deviceId}/design`);
  await node("application").waitFor();
  await settle(page);
};

async function dragTo(from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

async function middle(selector: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not to be seen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** In the page: pixels of the screen for one of the picture. */
const zoomNow = () =>
  new DOMMatrix(getComputedStyle(document.querySelector(".react-flow__viewport") ?? document.body).transform).a;

/** In the page: a place on the line that is pointed at where the pointer is on a line, if there is one. */
function onLine(): { x: number; y: number } | undefined {
  const path = document.querySelector<SVGPathElement>(".line-over");
  const length = path?.getTotalLength() ?? 0;
  for (let at = 0; at < length; at += 4) {
    const { x, y } = path?.getPointAtLength(at).matrixTransform(path.getScreenCTM() ?? undefined) ?? { x: 0, y: 0 };
    if (document.elementFromPoint(x, y)?.closest(".react-flow__edge")) return { x, y };
  }
}

/** In the page: letters of labels in pixels of the screen, labels that cover each other, and titles of zones that a line passes. */
function lookOver() {
  const texts = [...document.querySelectorAll<SVGTextElement>(".line-label text")];
  const sizes = texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ?? 0));
  const labels = texts.map((text) => ({ text: text.textContent, rect: text.getBoundingClientRect() }));
  const meet = (a: DOMRect, b: DOMRect) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const overlapping = labels.flatMap(({ text, rect }, i) =>
    labels.slice(i + 1).flatMap((other) => (meet(rect, other.rect) ? [`${text} / ${other.text}`] : [])),
  );
  const titles = [...document.querySelectorAll(".zone text")].map((title) => title.getBoundingClientRect());
  const crossed = [...document.querySelectorAll<SVGPathElement>(".line .line-halo")].flatMap((path) => {
    const matrix = path.getScreenCTM();
    const steps = Math.ceil(path.getTotalLength() / 4);
    const passes = Array.from({ length: steps }, (_, n) =>
      path.getPointAtLength(n * 4).matrixTransform(matrix ?? undefined),
    );
    const isIn = ({ left, right, top, bottom }: DOMRect) =>
      passes.some(({ x, y }) => x > left && x < right && y > top && y < bottom);
    return titles.some(isIn) ? [path.closest("[data-id]")?.getAttribute("data-id")] : [];
  });
  return { sizes, overlapping, crossed };
}

describe("the design of a device on the canvas", () => {
  test("an empty release begins from the template", async () => {
    await page.goto(`${cordon.url}/devices/${deviceId}/design`);
    await page.getByRole("button", { name: "Start from the template" }).click();
    await node("application").waitFor();
    expect((await stored()).flows).toHaveLength(5);
    await settle(page);
    await expectAccessible(page, "the canvas");
  });

  test("labels of flows are readable and apart however far away the picture is, and no flow passes a zone's title", async () => {
    const far = [];
    for (let step = 0; step < 5; step++) {
      const zoom = await page.evaluate(zoomNow);
      const { sizes, overlapping, crossed } = await page.evaluate(lookOver);
      expect(sizes.length, `labels at ${zoom}`).toBeGreaterThan(0);
      expect(Math.min(...sizes), `smallest letters at ${zoom}`).toBeGreaterThanOrEqual(10);
      expect(overlapping, `labels over one another at ${zoom}`).toEqual([]);
      expect(crossed, `titles crossed at ${zoom}`).toEqual([]);
      far.push(zoom);
      await page.getByRole("button", { name: "Further away" }).click();
      await expect.poll(() => page.evaluate(zoomNow)).toBeLessThan(zoom * 0.85);
      await settle(page);
    }
    expect(far.at(-1)).toBeLessThan(0.65);
    await page.getByRole("button", { name: "All of it" }).click();
    await expect.poll(() => page.evaluate(zoomNow)).toBeGreaterThan((far[0] ?? 0) * 0.98);
    await settle(page);
  });

  test("a label says all of its words as soon as its line is pointed at", async () => {
    const label = page.locator(".line-label").first();
    const whole = page.locator(".labels-whole text");
    const said = ((await label.locator("text").last().textContent()) ?? "").replace("…", "");
    // A pointer that came while the picture still moved is on nothing until it moves itself.
    await expect
      .poll(async () => {
        await page.mouse.move(0, 0);
        await label.hover();
        return whole.allTextContents();
      })
      .toContainEqual(expect.stringContaining(said));
    await page.mouse.move(0, 0);
    await expect.poll(() => whole.count()).toBe(0);
  });

  test("the words stay as the pointer goes from a line to its label", async () => {
    const whole = page.locator(".labels-whole text");
    let tried = 0;
    for (const label of await page.locator(".line-label").all()) {
      await label.hover();
      await expect.poll(() => whole.count()).toBeGreaterThan(0);
      const place = await page.evaluate(onLine);
      await page.mouse.move(0, 0);
      await expect.poll(() => whole.count()).toBe(0);
      if (place === undefined) continue;
      tried++;
      await page.mouse.move(place.x, place.y);
      await expect.poll(() => whole.count()).toBeGreaterThan(0);
      await label.hover();
      await settle(page);
      expect(await whole.count()).toBeGreaterThan(0);
      await page.mouse.move(0, 0);
      await expect.poll(() => whole.count()).toBe(0);
    }
    expect(tried).toBeGreaterThan(1);
  });

  test("a flow is drawn with the mouse, from an element to an interface of another, and is there after a reload", async () => {
    await node("hospital-system").hover();
    const from = await middle('[data-id="hospital-system"] .react-flow__handle[data-handleid="side:S"]');
    await dragTo(from, await middle('[data-id="application"] .react-flow__handle[data-handleid="network"]'));
    await page.getByRole("heading", { level: 2, name: "Hospital system to Application" }).waitFor();
    await saved();
    await opened();
    const { flows } = await stored();
    expect(flows.find(({ from }) => from === "hospital-system")).toMatchObject({
      to: "application",
      toPort: "network",
    });
    await page.locator('.react-flow__edge[data-id="line:hospital-system-to-application"]').waitFor();
  });

  test("a flow is drawn with the keyboard alone, and one key takes it back", async () => {
    await node("user").focus();
    await page.keyboard.press("f");
    await page.getByRole("dialog", { name: "A flow from User at the bedside" }).waitFor();
    await page.keyboard.type("Stored");
    await page.getByRole("option", { name: "Stored data" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 2, name: "User at the bedside to Stored data" }).waitFor();
    await saved();
    const ends = async () => (await stored()).flows.map(({ from, to }) => `${from} ${to}`);
    expect(await ends()).toContain("user stored-data");
    await node("user").focus();
    await page.keyboard.press("Control+z");
    await expect.poll(ends).not.toContain("user stored-data");
  });

  test("an element is renamed in its place, moved into another zone, and removed with what hangs on it", async () => {
    await opened();
    await node("stored-data").focus();
    await page.keyboard.press("r");
    await page.getByRole("textbox", { name: "Name" }).first().fill("Event log");
    await page.keyboard.press("Enter");
    await expect
      .poll(async () => (await stored()).elements.find(({ id }) => id === "stored-data")?.name)
      .toBe("Event log");
    const zone = await page.locator('[data-id="hospital-network"]').boundingBox();
    await dragTo(await middle('[data-id="stored-data"] svg'), { x: (zone?.x ?? 0) + 70, y: (zone?.y ?? 0) + 40 });
    await expect
      .poll(async () => (await stored()).elements.find(({ id }) => id === "stored-data")?.zone)
      .toBe("hospital-network");
    await saved();
    await node("stored-data").focus();
    await page.keyboard.press("Delete");
    await expect.poll(async () => (await stored()).flows.map(({ id }) => id)).not.toContain("records");
    await expect.poll(async () => (await stored()).elements.map(({ id }) => id)).not.toContain("stored-data");
  });

  test("what somebody else changed meanwhile is not overwritten without a word", async () => {
    await opened();
    await node("user").click();
    const field = page.getByRole("textbox", { name: "Technology" });
    await field.waitFor();
    const { file, revisions } = await (
      await page.request.get(`${cordon.url}/api/releases/${releaseId}/security-file`)
    ).json();
    const user = file.elements.find(({ id }: { id: string }) => id === "user");
    const answer = await page.request.post(`${cordon.url}/api/releases/${releaseId}/security-file/changes`, {
      data: {
        changes: [{ do: "put", kind: "elements", item: { ...user, technology: "theirs" }, was: revisions.user }],
      },
      headers: { origin: cordon.url },
    });
    expect(answer.status()).toBe(200);
    await field.fill("mine");
    await field.blur();
    await page.getByText("Somebody else changed the same thing meanwhile").waitFor();
    const technology = async () =>
      (
        await (await page.request.get(`${cordon.url}/api/releases/${releaseId}/security-file`)).json()
      ).file.elements.find(({ id }: { id: string }) => id === "user").technology;
    expect(await technology()).toBe("theirs");
    await page.getByRole("button", { name: "Keep mine, over theirs" }).click();
    await expect.poll(technology).toBe("mine");
    await expectAccessible(page, "the panel of an element");
  });

  test("the picture is printed as a vector without script, and as lists", async () => {
    await opened();
    await page.getByRole("button", { name: "Print" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "This picture as SVG" }).click();
    const svg = readFileSync(await (await download).path(), "utf8");
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain(">Application</text>");
    expect(svg).not.toMatch(/<(script|foreignObject|style|image)/);
    await page.getByText("As lists").click();
    await page.getByRole("button", { name: "Hospital system", exact: true }).waitFor();
    await settle(page);
    await expectAccessible(page, "the lists");
  });

  test("nothing broke the content security policy", () => {
    expect(complaints).toEqual([]);
  });
});
