import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { cordon } from "./run-cordon.ts";

const example = resolve(import.meta.dirname, "../../examples/infusion-pump");
const folder = mkdtempSync(join(tmpdir(), "cordon-file-check-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const check = (...more: string[]) => cordon(["file", "check", ...more]);

test.each<[string, string[], number]>([
  ["gaps alone pass by default", [example], 0],
  ["gaps close the gate when asked", [example, "--fail-on", "gap"], 1],
  ["a day that is none is refused", [example, "--as-of", "yesterday"], 2],
  ["an SBOM that is not there is refused", [example, "--sbom", join(folder, "none.json")], 2],
])("%s", async (_, args, exitCode) => {
  expect((await check(...args)).code).toBe(exitCode);
});

test("SARIF names rule, section, file and line of each gap", async () => {
  const { out } = await check(example, "--as-of", "2026-11-24", "--format", "sarif");
  const [run] = JSON.parse(out).runs;
  const tm1 = run.tool.driver.rules.find(({ id }: { id: string }) => id === "TM-1");
  expect(tm1.properties.section).toBe("FDA premarket V.A.1");
  const found = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === "TM-1");
  const [{ physicalLocation }] = found.locations;
  expect(physicalLocation.artifactLocation.uri).toMatch(/elements\.yaml$/);
  expect(physicalLocation.region.startLine).toBeGreaterThan(1);
});

test("evidence that is changed is named, and a path out of the folder counts as not there", async () => {
  cpSync(join(example, "security-file"), folder, { recursive: true });
  writeFileSync(join(folder, "evidence/fuzzing.txt"), "Nothing was found.\n");
  writeFileSync(
    join(folder, "more.yaml"),
    "evidence:\n  - { id: ev-outside, name: Outside, file: ../../../etc/hostname, provesFrom: 2026-01-01, receivedOn: 2026-01-01 }\n",
  );
  const { out } = await check(folder, "--as-of", "2026-11-24", "--format", "json");
  const messages = JSON.parse(out)
    .problems.filter(({ rule }: { rule: string }) => rule === "EV-1")
    .map(({ message }: { message: string }) => message);
  expect(messages).toContainEqual(expect.stringContaining("is not what was taken in: evidence/fuzzing.txt"));
  expect(messages).toContainEqual(expect.stringContaining("is not there: ../../../etc/hostname"));
});

test("threats are proposed from a shell, each with its reasons", async () => {
  const { out, code } = await cordon(["file", "propose", example, "--format", "json"]);
  expect(code).toBe(0);
  const { proposals, lookAgain } = JSON.parse(out);
  expect(proposals.length).toBeGreaterThan(10);
  expect(proposals.every(({ because }: { because: unknown[] }) => because.length > 0)).toBe(true);
  expect(lookAgain).toEqual([]);
});

test("what a rule finds very often is shown in part, counted whole, and whole as JSON", async () => {
  const path = join(folder, "many.yaml");
  const elements = Array.from({ length: 70 }, (_, i) => ({ id: `e-${i}`, name: `Part ${i}`, kind: "process" }));
  writeFileSync(path, JSON.stringify({ cordon: "security-file/1", elements }));
  const shown = (await check(path)).out;
  expect(shown.match(/No threat was considered/g)).toHaveLength(50);
  expect(shown).toContain("… and 20 more: --format json has all");
  const { problems } = JSON.parse((await check(path, "--format", "json")).out) as { problems: { rule: string }[] };
  expect(problems.filter(({ rule }) => rule === "TM-1")).toHaveLength(70);
  expect(shown).toContain(`0 errors, ${problems.length} gaps`);
  expect((await cordon(["file", "trace", path])).out).toMatch(/TR-2 .*… and 20 more/);
});
