/**
 * `npm test`: what the tests need is installed where that is allowed, then the checks and every suite run.
 * Ends with one line "N passed, N failed, N skipped". Exit code 1 when anything failed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ensureChromium } from "./chromium.ts";

const root = resolve(import.meta.dirname, "..");
const bin = join(root, "node_modules", ".bin");
const scratch = mkdtempSync(join(tmpdir(), "cordon-test-"));
const startedAt = Date.now();
const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(0).padStart(4);

interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
}
const total: Outcome = { passed: 0, failed: 0, skipped: 0 };

function step(title: string, command: string, args: string[]): boolean {
  console.log(`\n[${seconds()} s] ${title}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status === 0) total.passed += 1;
  else total.failed += 1;
  return status === 0;
}

/** Vitest alone leaves a core free and so runs one file at a time on two; these suites mostly wait for a database or a program. */
const WORKERS = Math.max(2, availableParallelism() - 1);
const BESIDE_EACH_OTHER = new Set(["unit", "store"]);

function suite(project: string): void {
  console.log(`\n[${seconds()} s] suite ${project}`);
  const report = join(scratch, `${project}.json`);
  const { status } = spawnSync(
    join(bin, "vitest"),
    [
      "run",
      "--project",
      project,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...(BESIDE_EACH_OTHER.has(project) ? [`--maxWorkers=${WORKERS}`] : []),
    ],
    { cwd: root, stdio: "inherit" },
  );
  const counted = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : null;
  total.passed += counted?.numPassedTests ?? 0;
  total.skipped += counted?.numPendingTests ?? 0;
  total.failed += Math.max(counted?.numFailedTests ?? 0, status === 0 ? 0 : 1);
}

function skip(project: string, reason: string): void {
  console.log(`\n[${seconds()} s] suite ${project} skipped: ${reason}`);
  total.skipped += 1;
}

const wanted = process.argv.slice(2);
const wants = (name: string) => wanted.length === 0 || wanted.includes(name);

if (wants("check"))
  step("check: format, lint, types, dead code, architecture of imports", process.execPath, ["scripts/check.ts"]);
if (wants("unit")) suite("unit");
if (wants("corpus")) {
  if (existsSync(process.env.CORDON_CORPUS ?? join(root, "..", "shared", "data"))) suite("corpus");
  else skip("corpus", "the reference data is not here (set CORDON_CORPUS to its folder)");
}
if (wants("store")) suite("store");
if (wants("web") || wants("e2e")) {
  const chromium = ensureChromium();
  if (chromium.path === null) for (const project of ["web", "e2e"].filter(wants)) skip(project, chromium.reason);
  else if (step("build", process.execPath, ["scripts/build.ts"]))
    for (const project of ["web", "e2e"].filter(wants)) suite(project);
}
if (wants("self")) step("our own parts, assessed", process.execPath, ["scripts/assess-ourselves.ts"]);

rmSync(scratch, { recursive: true, force: true });
console.log(`\n[${seconds()} s]`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
