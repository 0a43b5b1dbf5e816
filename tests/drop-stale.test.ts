import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { dropStale } from "../scripts/drop-stale.ts";

const folder = mkdtempSync(join(tmpdir(), "cordon-stale-"));
mkdirSync(join(folder, "feeds"));
afterAll(() => rmSync(folder, { recursive: true }));
const LONG_AGO = new Date("2020-01-01");
const there = () => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\w\.js$/.test(name));

/** A build that writes these files, a long time before the next. */
function build(...names: string[]): void {
  for (const name of names) writeFileSync(join(folder, name), name);
  dropStale(folder, (name) => names.includes(name), /^feeds\//);
}
const age = (...names: string[]) => {
  for (const name of names) utimesSync(join(folder, name), LONG_AGO, LONG_AGO);
};

test("what a running server and open pages may still load stays after an upgrade, however long they ran; later it goes", () => {
  build("start.js", "chunk-one.js", "feeds/old.js");
  age("start.js", "chunk-one.js", "feeds/old.js");
  build("start.js", "chunk-two.js", "feeds/new.js");
  expect(there().sort()).toEqual(["chunk-one.js", "chunk-two.js", "feeds/new.js", "start.js"]);
  build("start.js", "chunk-three.js", "feeds/new.js");
  expect(there()).toContain("chunk-one.js");
  age("chunk-one.js");
  build("start.js", "chunk-three.js", "feeds/new.js");
  expect(there().sort()).toEqual(["chunk-three.js", "chunk-two.js", "feeds/new.js", "start.js"]);
});
