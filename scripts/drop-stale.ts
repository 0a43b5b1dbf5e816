import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DAY_MS = 86_400_000;
const KEEP_MS = 30 * DAY_MS;
const LAST = ".last-build.json";

/**
 * After a build into a folder that is not emptied: what the build before last and older ones left goes once it is 30 days out of
 * use, because a server or a page of theirs may still load it. `atOnce` names what must not be found any more: plug-ins.
 */
export function dropStale(
  folder: string,
  isCurrent: (name: string, writtenAt: Date) => boolean,
  atOnce: RegExp | null = null,
): void {
  const last = join(folder, LAST);
  const before = new Set<unknown>(existsSync(last) ? JSON.parse(readFileSync(last, "utf8")) : []);
  const current: string[] = [];
  const now = new Date();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined || !stat.isFile() || name === LAST) continue;
    if (isCurrent(name, stat.mtime)) current.push(name);
    else if (atOnce?.test(name)) rmSync(path, { force: true });
    else if (before.has(name)) utimesSync(path, now, now);
    else if (now.getTime() - stat.mtimeMs > KEEP_MS) rmSync(path, { force: true });
  }
  writeFileSync(last, JSON.stringify(current));
}
