import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { CASE_STATES } from "../src/features/disclosure/schema.ts";
import { STATES } from "../src/features/intel/findings/schema.ts";
import { RiskWord } from "../src/features/risk/schema.ts";
import { ACTION_TEXT, actionText } from "../src/web/audits/said.ts";

const root = resolve(import.meta.dirname, "..");
const source = globSync("src/{features,flows,main,platform}/**/*.ts", { cwd: root })
  .filter((path) => !path.endsWith(".test.ts"))
  .map((path) => readFileSync(resolve(root, path), "utf8"))
  .join("\n");

/** Spelled like actions of nouns the ledger has, and none: jobs, columns and files. */
const NO_ACTIONS = new Set(
  "release.assess release.move-to-harm device.match intel.refresh intel.sync device.yaml security-file.yaml catalog.id catalog.json mds2.xlsx member.email member.name member.roles member.state".split(
    " ",
  ),
);
/** What may stand where an action has a part filled in. */
const FILLED: Readonly<Record<string, readonly string[]>> = {
  "finding.decided-": STATES,
  "risk.decided-": RiskWord.options,
  "report.": CASE_STATES,
  "device.advisory-name-": ["confirmed", "rejected"],
};
const nouns = [...new Set(Object.keys(ACTION_TEXT).map((action) => action.split(".")[0]))].join("|");
const found = (pattern: RegExp) => [...source.matchAll(pattern)].map(([, action = ""]) => action);

/** Every literal after `action:`, and every literal or template anywhere that begins with a noun of the ledger. */
const written = new Set([
  ...found(/\baction: "([a-z-]+\.[a-z-]+)"/g),
  ...found(new RegExp(`"((?:${nouns})\\.[a-z-]+)"`, "g")).filter((action) => !NO_ACTIONS.has(action)),
  ...found(new RegExp(`\`((?:${nouns})\\.[a-z-]*)\\$\\{`, "g"))
    .filter((start) => start !== "intel.mirrors.")
    .flatMap((start) => (FILLED[start] ?? ["?"]).map((end) => `${start}${end}`)),
]);

test("every action the source writes into the ledger has words", () => {
  expect(written.size).toBeGreaterThan(90);
  expect([...written].filter((action) => ACTION_TEXT[action] === undefined)).toEqual([]);
});

test("no words are kept for an action nobody writes, and no two actions read alike", () => {
  expect(Object.keys(ACTION_TEXT).filter((action) => !written.has(action))).toEqual([]);
  const texts = Object.values(ACTION_TEXT);
  expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([]);
});

test("an action of another version is said as it is spelled", () => {
  expect(actionText("pump-door.left-open")).toBe("Pump door: left open");
});
