/** Frames of the canvas with 300 elements while it is panned, zoomed and drawn on, in Chromium without a graphics card. */
import { loadavg } from "node:os";
import { chromium, type Page } from "playwright-core";
import { buildChanged } from "../scripts/build.ts";
import { ensureChromium } from "../scripts/chromium.ts";
import { canvasServer, DEVICE, largeFile } from "./canvas-server.ts";

const ELEMENTS = 300;
const STEPS = 150;
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"];

/** Times between frames while something is done, in ms. */
async function frames(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    Reflect.set(window, "frameTimes", times);
    const tick = (at: number) => {
      times.push(at);
      Reflect.set(window, "frame", requestAnimationFrame(tick));
    };
    requestAnimationFrame(tick);
  });
  await act();
  const times = await page.evaluate((): number[] => {
    cancelAnimationFrame(Number(Reflect.get(window, "frame")));
    const seen: unknown = Reflect.get(window, "frameTimes");
    return Array.isArray(seen) ? seen : [];
  });
  return times.slice(1).map((at, i) => at - (times[i] ?? at));
}

const share = (values: readonly number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

export async function run() {
  await buildChanged(() => {});
  const server = await canvasServer(largeFile(ELEMENTS));
  const browser = await chromium.launch({ executablePath: ensureChromium().path ?? "", args: FLAGS });
  const measured: { name: string; value: number; unit: string; limit?: number }[] = [];
  try {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    page.on("pageerror", (error) => console.error(error.message));
    const startedAt = performance.now();
    await page.goto(`${server.url}/devices/${DEVICE}/design`);
    await page.locator(".react-flow__node-box").first().waitFor({ timeout: 60_000 });
    measured.push({ name: "from the address to the picture", value: performance.now() - startedAt, unit: "ms" });
    await page.waitForTimeout(1_500);
    const middle = async () => {
      const canvas = await page.locator(".canvas").boundingBox();
      if (canvas === null) throw new Error("the canvas is not to be seen");
      return { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 };
    };
    const say = (name: string, times: readonly number[]) => {
      const promised = name.startsWith("pan") ? { limit: 17 } : {};
      measured.push({
        name: `${name}, median of ${times.length} frames`,
        value: share(times, 0.5),
        unit: "ms",
        ...promised,
      });
      measured.push({ name: `${name}, p95`, value: share(times, 0.95), unit: "ms" });
    };
    /** A point where nothing but the ground is: a pan that begins on a box drags it, one on the small map leaps. */
    const ground = () =>
      page.evaluate(() => {
        const canvas = document.querySelector(".canvas")?.getBoundingClientRect();
        for (let y = (canvas?.bottom ?? 0) - 12; y > (canvas?.top ?? 0) + 100; y -= 9)
          for (let x = (canvas?.left ?? 0) + 180; x < (canvas?.right ?? 0) - 180; x += 9)
            if (document.elementFromPoint(x, y)?.classList.contains("react-flow__pane")) return { x, y };
        throw new Error("no ground to be seen");
      });
    const pan = async () => {
      const { x, y } = await ground();
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (let n = 0; n < STEPS; n++) await page.mouse.move(x + 160 * Math.sin(n / 12), y - 80 * Math.sin(n / 9) ** 2);
      await page.mouse.up();
    };
    const zoom = async () => {
      const { x, y } = await middle();
      await page.mouse.move(x, y);
      for (let n = 0; n < STEPS; n++) await page.mouse.wheel(0, n % 50 < 25 ? -40 : 40);
    };
    say("pan, all of it in sight", await frames(page, pan));
    say("zoom, from all of it", await frames(page, zoom));
    await page.goto(`${server.url}/devices/${DEVICE}/design?item=e${ELEMENTS / 2}`);
    await page.locator(".react-flow__node.selected").waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1_500);
    await page.locator(".react-flow__node.selected").hover();
    for (let n = 0; n < 4; n++) await page.mouse.wheel(0, -200);
    await page.waitForTimeout(500);
    measured.push({
      name: "boxes in sight, close",
      value: await page.locator(".react-flow__node-box").count(),
      unit: "boxes",
    });
    say("pan, close", await frames(page, pan));
    const box = await page.locator(".react-flow__node.selected").boundingBox();
    if (box !== null)
      say(
        "drag a box",
        await frames(page, async () => {
          await page.mouse.move(box.x + box.width / 2, box.y + 12);
          await page.mouse.down();
          for (let n = 0; n < STEPS; n++)
            await page.mouse.move(box.x + box.width / 2 + n, box.y + 12 + 60 * Math.sin(n / 10));
          await page.mouse.up();
        }),
      );
  } finally {
    await browser.close();
    await server.close();
  }
  measured.push({ name: "load of the machine", value: loadavg()[0] ?? 0, unit: "" });
  return measured;
}
