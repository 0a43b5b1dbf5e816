import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Finds Chromium for the browser suites, installing Debian's package when this account may. `path` null: why not. */
export function ensureChromium(): { path: string; reason: "" } | { path: null; reason: string } {
  const configured = process.env.CORDON_CHROMIUM;
  const found = [configured, ...PLACES].find((place) => place !== undefined && existsSync(place));
  if (found !== undefined) return { path: found, reason: "" };
  if (!existsSync("/usr/bin/apt-get")) return { path: null, reason: "no Chromium found and this system has no apt" };
  const prefix = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const apt = (...args: string[]) => {
    const [command = "apt-get", ...rest] = [...prefix, "apt-get", ...args];
    return (
      spawnSync(command, rest, {
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      }).status === 0
    );
  };
  console.log("Installing Chromium for the browser suites…");
  if (apt("update", "-qq") && apt("install", "-y", "-qq", "chromium")) return { path: "/usr/bin/chromium", reason: "" };
  return { path: null, reason: "no Chromium found and apt may not install it (run: apt-get install chromium)" };
}
