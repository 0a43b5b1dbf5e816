/** Builds the pages (dist/web) and the server (dist/server), when a source changed since the last time. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { build as bundle } from "esbuild";
import { compressAssets } from "./compress-assets.ts";
import { dropStale } from "./drop-stale.ts";

const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");
const stamp = join(dist, ".sources");

/** A fingerprint of everything the bundles are made of. */
function sources(): string {
  const files = globSync(
    ["src/**/*.{ts,tsx,css,html,svg}", "package-lock.json", "vite.config.ts", "scripts/build.ts"],
    { cwd: root },
  );
  const hash = createHash("sha256");
  for (const file of files.filter((name) => !/\.test\.tsx?$/.test(name)).sort())
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

export const isBuilt = (): boolean =>
  existsSync(stamp) && existsSync(join(dist, "web/index.html")) && readFileSync(stamp, "utf8") === sources();

/** Builds what changed. `say` hears one line per part. */
export async function buildChanged(say: (line: string) => void): Promise<void> {
  if (isBuilt()) return;
  const fingerprint = sources();
  rmSync(stamp, { force: true });
  await Promise.all([buildServer().then(() => say("server built")), buildPages().then(() => say("pages built"))]);
  writeFileSync(stamp, fingerprint);
}

/** Files carry their content's hash, and old ones stay a while: pages that are open during an upgrade go on. */
async function buildPages(): Promise<void> {
  // File systems keep times coarser than the clock.
  const startedAt = Date.now() - 20;
  await run(join(root, "node_modules/.bin/vite"), ["build", "--logLevel", "warn", "--emptyOutDir", "false"]);
  compressAssets(join(dist, "web/assets"), startedAt);
  dropStale(join(dist, "web"), (_, writtenAt) => writtenAt.getTime() >= startedAt);
}

/** Native parts and what is found at run time by its place in node_modules stay outside. */
async function buildServer(): Promise<void> {
  const folder = join(dist, "server");
  mkdirSync(dist, { recursive: true });
  const { metafile } = await bundle({
    absWorkingDir: root,
    metafile: true,
    entryPoints: [
      { in: join(root, "src/main/start.ts"), out: "start" },
      { in: join(root, "src/flows/read-sbom-worker.ts"), out: "read-sbom-worker" },
      { in: join(root, "src/flows/read-file-worker.ts"), out: "read-file-worker" },
      { in: join(root, "src/flows/read-evidence-worker.ts"), out: "read-evidence-worker" },
      { in: join(root, "src/flows/read-mds2-worker.ts"), out: "read-mds2-worker" },
      { in: join(root, "src/flows/read-oscal-worker.ts"), out: "read-oscal-worker" },
      { in: join(root, "src/flows/check-csaf-worker.ts"), out: "check-csaf-worker" },
      ...plugIns("src/features/intel/feeds", "feeds"),
      ...plugIns("src/features/intel/sources", "sources"),
    ],
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node26",
    sourcemap: "linked",
    external: ["pg-native", "@cedar-policy/cedar-wasm", "@myriaddreamin/typst-ts-node-compiler"],
    banner: { js: BANNER },
    logLevel: "warning",
  });
  const made = new Set(Object.keys(metafile.outputs).map((file) => relative(folder, join(root, file))));
  dropStale(folder, (name) => made.has(name), /^(feeds|sources)\//);
}

/** Plug-ins are found at run time, file by file, in a folder beside the bundle. */
const plugIns = (folder: string, out: string) =>
  globSync(`${folder}/*.ts`, { cwd: root })
    .filter((file) => !file.endsWith(".test.ts"))
    .map((file) => ({ in: join(root, file), out: `${out}/${basename(file, ".ts")}` }));

/** CommonJS libraries inside the bundle expect these. */
const BANNER = [
  'import { createRequire as cordonRequire } from "node:module";',
  "const require = cordonRequire(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;",
].join("\n");

function run(command: string, args: string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
    child.once("error", fail);
    child.once("close", (code) => (code === 0 ? done() : fail(new Error(`${command} failed:\n${output}`))));
  });
}

if (import.meta.main) {
  const startedAt = Date.now();
  await buildChanged(console.log);
  console.log(`up to date after ${Date.now() - startedAt} ms`);
}
