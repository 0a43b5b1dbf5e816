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

/** Waits until nothing loads and nothing moves. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== "running"));
}

/** Serious and critical accessibility violations on the page as it is now, one line each. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = Violations.parse(
    await page.evaluate(async () => {
      const run: unknown = Reflect.get(Reflect.get(window, "axe"), "run");
      if (typeof run !== "function") return [];
      const { violations } = await run(document, { resultTypes: ["violations"] });
      return violations;
    }),
  );
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map((n) => `${id} ${n.target.join(" ")}: ${n.failureSummary ?? ""}`));
}

export const expectAccessible = async (page: Page, where: string): Promise<void> => {
  expect(await violationsOf(page), where).toEqual([]);
};
