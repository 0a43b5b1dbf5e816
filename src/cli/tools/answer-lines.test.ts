import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { readDeviceFile } from "../../features/devices/device-file/read-device-file.ts";
import { Fault } from "../../lib/fault.ts";
import type { JsonValue } from "../../lib/json.ts";
import { answerLines } from "./answer-lines.ts";
import { deviceScoresAsked, scoresAsked } from "./cvss-tool.ts";
import { purlParts, purlText } from "./purl-tool.ts";
import { compareAsked, containedAsked } from "./version-tool.ts";

async function run(
  chunks: (string | Uint8Array)[],
  answer: (value: JsonValue) => JsonValue,
  asked: JsonValue[] = [],
  example = '"1.0"',
) {
  let written = "";
  const output = new Writable({
    write: (chunk, _, done) => {
      written += String(chunk);
      done();
    },
  });
  const exitCode = await answerLines(
    asked,
    { answer, example },
    {
      input: (async function* () {
        yield* chunks;
      })(),
      output,
    },
  );
  return {
    exitCode,
    lines: written
      .split("\n")
      .slice(0, -1)
      .map((line): unknown => JSON.parse(line)),
  };
}

test("arguments are answered in order, standard input left alone", async () => {
  expect(await run(["1\n"], (value) => [value], ["a", "b"])).toEqual({ exitCode: 0, lines: [["a"], ["b"]] });
});

test("lines are values whatever way they arrive, blank ones are passed over", async () => {
  const { lines } = await run(['"a', '"\n\n{"x":', "1}\r\n", "3"], (value) => value);
  expect(lines).toEqual(["a", { x: 1 }, 3]);
});

test("a bad line is answered by a fault that names it, the next ones by answers", async () => {
  const { exitCode, lines } = await run(["nope\n", `"${"x".repeat(2 * 1024 * 1024)}"\n`, '"1.0"\n', "{}\n"], (value) =>
    containedAsked(value, { range: "vers:npm/<2", ecosystem: null }),
  );
  expect(exitCode).toBe(2);
  expect(lines).toEqual([
    { fault: expect.objectContaining({ line: 1, code: "bad_input" }) },
    { fault: expect.objectContaining({ line: 2, code: "too_large" }) },
    true,
    { fault: expect.objectContaining({ line: 4, code: "bad_input" }) },
  ]);
});

test("a byte order mark is no part of the first line", async () => {
  const bytes = new TextEncoder().encode('\ufeff"a"\r\n"ü"\r\n');
  expect((await run([bytes.subarray(0, 11), bytes.subarray(11)], (value) => value)).lines).toEqual(["a", "ü"]);
});

test.each([
  ["pkg:npm/a@1", '"pkg:npm/a@1"', "This is no JSON value: a text stands in quotation marks.", 'Write "pkg:npm/a@1"'],
  ['say "x"', '"a"', "This is no JSON value: a text stands in quotation marks.", 'Write "say \\"x\\""'],
  ["1.0 2.0", '["1.0","2.0"]', "This is no JSON value: a text stands in quotation marks.", 'Write ["1.0","2.0"]'],
  [
    '["1.0" "2.0"]',
    '["1.0","2.0"]',
    expect.stringContaining("This is not JSON"),
    'Write one JSON value: ["1.0","2.0"]',
  ],
])("the line %s is answered by what to write", async (line, example, reason, fix) => {
  const { exitCode, lines } = await run([`${line}\n`], (value) => value, [], example);
  expect(exitCode).toBe(2);
  expect(lines).toEqual([
    { fault: { line: 1, code: "bad_input", reason, at: expect.stringMatching(/^line 1(, column \d+.*)?$/), fix } },
  ]);
});

test("a number is no version: 1.10 would be read as 1.1", () => {
  const asText = expect.objectContaining({ message: expect.stringContaining("1.10 is 1.1") });
  expect(() => compareAsked([1.1, "2"], "npm")).toThrow(asText);
  expect(() => containedAsked({ version: 1.1 }, { range: "vers:npm/<2", ecosystem: null })).toThrow(asText);
});

test("package URLs and vectors are taken out of the objects they come in", () => {
  const component = { type: "library", name: "a", purl: "pkg:npm/a@1" };
  expect(purlParts(component, "strict")).toEqual(purlParts("pkg:npm/a@1", "strict"));
  const vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H";
  for (const key of ["vector", "vectorString"])
    expect(scoresAsked({ baseScore: 1, [key]: vector })).toEqual(scoresAsked(vector));
  expect(() => purlParts({ name: "a" }, "strict")).toThrow(Fault);
});

test.each([
  ["vers:rubygems/<2", "Write vers:gem/…"],
  ["vers:debian/<2", "Write vers:deb/…"],
  ["vers:example/<2", "Write vers:generic/…, which goes by numbers and words"],
])("no order is known for %s: %s", (range, fix) => {
  expect(() => containedAsked("1", { range, ecosystem: null })).toThrow(expect.objectContaining({ at: "range", fix }));
});

test("a bad argument ends the command", async () => {
  await expect(run([], scoresAsked, ["high"])).rejects.toThrow(Fault);
});

test("purl parse and build are each other's way back", () => {
  const parts = purlParts("pkg:maven/a.b/c@1?type=pom", "strict");
  expect(parts).toEqual({
    type: "maven",
    namespace: "a.b",
    name: "c",
    version: "1",
    qualifiers: { type: "pom" },
    subpath: null,
  });
  expect(purlText(parts)).toBe("pkg:maven/a.b/c@1?type=pom");
  expect(() => purlText({ type: "npm", nam: "x" })).toThrow(expect.objectContaining({ code: "bad_input" }));
});

test.each<[JsonValue, string | null, number]>([
  [["1.0~rc1", "1.0"], "Debian:12", -1],
  [{ a: "1.0", b: "1.0.0", ecosystem: "NuGet" }, null, 0],
  [["1.0.2l", "1.0.2k"], "openssl", 1],
  [["1.0.a9", "1.0.a10"], "gem", -1],
  [["1.5b", "1.5"], "alpm", -1],
])("version compare %j under %s: %s", (pair, ecosystem, wanted) => {
  expect(compareAsked(pair, ecosystem)).toBe(wanted);
});

test.each<[string, string | null, string, boolean]>([
  ["vers:npm/>=1|<2", null, "1.9", true],
  ["^1.2.0", "npm", "1.9.0", true],
  ["~> 2.0.8", "RubyGems", "2.1.0", false],
  ["[1.0,2.0)", "NuGet", "2.0", false],
  [">= 1.0, < 2.0", "Packagist", "1.5", true],
])("version in %s under %s: %s is %s", (range, ecosystem, version, wanted) => {
  expect(containedAsked(version, { range, ecosystem })).toBe(wanted);
});

test.each<[string, () => unknown]>([
  ["compare an empty text", () => compareAsked(["", "1"], "npm")],
  ["compare blanks", () => compareAsked({ a: "1", b: "  " }, "npm")],
  ["place an empty text", () => containedAsked("", { range: "vers:all/*", ecosystem: null })],
])("nothing is no version: to %s is refused, not answered", (_, ask) => {
  expect(ask).toThrow(expect.objectContaining({ code: "bad_input" }));
});

test("a range without vers: needs its ecosystem", () => {
  expect(() => containedAsked("1", { range: "^1", ecosystem: null })).toThrow(expect.objectContaining({ at: "range" }));
});

test("an ecosystem nobody knows is refused with the nearest name", () => {
  expect(() => compareAsked(["1", "2"], "rubygem")).toThrow(
    expect.objectContaining({ at: "ecosystem", fix: "Did you mean rubygems?" }),
  );
});

test("cvss shows base, environmental and rating", () => {
  expect(scoresAsked("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H/MAV:P")).toMatchObject({
    base: 7.8,
    environmental: 6.6,
    score: 6.6,
    rating: "medium",
  });
});

test("cvss shows beside the base what the score is on a device, and why", () => {
  const device = readDeviceFile(
    "{ name: Pump, functions: [{ kind: therapy, name: infusion, harm: catastrophic }], releases: [{ version: '1', networkPosition: device-network, phases: [{ phase: design, since: '2026-01-05' }] }] }",
    "device.yaml",
  );
  const [release] = device.releases;
  if (release === undefined) throw new Error("no release");
  expect(deviceScoresAsked("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", device, release)).toMatchObject({
    base: 7.5,
    device: {
      name: "Pump",
      vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H/MAV:A/IR:H/AR:H",
      score: 8.3,
      changes: [
        { metric: "MAV:A" },
        { metric: "IR:H" },
        { metric: "AR:H", because: "catastrophic harm through infusion" },
      ],
    },
  });
});
