/** Bundles the command (dist/cli), so that it starts in a tenth of a second. `./cordon` runs this when a source is newer. */
import { globSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");
const out = join(root, "dist/cli");
const ENTRY = "cordon.js";
const DAY_MS = 86_400_000;

const startedAt = new Date();
const plugIns = ["feeds", "sources"].flatMap((folder) =>
  globSync(`src/features/intel/${folder}/*.ts`, { cwd: root })
    .filter((name) => !name.endsWith(".test.ts"))
    .map((file) => ({ in: file, out: `${folder}/${basename(file, ".ts")}` })),
);
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: [{ in: "src/main/cli.ts", out: basename(ENTRY, ".js") }, ...plugIns],
  outdir: out,
  write: false,
  bundle: true,
  splitting: true,
  chunkNames: "chunk-[hash]",
  platform: "node",
  format: "esm",
  target: "node26",
  sourcemap: "linked",
  external: ["pg-native", "@cedar-policy/cedar-wasm"],
  banner: {
    js: [
      'import { createRequire as cordonRequire } from "node:module";',
      "const require = cordonRequire(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;",
    ].join("\n"),
  },
  logLevel: "error",
});

/** Chunks carry their content's hash and go first; each file appears whole. A command that runs meanwhile keeps what it loaded. */
const isEntry = ({ path }: { path: string }) => path === join(out, ENTRY);
for (const file of [...outputFiles.filter((file) => !isEntry(file)), ...outputFiles.filter(isEntry)]) {
  mkdirSync(dirname(file.path), { recursive: true });
  const part = `${file.path}.${process.pid}.part`;
  writeFileSync(part, file.contents);
  renameSync(part, file.path);
}
// A source saved while this ran must count as newer.
utimesSync(join(out, ENTRY), startedAt, startedAt);

/** Plug-ins that are gone must not be found; old chunks may still be in use for a while. */
const current = new Set(outputFiles.map((file) => relative(out, file.path)));
for (const name of readdirSync(out, { recursive: true, encoding: "utf8" })) {
  const stat = statSync(join(out, name), { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile() || current.has(name)) continue;
  if (/^(feeds|sources)/.test(name) || Date.now() - stat.mtimeMs > DAY_MS) rmSync(join(out, name), { force: true });
}
