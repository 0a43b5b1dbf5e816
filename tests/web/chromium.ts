import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import * as z from "zod";
import { ensureChromium } from "../../scripts/chromium.ts";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const Violations = z.array(
  z.object({
    id: z.string(),
    impact: z.string().nullable(),
    nodes: z.array(z.object({ target: z.array(z.unknown()), failureSummary: z.string().optional() })),
  }),
);

export const openChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: ensureChromium().path ?? "", args: FLAGS });

/** Everything the browser complained of: errors of scripts, and what the content security policy stopped. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(`console: ${message.text()}`);
  });
  return complaints;
}

const QUIET_MS = 120;
const SETTLED_BY_MS = 15_000;
const LOOK_EVERY_MS = 25;

interface Traffic {
  open: number;
  movedAt: number;
}
const traffics = new WeakMap<Page, Traffic>();

function trafficOf(page: Page): Traffic {
  const known = traffics.get(page);
  if (known !== undefined) return known;
  const traffic: Traffic = { open: 0, movedAt: Date.now() };
  const count = (change: 1 | -1) => () => {
    traffic.open = Math.max(0, traffic.open + change);
    traffic.movedAt = Date.now();
  };
  page.on("request", count(1));
  page.on("requestfinished", count(-1));
  page.on("requestfailed", count(-1));
  traffics.set(page, traffic);
  return traffic;
}

/**
 * Waits until nothing loads and nothing moves: no request is open, none began for a moment, and no animation runs (a placeholder of
 * rows is one). Playwright's "networkidle" waits half a second on every page for the same.
 */
export async function settle(page: Page): Promise<void> {
  const traffic = trafficOf(page);
  await page.waitForLoadState("load");
  const until = Date.now() + SETTLED_BY_MS;
  while (Date.now() < until) {
    if (traffic.open === 0 && Date.now() - traffic.movedAt > QUIET_MS && (await page.evaluate(isStill))) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`${page.url()} did not come to rest: ${traffic.open} requests are open`);
}

const isStill = () =>
  document.fonts.status === "loaded" &&
  document.querySelector(".canvas-moving") === null &&
  document.getAnimations().every((animation) => animation.playState !== "running");

/** Serious and critical accessibility violations on the page as it is now, one line each; of some rules only, when they are named. */
export async function violationsOf(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe);
  const found = Violations.parse(
    await page.evaluate(async (only) => {
      const run: unknown = Reflect.get(Reflect.get(window, "axe"), "run");
      if (typeof run !== "function") return [];
      const { violations } = await run(document, {
        resultTypes: ["violations"],
        ...(only === null ? {} : { runOnly: { type: "rule", values: only } }),
      });
      return violations;
    }, rules ?? null),
  );
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map((n) => `${id} ${n.target.join(" ")}: ${n.failureSummary ?? ""}`));
}

export const expectAccessible = async (page: Page, where: string): Promise<void> => {
  expect(await violationsOf(page), where).toEqual([]);
};
