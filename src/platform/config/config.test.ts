import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Fault } from "../../lib/fault.ts";
import { KNOWN_KEYS, readConfig, secretIn, sessionSecret } from "./config.ts";
import { VARIABLES } from "./schema.ts";

const folder = mkdtempSync(join(tmpdir(), "cordon-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const withFile = (text: string, environment = {}) => {
  writeFileSync(join(folder, "cordon.yaml"), text);
  return readConfig({ CORDON_DATA: folder, ...environment });
};
const faultOf = (work: () => unknown): Fault => {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error;
  }
  throw new Error("no Fault");
};

test("an empty installation has safe defaults: this machine only, one small body, two jobs", () => {
  expect(withFile("")).toMatchObject({
    http: { host: "127.0.0.1", bodyLimitBytes: 1_000_000, trustProxy: [] },
    jobs: { concurrency: 2 },
  });
});

test("the environment wins over the file", () => {
  expect(withFile("http:\n  port: 1\n", { CORDON_PORT: "7301" }).http.port).toBe(7301);
});

test.each([
  [
    "an unknown key, with its line and the nearest known one",
    "http:\n  host: 0.0.0.0\n  prot: 80\n",
    "http.prot",
    ":3",
    "http.port",
  ],
  ["an unknown section", "htpp: {}\n", "htpp", ":1", "Did you mean http?"],
  ["a key like no other", "zzzzzzzz: {}\n", "zzzzzzzz", ":1", "Known keys"],
  ["a value of the wrong kind", "http:\n  port: many\n", "http.port", ":2", "configuration.md"],
  ["a port out of range", "log:\n  level: info\nhttp:\n  port: 70000\n", "http.port", ":4", "configuration.md"],
  ["a database that is none", "database:\n  url: mysql://x\n", "database.url", ":2", "configuration.md"],
  ["a repeated key", "http: {}\nhttp: {}\n", "unique", ":2", ""],
  ["text that is no YAML", "http: [\n", "not YAML", ":2", ""],
])("names %s", (_, text, reason, at, fix) => {
  const fault = faultOf(() => withFile(text));
  expect([fault.code, fault.exitCode]).toEqual(["bad_configuration", 2]);
  expect(fault.message).toContain(reason);
  expect(fault.at).toMatch(new RegExp(`cordon.yaml${at}`));
  expect(fault.fix ?? "").toContain(fix);
});

test.each([
  [{ CORDON_PRT: "1" }, "CORDON_PRT", "CORDON_PORT"],
  [{ CORDON_PORT: "x" }, "CORDON_PORT", "configuration.md"],
  [{ DATABASE_URL: "postgres//" }, "DATABASE_URL", "configuration.md"],
])("names the wrong variable: %j", (environment, at, fix) => {
  const fault = faultOf(() => withFile("", environment));
  expect([fault.at, fault.fix]).toEqual([at, expect.stringContaining(fix)]);
});

test("a secret is made once, for its owner's eyes only, and refused when others may read it", () => {
  const config = withFile("");
  const secret = sessionSecret(config);
  expect(secret.length).toBeGreaterThanOrEqual(64);
  expect(sessionSecret(config)).toBe(secret);
  expect(statSync(join(config.secretsFolder, "session")).mode & 0o777).toBe(0o600);
  const open = join(folder, "open");
  writeFileSync(open, "x", { mode: 0o644 });
  expect(faultOf(() => secretIn(open)).at).toBe(open);
});

test("docs/configuration.md names every key and every variable", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../docs/configuration.md"), "utf8");
  expect(KNOWN_KEYS.length).toBeGreaterThan(10);
  expect([...KNOWN_KEYS, ...Object.keys(VARIABLES)].filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
});
