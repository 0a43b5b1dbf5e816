/** `npm run check`: format and lint (Biome), types (tsc), dead code (knip). Stops at nothing; says all that is wrong. */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const steps: [string, string[]][] = [
  ["biome", ["check", "--error-on-warnings", "."]],
  ["tsc", ["-p", "."]],
  ["knip", []],
];
const failed = steps.filter(([tool, args]) => {
  const { status } = spawnSync(join(root, "node_modules", ".bin", tool), args, { cwd: root, stdio: "inherit" });
  console.log(`${tool}: ${status === 0 ? "ok" : "failed"}`);
  return status !== 0;
});
process.exit(failed.length === 0 ? 0 : 1);
