/** `node scripts/pictures.ts`: takes the pictures of README.md anew from the example program, as it really runs. Needs Chromium. */
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium, type Page } from "playwright-core";
import { ensureChromium } from "./chromium.ts";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "cordon-pictures-"));
chmodSync(folder, 0o755);
const port = await freePort();
const program = spawn(process.execPath, [join(root, "scripts/start.ts")], {
  env: { ...process.env, CORDON_DATA: folder, CORDON_PORT: String(port), NO_COLOR: "1" },
  stdio: ["ignore", "pipe", "inherit"],
});
const ended = new Promise<void>((done) => program.once("exit", () => done()));
const browser = await chromium.launch({ executablePath: ensureChromium().path ?? "", args: ["--no-sandbox"] });
try {
  const link = await linkIn(program.stdout);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
  const page = await context.newPage();
  await signIn(page, link);
  await inbox(page, new URL(link).origin);
  await device(page, new URL(link).origin);
  await design(page, new URL(link).origin);
  await risks(page, new URL(link).origin);
} finally {
  await browser.close();
  program.kill("SIGINT");
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

async function signIn(page: Page, link: string): Promise<void> {
  const password = "a quiet ward at night";
  await page.goto(link);
  await page.getByLabel("E-mail").fill("robin@example.org");
  await page.getByLabel("Your name").fill("Robin Example");
  await page.locator("input[name=password]").fill(password);
  await page.locator("input[name=again]").fill(password);
  await page.getByRole("button", { name: "Set the password and sign in" }).click();
  await page.getByRole("heading", { level: 1, name: /Robin$/ }).waitFor();
}

/** The inbox with one vulnerability open, as somebody at work sees it. */
async function inbox(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/threats?show=open`);
  await page.getByRole("grid", { name: "Vulnerabilities" }).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Why it is affected" }).waitFor();
  await shoot(page, "inbox.png");
}

/** The pump's design on the canvas, from its security file. */
async function design(page: Page, url: string): Promise<void> {
  await page.goto(`${await pump(page, url)}/design`);
  await page.locator(".react-flow__node").first().waitFor();
  await shoot(page, "design.png");
}

/** The pump's risks, from its security file. */
async function risks(page: Page, url: string): Promise<void> {
  await page.goto(`${await pump(page, url)}/risks`);
  await page.getByRole("heading", { name: "Before and after mitigation" }).waitFor();
  await shoot(page, "risks.png");
}

async function pump(page: Page, url: string): Promise<string> {
  const { items } = await (await page.request.get(`${url}/api/devices?text=Infusion%20Pump`)).json();
  return `${url}/devices/${items[0].id}`;
}

async function device(page: Page, url: string): Promise<void> {
  const { items } = await (await page.request.get(`${url}/api/devices?limit=1`)).json();
  await page.goto(`${url}/devices/${items[0].id}`);
  await page.getByRole("heading", { level: 1, name: items[0].name }).waitFor();
  await shoot(page, "device.png");
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.mouse.move(0, 0);
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(root, "docs/images", name) });
  process.stdout.write(`docs/images/${name}\n`);
}

/** Reads on after the link: a program whose output nobody takes stops. */
function linkIn(output: NodeJS.ReadableStream): Promise<string> {
  let said = "";
  return new Promise((found, failed) => {
    output.on("data", (bytes: Buffer) => {
      said += bytes.toString("utf8");
      const [match] = /http:\/\/\S+\/link#[\w-]{43}/.exec(said) ?? [];
      if (match !== undefined) found(match);
    });
    output.once("end", () => failed(new Error(`Cordon ended before it was ready:\n${said}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => found(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
