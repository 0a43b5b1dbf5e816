import { existsSync, readdirSync, readFileSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../platform/config/config.ts";
import { ROOT } from "../../platform/installation.ts";
import { intelPath } from "../intel-path.ts";
import { bad, type Check, ok, warn } from "./check.ts";

const GIB = 2 ** 30;
const DAY_MS = 86_400_000;

export function machineChecks(config: Config, now: Date): Check[] {
  return [runtime(), dependencies(), dataFolder(config), ...secrets(config), disk(config), intel(now)];
}

function runtime(): Check {
  const pinned = readText(join(ROOT, "runtime/package.json"))?.match(/"node-[\w-]+": "([\d.]+)"/)?.[1];
  if (pinned === undefined || `v${pinned}` === process.version) return ok("runtime", `Node ${process.version}`);
  return bad(
    "runtime",
    `Node ${process.version}`,
    `Cordon is tested with Node ${pinned} only`,
    "Run ./cordon and npm start: they fetch the pinned runtime",
  );
}

function dependencies(): Check {
  const [wanted, installed] = [
    readText(join(ROOT, "package-lock.json")),
    readText(join(ROOT, "node_modules/.cordon-lock")),
  ];
  if (wanted === null || wanted === installed) return ok("dependencies", "as locked");
  return bad(
    "dependencies",
    installed === null ? "not installed by Cordon" : "other than locked",
    "Other versions are not the ones that were checked",
    "Run npm start once",
  );
}

function dataFolder({ dataFolder: folder }: Config): Check {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined)
    return warn("data folder", `${folder} is not there yet`, "Nothing was started here", "Run npm start");
  if ((stats.mode & 0o022) !== 0) return bad("data folder", folder, "Others may write to it", `chmod go-w ${folder}`);
  return ok("data folder", folder);
}

function secrets({ secretsFolder: folder }: Config): Check[] {
  if (!existsSync(folder))
    return [warn("secrets", `${folder} is not there yet`, "They are made at the first start", "Run npm start")];
  const open = readdirSync(folder).filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0);
  const inside =
    (statSync(folder).mode & 0o077) !== 0
      ? [folder, ...open.map((name) => join(folder, name))]
      : open.map((name) => join(folder, name));
  if (inside.length === 0) return [ok("secrets", `${folder}, for its owner only`)];
  return [
    bad(
      "secrets",
      inside.join(", "),
      "Others may read secrets",
      `chmod -R go-rwx ${folder}, then replace what others could read (docs/configuration.md)`,
    ),
  ];
}

function disk({ dataFolder: folder }: Config): Check {
  if (!existsSync(folder)) return ok("disk", "not looked at: no data folder");
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const found = `${(free / GIB).toFixed(1)} GiB free`;
  if (free < GIB) return bad("disk", found, "The database stops when the disk is full", "Free some space");
  return free < 5 * GIB ? warn("disk", found, "The database may soon stop", "Free some space") : ok("disk", found);
}

/** The command's own index; the server keeps one per organisation, which its Threats page shows. */
function intel(now: Date): Check {
  const path = intelPath(undefined);
  const stats = statSync(path, { throwIfNoEntry: false });
  const fix = `cordon intel build --from FEEDS… --out ${path}`;
  if (stats === undefined) return warn("intelligence of the command", "none", "cordon assess needs it", fix);
  const days = Math.floor((now.getTime() - stats.mtimeMs) / DAY_MS);
  const found = `${path}, built ${days} days ago`;
  return days > 7
    ? warn("intelligence of the command", found, "New vulnerabilities are missing", fix)
    : ok("intelligence of the command", found);
}

function readText(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}
