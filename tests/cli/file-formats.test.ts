import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { cordon, folderWith } from "./run-cordon.ts";

const models = resolve(import.meta.dirname, "../samples/models");
const folder = folderWith({
  "new.json": JSON.stringify({
    version: "2.0",
    summary: { title: "New" },
    detail: { contributors: [], diagrams: [], diagramTop: 0 },
  }),
  "no-model.json": { bomFormat: "CycloneDX", components: [] },
  "list.json": "[1]",
});
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

test("a model of Threat Dragon becomes a security file, and what did not fit is said", async () => {
  const { code, out, err } = await cordon([
    "file",
    "import",
    join(models, "pump.threat-dragon.json"),
    "--to",
    at("pump.yaml"),
    "--losses",
    at("losses.json"),
  ]);
  expect([code, out]).toEqual([0, ""]);
  expect(err).toMatch(/dropped.*curve: Firewall/);
  expect(err).toContain("(Threat Dragon) →");
  expect(JSON.parse(readFileSync(at("losses.json"), "utf8"))).toMatchObject({
    format: "threat-dragon",
    direction: "import",
  });
  const check = await cordon(["file", "check", at("pump.yaml"), "--fail-on", "error"]);
  expect(check.code).toBe(0);
});

test("a model without anything that does not fit says so, without a table", async () => {
  const { code, err } = await cordon(["file", "import", at("new.json"), "--to", at("new.yaml")]);
  expect([code, err.split("\n")[0]]).toEqual([0, "Nothing is lost from Threat Dragon; 1 thing is not needed."]);
});

test("a file that is there is not written over unless that is asked for", async () => {
  const again = (...more: string[]) =>
    cordon(["file", "import", join(models, "pump.otm.yaml"), "--to", at("twice.yaml"), ...more]);
  expect((await again()).code).toBe(0);
  const refused = await again();
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("There is a security file already")]);
  expect((await again("--force")).code).toBe(0);
  expect((await again("--merge")).err).toContain("0 added, 0 changed, 12 as they were");
});

test("into a folder, and out again in another format, to standard output", async () => {
  expect((await cordon(["file", "import", join(models, "pump.threagile.yaml"), "--to", at("folder")])).code).toBe(0);
  const { code, out, err } = await cordon(["file", "export", at("folder"), "--format", "otm"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    otmVersion: "0.2.0",
    trustZones: [{ id: "hospital" }, { id: "ward", parent: { trustZone: "hospital" } }, { id: "no-trust-zone" }],
  });
  expect(err).toMatch(/OTM/);
});

test.each([
  ["no-model.json", "no threat model in a format that is known here"],
  ["list.json", "no threat model in a format that is known here"],
  ["absent.json", "There is no such file"],
])("%s is refused with exit code 2", async (name, reason) => {
  const { code, err } = await cordon(["file", "import", at(name), "--to", at("out.yaml")]);
  expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
});

test("FDA VII.D: two releases side by side, and a gate for a change that may impact cybersecurity", async () => {
  const model = (protocol: string) => `cordon: security-file/1
elements:
  - { id: pump, name: Pump, kind: hardware }
  - { id: server, name: Server, kind: external-system }
flows:
  - { id: orders, name: Orders, from: server, to: pump, path: { protocol: ${protocol} } }
`;
  const both = folderWith({ "old.yaml": model("MQTT"), "new.yaml": model("HTTP") });
  const diff = (...more: string[]) => cordon(["file", "diff", join(both, "old.yaml"), join(both, "new.yaml"), ...more]);
  const shown = await diff();
  expect(shown.code).toBe(0);
  expect(shown.out).toMatch(/flow Orders \(orders\).*path\.protocol.*MQTT.*HTTP/);
  expect(shown.out).toContain("May impact cybersecurity (FDA premarket guidance VII.D.1");
  expect((await diff("--fail-on", "impact")).code).toBe(1);
  expect(JSON.parse((await diff("--format", "json")).out)).toMatchObject({
    proposal: { impact: "may-impact" },
    counts: { changed: 1 },
  });
  expect((await diff("--format", "markdown")).out).toContain("| flow Orders (orders) | path.protocol | MQTT | HTTP |");
  rmSync(both, { recursive: true });
});
