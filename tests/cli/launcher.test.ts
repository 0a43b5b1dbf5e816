import { spawnSync } from "node:child_process";
import { mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const launcher = resolve(import.meta.dirname, "../../cordon");

test("the launcher runs from any folder and through a chain of links, with its arguments as they are", () => {
  const folder = mkdtempSync(join(tmpdir(), "cordon-launcher-"));
  symlinkSync(launcher, join(folder, "first"));
  symlinkSync("first", join(folder, "second"));
  const { status, stdout } = spawnSync(join(folder, "second"), ["--version"], { cwd: folder, encoding: "utf8" });
  expect([status, stdout.trim()]).toEqual([0, "0.1.0"]);
  const spaced = spawnSync(join(folder, "second"), ["assess", "no such; file"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CORDON_INTEL: launcher },
  });
  expect([spaced.status, spaced.stdout]).toEqual([2, ""]);
  expect(spaced.stderr).toContain("no such; file: There is no such file or folder");
});

test.each(["assess", "intel build", "intel status", "purl parse", "version compare", "cvss", "verify"])(
  "the help of %s holds an example",
  (command) => {
    const { status, stdout } = spawnSync(launcher, [...command.split(" "), "--help"], { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, expect.stringContaining("Example")]);
  },
);
