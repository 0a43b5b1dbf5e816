import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { cordon, folderWith } from "./run-cordon.ts";
import { LEFT, OSV_CRITICAL, sbomOf } from "./sample-feeds.ts";

const entry = resolve(import.meta.dirname, "../../src/main/cli.ts");
let folder = "";
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = folderWith({
    "left.json": OSV_CRITICAL,
    "left.cdx.json": sbomOf(...Array.from({ length: 2_000 }, () => LEFT)),
  });
  expect(await cordon(["intel", "build", "--from", at("left.json"), "--out", at("intel.db")])).toMatchObject({
    code: 0,
  });
});

/** Runs the command with a given standard output; `leaves` closes the reading end at once. */
function run(args: readonly string[], stdout: number | "leaves"): Promise<{ code: number | null; err: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [entry, ...args], {
      env: { PATH: process.env.PATH ?? "" },
      stdio: ["ignore", stdout === "leaves" ? "pipe" : stdout, "pipe"],
    });
    let err = "";
    if (stdout === "leaves") child.stdout?.destroy();
    child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
    child.once("close", (code) => done({ code, err }));
  });
}

const ASSESS = () => ["assess", at("left.cdx.json"), "--intel", at("intel.db"), "--format", "json"];

describe("a reader that goes away (`| head`) changes no exit code and shows no stack", () => {
  test.each<[string, () => string[], number]>([
    ["assess", ASSESS, 0],
    ["assess with a closed gate", () => [...ASSESS(), "--fail-on", "any"], 1],
    ["intel status", () => ["intel", "status", "--intel", at("intel.db")], 0],
    ["the help", () => ["--help"], 0],
    ["purl parse", () => ["purl", "parse", ...Array.from({ length: 3_000 }, () => "pkg:npm/a@1")], 0],
  ])("%s", async (_, args, code) => {
    const ran = await run(args(), "leaves");
    expect(ran.code).toBe(code);
    expect(ran.err).not.toMatch(/\n\s+at |Error:/);
  });
});

describe.runIf(existsSync("/dev/full"))("a full disk", () => {
  test.each<[string, () => string[]]>([
    ["assess", ASSESS],
    ["assess with a closed gate", () => [...ASSESS(), "--fail-on", "any"]],
    ["intel status", () => ["intel", "status", "--intel", at("intel.db")]],
  ])("under the result of %s is exit code 2 and said, never a result cut short", async (_, args) => {
    const { code, err } = await run(args(), openSync("/dev/full", "w"));
    expect(code).toBe(2);
    expect(err).toMatch(/standard output: The result could not be written \(ENOSPC\)\. Write it to a place with room/);
  });
});

describe("an index that cannot be written is exit code 2, and what was there stays", () => {
  test.each<[string, () => string]>([
    ["a folder", () => folder],
    ["inside a file", () => join(at("left.json"), "intel.db")],
    ["no name", () => ""],
  ])("%s", async (_, out) => {
    const before = readFileSync(at("intel.db"));
    const { code, err } = await cordon(["intel", "build", "--from", at("left.json"), "--out", out()]);
    expect(code).toBe(2);
    expect(err).toMatch(/cannot be written\. Name a file in a folder you may write to/);
    expect(readFileSync(at("intel.db")).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("its folder is made when it is not there", async () => {
    mkdirSync(at("new"));
    const out = at("new/deeper/intel.db");
    expect(await cordon(["intel", "build", "--from", at("left.json"), "--out", out])).toMatchObject({ code: 0 });
    expect(existsSync(out)).toBe(true);
  });
});
