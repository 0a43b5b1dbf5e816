/**
 * Cordon, assessed by Cordon: the SBOM of the locked dependencies against the starter advisories and, where they are
 * present, the reference feeds. Fails on anything exploited or critical.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "cordon-self-"));
const corpus = join(process.env.CORDON_CORPUS ?? join(root, "..", "shared", "data"), "threats");
const feeds = ["advisories", "epss", "kev", "vulnrichment"]
  .map((name) => join(corpus, name))
  .filter((path) => existsSync(path));

function run(command: string, args: string[], output: "inherit" | "pipe" = "inherit"): string {
  const { status, stdout } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", output, "inherit"],
    maxBuffer: 64 << 20,
  });
  if (status !== 0) {
    rmSync(scratch, { recursive: true, force: true });
    process.exit(status ?? 1);
  }
  return stdout?.toString("utf8") ?? "";
}

const sbom = join(scratch, "cordon.cdx.json");
const intel = join(scratch, "intel.db");
writeFileSync(
  sbom,
  run("npm", ["sbom", "--sbom-format=cyclonedx", "--package-lock-only", "--omit=dev", "--loglevel=error"], "pipe"),
);
run("./cordon", ["intel", "build", "--from", "examples/advisories", ...feeds, "--out", intel]);
for (const gate of ["exploited", "critical"]) run("./cordon", ["assess", sbom, "--intel", intel, "--fail-on", gate]);
rmSync(scratch, { recursive: true, force: true });
