/** `npm start`: builds what changed, then starts Cordon. Ctrl-C stops everything it started. */
import { stop as stopEsbuild } from "esbuild";
import { Listr } from "listr2";
import { buildChanged, isBuilt } from "./build.ts";

if (!isBuilt()) {
  await new Listr(
    [{ title: "Building the pages and the server", task: (_, task) => buildChanged((line) => (task.output = line)) }],
    { registerSignalListeners: false },
  ).run();
  await stopEsbuild();
}

const bundle = new URL("../dist/server/start.js", import.meta.url);
const { start }: typeof import("../src/main/start.ts") = await import(bundle.href);
await start(process.env);
