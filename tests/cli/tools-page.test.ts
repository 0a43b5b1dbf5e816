import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { orderNamed } from "../../src/features/intel/versions/named-order.ts";

const root = resolve(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/tools.md"), "utf8");

/** Lines that begin with `$ ` are typed, the lines under them are what came of it. */
const EXAMPLES = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = ""]) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((example) => [example.slice(0, example.indexOf("\n")), example.slice(example.indexOf("\n") + 1)] as const),
);

/** What a shell shows of a line, with the command run from its sources. */
function typed(line: string): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn("sh", ["-c", `cordon() { "$NODE" "$ENTRY" "$@"; }\n${line}`], {
      env: { PATH: process.env.PATH ?? "", NODE: process.execPath, ENTRY: join(root, "src/main/cli.ts") },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let shown = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (shown += chunk.toString()));
    child.once("error", fail);
    child.once("close", () => done(shown));
  });
}

describe("the page of the tools shows what they really answer", () => {
  test("it has examples of each", () => {
    for (const command of ["purl parse", "purl build", "version compare", "version in", "cvss"])
      expect(EXAMPLES.filter(([line]) => line.includes(`cordon ${command}`)).length).toBeGreaterThan(0);
  });

  test.each(EXAMPLES)("%s", { timeout: 30_000 }, async (line, answer) => {
    expect(await typed(line)).toBe(answer);
  });
});

test("every order that the page names has that name", () => {
  const table = /^\| Order \| Names \|\n(.*?)\n\n/ms.exec(page)?.[1] ?? "";
  const names = [...table.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(30);
  for (const name of names) expect(orderNamed(name)("1.0", "1.0")).toBe(0);
});

describe("the exit codes are those on the page", () => {
  test.each([
    ["printf '\"1.0\"\\n' | cordon version in --range 'vers:npm/<1'; echo $?", "false\n0\n"],
    ["printf '1.0\\n' | cordon version in --range 'vers:npm/<1' > /dev/null; echo $?", "2\n"],
    ["cordon version compare --ecosystem npm 1 2; echo $?", "-1\n0\n"],
    ["cordon version compare --ecosystem npm -- -1 -2 > /dev/null; echo $?", "0\n"],
    ["cordon purl parse nonsense 2> /dev/null; echo $?", "2\n"],
    ["yes '\"pkg:npm/a@1\"' | { cordon purl parse; echo $? >&2; } | head -n 1 > /dev/null", "0\n"],
  ])("%s", { timeout: 30_000 }, async (line, shown) => {
    expect(await typed(line)).toBe(shown);
  });
});
