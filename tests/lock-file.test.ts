import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
interface Locked {
  version?: string;
  integrity?: string;
  resolved?: string;
}

/** An incremental `npm install` can drop the versions of packages for other platforms; a clean `npm ci` then refuses. */
test.each(["package-lock.json", "runtime/package-lock.json"])("%s pins every package, by version and hash", (path) => {
  const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync(resolve(root, path), "utf8"));
  const packages = Object.entries(lock.packages).filter(([name]) => name !== "");
  expect(packages.length).toBeGreaterThan(0);
  const loose = packages.filter(([, { version, integrity }]) => version === undefined || integrity === undefined);
  expect(loose.map(([name]) => name)).toEqual([]);
});

test.each(["package-lock.json", "runtime/package-lock.json"])("%s names no download host", (path) => {
  expect(readFileSync(resolve(root, path), "utf8")).not.toContain('"resolved"');
});
