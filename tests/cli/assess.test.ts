import { copyFileSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { Assessment } from "../../src/features/intel/assess/schema.ts";
import { cordon, folderWith } from "./run-cordon.ts";
import { CLEAN, KEV, LEFT, NAMELESS, OSV_CRITICAL, OSV_EXPLOITED, RIGHT, sbomOf } from "./sample-feeds.ts";

let folder = "";
let intel = "";
const at = (name: string) => join(folder, name);
const assess = (name: string, ...more: string[]) => cordon(["assess", at(name), "--intel", intel, ...more]);

beforeAll(async () => {
  folder = folderWith({
    "left.json": OSV_CRITICAL,
    "right.json": OSV_EXPLOITED,
    "kev.json": KEV,
    "notes.txt": "no feed at all",
    "broken.json": '{"id": "GHSA-',
    "both.cdx.json": sbomOf(LEFT, RIGHT, NAMELESS),
    "left.cdx.json": sbomOf(LEFT),
    "clean.cdx.json": sbomOf(CLEAN),
    "empty.cdx.json": "",
    "list.json": "[1, 2]",
    "cut.cdx.json": '{"bomFormat": "CycloneDX", "components": [',
  });
  intel = at("intel.db");
  const built = await cordon([
    "intel",
    "build",
    "--from",
    ...["left", "right", "kev", "broken"].map((n) => at(`${n}.json`)),
    at("notes.txt"),
    "--out",
    intel,
  ]);
  expect(built, built.err).toMatchObject({ code: 0, out: "" });
  expect(built.err).toContain("osv");
  expect(built.err).toContain("Skipped, no feed: 1");
  expect(built.err).toMatch(/Could not be used: 1[\s\S]*broken\.json/);
});

describe("what stands on standard output", () => {
  test("json is the documented shape and nothing else", async () => {
    const { code, out, err } = await assess("both.cdx.json", "--format", "json");
    const assessment = Assessment.parse(JSON.parse(out));
    expect([code, err]).toEqual([0, ""]);
    expect(assessment).toMatchObject({
      subject: { name: "Example pump", version: "1.0", path: at("both.cdx.json") },
      components: 3,
      findings: [
        {
          advisory: "CVE-2025-2000",
          aliases: ["GHSA-dddd-eeee-ffff"],
          exploited: { since: "2025-07-01", ransomware: true },
          fixedIn: ["3.0.0"],
        },
        { advisory: "CVE-2025-1000", severity: { score: 9.8, rating: "critical" }, exploited: null },
      ],
    });
    expect(assessment.unmatched).toHaveLength(1);
  });

  test("the table marks exploitation by word and sign, says the age, has no colour and no foreign control characters in a pipe", async () => {
    const { out } = await assess("both.cdx.json");
    expect(out).toContain("▲ exploited");
    expect(out.split("\n")[0]).toBe(
      "Example pump 1.0: 3 components, 2 findings (1 critical, 1 low), 1 exploited in the wild",
    );
    expect(out).toMatch(/newest of the intelligence is/);
    expect(out).toContain("Next: right 2.9.9 (CVE-2025-2000, exploited in the wild): update to 3.0.0.");
    expect(out).not.toContain("\u001b");
  });

  test("sarif has a rule for each advisory and a logical location for each result", async () => {
    const { out } = await assess("both.cdx.json", "--format", "sarif");
    const { version, runs } = JSON.parse(out);
    expect(version).toBe("2.1.0");
    const [run] = runs;
    expect(run.tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual(["CVE-2025-2000", "CVE-2025-1000"]);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(["error", "warning", "note", "none"]).toContain(result.level);
      expect(result.locations[0].logicalLocations[0].fullyQualifiedName).toMatch(/^pkg:npm\//);
      expect(Number(run.tool.driver.rules[result.ruleIndex].properties["security-severity"])).toBeGreaterThan(0);
    }
  });

  test("html needs nothing from elsewhere and runs nothing a feed wrote", async () => {
    const { out } = await assess("both.cdx.json", "--format", "html");
    expect(out).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(out).not.toMatch(/<script|\bsrc=|<link|@import|url\(|https?:/i);
    expect(out).toContain("▲ exploited since 2025-07-01, ransomware");
  });
});

describe("exit codes are a gate", () => {
  test.each([
    ["both.cdx.json", "exploited", 1],
    ["left.cdx.json", "exploited", 0],
    ["left.cdx.json", "critical", 1],
    ["left.cdx.json", "high", 1],
    ["left.cdx.json", "any", 1],
    ["clean.cdx.json", "any", 0],
  ])("%s --fail-on %s → %i", async (name, gate, code) => {
    const ran = await assess(name, "--fail-on", gate, "--format", "json");
    expect(ran.code).toBe(code);
    expect(() => Assessment.parse(JSON.parse(ran.out))).not.toThrow();
    expect(ran.err === "").toBe(code === 0);
  });

  test("with --as-of before its publication a record closes no gate", async () => {
    expect((await assess("both.cdx.json", "--fail-on", "any", "--as-of", "2025-05-31")).code).toBe(0);
    expect((await assess("both.cdx.json", "--fail-on", "any", "--as-of", "2025-06-01")).code).toBe(1);
  });
});

describe("bad input is refused with exit code 2, one paragraph: what, where, what to do", () => {
  test.each([
    [["assess", "no-such-file.json"], /no-such-file\.json: There is no such file or folder\. Name an SBOM/],
    [["assess", "empty.cdx.json"], /empty\.cdx\.json/],
    [["assess", "list.json"], /list\.json/],
    [["assess", "cut.cdx.json"], /cut\.cdx\.json/],
    [["assess", "left.cdx.json", "--as-of", "2025-02-30"], /--as-of: "2025-02-30" is not a day/],
    [["assess", "left.cdx.json", "--format", "pdf"], /format/],
    [["assess", "left.cdx.json", "--fail-on", "low"], /fail-on/],
    [["assess", "left.cdx.json", "--release", "1"], /--release/],
    [["assess"], /path/],
    [["assess", "left.cdx.json", "--nonsense"], /--nonsense/],
    [["nonsense"], /nonsense/],
  ])("%j", async ([command = "", name, ...more], message) => {
    const path = name === undefined ? [] : [at(name)];
    const intelOption = command === "assess" && name !== undefined ? ["--intel", intel] : [];
    const { code, out, err } = await cordon([command, ...path, ...more, ...intelOption]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
    expect(err.trim().split("\n\n")).toHaveLength(1);
    expect(err).not.toMatch(/\bat .*\.ts:\d+/);
  });

  test("without an intelligence file it says what to run", async () => {
    const { code, err } = await cordon(["assess", at("left.cdx.json"), "--intel", at("none.db")]);
    expect(code).toBe(2);
    expect(err).toContain(`cordon intel build --from FEEDS… --out ${at("none.db")}`);
  });

  test("CORDON_INTEL names the file", async () => {
    expect((await cordon(["assess", at("clean.cdx.json")], { CORDON_INTEL: intel })).code).toBe(0);
  });
});

describe("a damaged intelligence file is named, never half used", () => {
  const damage: [string, (path: string) => void][] = [
    ["cut short", (path) => truncateSync(path, 500)],
    ["empty", (path) => truncateSync(path, 0)],
    ["another format", (path) => writeFileSync(path, "SQLite format 3\0")],
    [
      "one byte changed",
      (path) => {
        const bytes = readFileSync(path);
        const middle = bytes.length - 2000;
        bytes[middle] = (bytes[middle] ?? 0) ^ 1;
        writeFileSync(path, bytes);
      },
    ],
  ];
  test.each(damage)("%s", async (name, harm) => {
    const path = at(`${name.replaceAll(" ", "-")}.db`);
    copyFileSync(intel, path);
    harm(path);
    const { code, out, err } = await cordon(["assess", at("left.cdx.json"), "--intel", path]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(path);
    expect(err).toContain("cordon intel build");
  });
});

describe("a device folder", () => {
  const device = (sbom: string, extra = "") =>
    `name: Example pump\nreleases:\n  - version: "1.0"\n    phases: [{ phase: deployment, since: "2024-01-01" }]\n    sboms: [${sbom}]\n${extra}`;

  test("its last release is assessed, or the one asked for", async () => {
    const text = `${device("left.cdx.json")}  - version: "2.0"\n    phases: [{ phase: design, since: "2025-01-01" }]\n    sboms: [clean.cdx.json]\n`;
    const path = folderWith({ "device.yaml": text, "left.cdx.json": sbomOf(LEFT), "clean.cdx.json": sbomOf(CLEAN) });
    const last = await cordon(["assess", path, "--intel", intel, "--format", "json"]);
    expect(JSON.parse(last.out)).toMatchObject({ subject: { name: "Example pump", version: "2.0" }, findings: [] });
    const first = await cordon(["assess", path, "--intel", intel, "--format", "json", "--release", "1.0"]);
    expect(JSON.parse(first.out)).toMatchObject({
      subject: { version: "1.0" },
      findings: [{ advisory: "CVE-2025-1000" }],
    });
  });

  test("without a device file its SBOMs are taken, and that is said", async () => {
    const path = folderWith({ "left.cdx.json": sbomOf(LEFT), "readme.txt": "hello" });
    const { code, out } = await cordon(["assess", path, "--intel", intel, "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out).problems[0].reason).toBe("There is no device.yaml; every SBOM of the folder is taken");
  });

  test.each([
    ["a path out of the folder", device("../x.json"), /outside the device folder/],
    ["a link out of the folder", device("link.json"), /outside the device folder/],
    ["a file that is not there", device("none.json"), /device\.yaml: The device file names none\.json/],
    ["an unknown field", device("left.cdx.json", "colour: red\n"), /device\.yaml:\d+:\d+|device\.yaml: .*colour/],
    [
      "a wrong value, with line and column",
      device("left.cdx.json").replace("deployment", "lunch"),
      /device\.yaml:4:\d+/,
    ],
    ["no YAML", "name: [", /device\.yaml:1:\d+/],
  ])("%s is refused", async (_, text, message) => {
    const path = folderWith({ "device.yaml": text, "left.cdx.json": sbomOf(LEFT) });
    symlinkSync(at("left.cdx.json"), join(path, "link.json"));
    const { code, err } = await cordon(["assess", path, "--intel", intel]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  test("an empty folder is refused", async () => {
    mkdirSync(at("nothing"), { recursive: true });
    expect(await assess("nothing")).toMatchObject({ code: 2, out: "" });
  });
});

describe("intel", () => {
  test("status names every source with its newest record", async () => {
    const { code, out } = await cordon(["intel", "status", "--intel", intel, "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      counts: { records: 2, exploited: 1 },
      feeds: [{ newestAt: expect.stringMatching(/^2025-12-20/) }, { records: 2 }],
    });
    expect((await cordon(["intel", "status", "--intel", intel])).out).toContain("Newest");
  });

  test("a build of no feed leaves the file that was there", async () => {
    const before = readFileSync(intel);
    const { code, err } = await cordon(["intel", "build", "--from", at("notes.txt"), "--out", intel]);
    expect(code).toBe(2);
    expect(err).toContain("notes.txt");
    expect(readFileSync(intel).equals(before)).toBe(true);
  });
});
