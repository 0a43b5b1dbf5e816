import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Element } from "../../design/schema.ts";
import { readSecurityFile } from "../../read/read-security-file.ts";
import type { Item, ItemKind, SecurityFile } from "../../schema.ts";
import { checkFile } from "../check-file.ts";
import { CONTENT_RULES } from "./content.ts";
import type { SbomPart } from "./rule.ts";

const folder = join(import.meta.dirname, "../../../../../examples/infusion-pump/security-file");
const { file: example } = readSecurityFile(
  readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") })),
);
const asOf = "2026-11-24";

/** The example with one item changed. */
const edit =
  <K extends ItemKind>(kind: K, id: string, change: (item: Item<K>) => void) =>
  (file: SecurityFile) => {
    const item = (file[kind] as Item<K>[]).find((one) => one.id === id);
    if (item === undefined) throw new Error(`no ${kind} ${id}`);
    change(item);
  };
const without = (kind: ItemKind, id: string) => (file: SecurityFile) => {
  file[kind] = file[kind].filter((one) => one.id !== id) as never;
};
const only = (change: (file: SecurityFile) => void) => change;

/** Rules, and where they found something, that were not found before a change. */
function foundAfter(change: (file: SecurityFile) => void): string[] {
  const file = structuredClone(example);
  change(file);
  const key = (p: { rule: string; at: { id: string } | null; message: string }) =>
    `${p.rule} ${p.at?.id ?? "file"}: ${p.message}`;
  const before = new Set(checkFile(example, { asOf }).map(key));
  return checkFile(file, { asOf })
    .filter((problem) => !before.has(key(problem)))
    .map(({ rule, at }) => `${rule} ${at?.id ?? "file"}`);
}

test.each<[string, (file: SecurityFile) => void, string]>([
  ["SRM-3 an accepted risk says why", edit("risks", "rk-radio", (r) => (r.residual = "")), "SRM-3 rk-radio"],
  ["SRM-4 a treatment is chosen", edit("risks", "rk-stop", (r) => (r.treatment = "undecided")), "SRM-4 rk-stop"],
  ["SRM-6 a lock-out names its situation", edit("controls", "k-lockout", (c) => (c.treatedIn = [])), "SRM-6 k-lockout"],
  ["SRM-6 and is named by it", edit("situations", "hs-locked", (s) => (s.causedBy = [])), "SRM-6 k-lockout"],
  [
    "SRM-6 a situation's cause names it back",
    edit("controls", "k-lockout", (c) => (c.treatedIn = [])),
    "SRM-6 hs-locked",
  ],
  [
    "SRM-6 a safety measure names its threat",
    edit("controls", "k-emergency", (c) => (c.treatedIn = [])),
    "SRM-6 k-emergency",
  ],
  ["SRM-6 and is named by it", edit("threats", "t-emergency-access", (t) => (t.causedBy = [])), "SRM-6 k-emergency"],
  ["SRM-6 an opening is stated", edit("controls", "k-emergency", (c) => (c.sideEffect = "")), "SRM-6 k-emergency"],
  ["SRM-7 a transfer has a recipient", edit("risks", "rk-host", (r) => (r.transfer = null)), "SRM-7 rk-host"],
  ["SRM-7 whom labeling informs", edit("labels", "l-host", (l) => (l.about = [])), "SRM-7 rk-host"],
  [
    "TM-1 every element has a threat considered",
    edit("threats", "t-release", (t) => (t.targets = ["e-ui"])),
    "TM-1 e-pharmacist",
  ],
  ["TM-1 what is out of scope has its reason", edit("elements", "e-ehr", (e) => (e.description = "")), "TM-1 e-ehr"],
  ["TM-2 a methodology is named", only((f) => (f.head.methodology = "")), "TM-2 file"],
  ["TM-2 with its reason", only((f) => (f.head.methodologyBecause = "")), "TM-2 file"],
  ["TM-3 the network is hostile", without("assumptions", "as-hostile"), "TM-3 file"],
  ["TM-3 and rated so", edit("zones", "z-ward", (z) => (z.trust = 90)), "TM-3 z-ward"],
  ["TM-4 each source has a threat", without("threats", "lifecycle.decommissioning"), "TM-4 file"],
  [
    "TM-5 a rejection has its reason",
    edit("threats", "stride.flow-disclosure--f-touch", (t) => (t.reason = " ")),
    "TM-5 stride.flow-disclosure--f-touch",
  ],
  [
    "TM-5 a dropped mitigation has its reason",
    edit("threats", "t-release", (t) => t.mitigations.push({ name: "x", control: null, state: "dropped", note: "" })),
    "TM-5 t-release",
  ],
  [
    "RA-1 each threat is weighed",
    edit("risks", "rk-radio", (r) => (r.threats = [])),
    "RA-1 stride.wireless-jamming--f-order",
  ],
  ["RA-2 the method is stated", only((f) => (f.head.scoring = "")), "RA-2 file"],
  ["RA-2 before and after", edit("risks", "rk-stop", (r) => (r.before = null)), "RA-2 rk-stop"],
  ["RA-3 criteria are there", only((f) => (f.head.acceptance = null)), "RA-3 file"],
  [
    "RA-4 no probability",
    edit(
      "risks",
      "rk-stop",
      (r) => (r.before = { exploitability: "high", because: "Likelihood 10 % per year", vector: null }),
    ),
    "RA-4 rk-stop",
  ],
  ["RA-4 nor in the method", only((f) => (f.head.scoring = "Probability times severity")), "RA-4 file"],
  [
    "RA-6 below the worst has its reason",
    edit("risks", "rk-keys", (r) => (r.before = { exploitability: "low", because: "", vector: null })),
    "RA-6 rk-keys",
  ],
  [
    "RA-9 many patients have criteria of their own",
    only((f) => {
      if (f.head.acceptance !== null) f.head.acceptance.manyPatients = null;
    }),
    "RA-9 file",
  ],
  [
    "ISO 14971 5.3 a function is done by something",
    edit("functions", "fn-order", (f) => (f.elements = [])),
    "CL-1 fn-order",
  ],
  ["ISO 14971 5.4 a situation harms", edit("situations", "hs-air", (s) => (s.harms = [])), "CL-3 hs-air"],
  ["TR-1 risk to requirement", edit("risks", "rk-stop", (r) => (r.requirements = [])), "TR-1 rk-stop"],
  ["TR-1 requirement to control", edit("controls", "k-log", (c) => (c.requirements = ["r-ports"])), "TR-1 r-log"],
  ["TR-1 control to element", edit("controls", "k-log", (c) => (c.elements = [])), "TR-1 k-log"],
  ["TR-1 a test has a result", edit("tests", "t-abuse", (t) => (t.results = [])), "TR-1 t-abuse"],
  [
    "TR-1 a result has its proof",
    edit("tests", "t-review", (t) => {
      for (const result of t.results) result.evidence = [];
    }),
    "TR-1 t-review",
  ],
  ["D9 a category is implemented", edit("controls", "k-log", (c) => (c.state = "planned")), "D9 file"],
  [
    "D9 what is not applicable has its reason",
    edit("controls", "k-erase", (c) => (c.state = "not-applicable")),
    "D9 k-erase",
  ],
  ["AV-G the global view is explained", edit("layouts", "global", (l) => (l.note = "")), "AV-G file"],
  ["AV-U a failed update is thought of", edit("updatePaths", "u-stick", (u) => (u.onFailure = "")), "AV-U u-stick"],
  [
    "AV-U every program can be updated",
    edit("updatePaths", "u-network", (u) => (u.updates = ["e-comm"])),
    "AV-U e-library",
  ],
  ["AV-S a use case goes over flows", edit("useCases", "uc-service", (u) => (u.flows = [])), "AV-S uc-service"],
  ["AV-S every state is covered", edit("useCases", "uc-alarm", (u) => (u.clinicalStates = [])), "AV-S s-therapy"],
  ["FDA App. 2.B every field is stated", edit("flows", "f-order", (f) => (f.path.sessionEnd = "")), "APP-2B f-order"],
  [
    "FDA App. 2.B a cryptography of one's own is analysed",
    edit("flows", "f-order", (f) => (f.path.proprietaryCryptography = true)),
    "APP-2B f-order",
  ],
  ["FDA App. 1.D a debug port is guarded", edit("ports", "p-uart", (p) => (p.accessControl = "")), "IF-1 p-uart"],
  ["FDA App. 1.D its state is known", edit("ports", "p-uart", (p) => (p.state = "unknown")), "IF-1 p-uart"],
  [
    "FDA VI.A users are told of it",
    edit("labels", "l-ports", (l) => (l.about = l.about.filter((id) => id !== "p-usb"))),
    "IF-2 p-usb",
  ],
  [
    "FDA App. 1.A no hard-coded credential",
    edit("credentials", "c-permit", (c) => (c.hardcoded = true)),
    "CR-1 c-permit",
  ],
  ["FDA App. 2.B the life of a credential", edit("credentials", "c-permit", (c) => (c.storage = "")), "CR-2 c-permit"],
  ["TE-2 mitigations are tested", edit("tests", "t-mitigations", (t) => (t.method = "review")), "TE-2 file"],
  ["TE-3 fuzzing", edit("tests", "t-fuzzing", (t) => (t.method = "review")), "TE-3 file"],
  ["TE-3 what the binary is made of", edit("tests", "t-composition", (t) => (t.method = "review")), "TE-3 file"],
  ["TE-4 independence", edit("tests", "t-pentest", (t) => (t.independent = false)), "TE-4 t-pentest"],
  ["TE-5 the tool", edit("tests", "t-static", (t) => (t.tool = "")), "TE-5 t-static"],
  [
    "TE-6 a deferred finding has its release",
    edit("tests", "t-pentest", (t) => {
      const d = t.findings[0]?.disposition;
      if (d != null) d.release = null;
    }),
    "TE-6 t-pentest",
  ],
  [
    "TE-7 repeated",
    edit("tests", "t-pentest", (t) => {
      for (const result of t.results) result.on = "2024-05-22";
    }),
    "TE-7 t-pentest",
  ],
  ["a proof has its hash", edit("evidence", "ev-static", (e) => (e.sha256 = null)), "EV-1 ev-static"],
  ["a control has a proof", edit("evidence", "ev-composition", (e) => (e.proves = ["t-composition"])), "EV-2 k-watch"],
  ["that is fresh", edit("controls", "k-ports", (c) => (c.freshnessDays = 30)), "EV-2 k-ports"],
])("%s", (_, change, expected) => {
  expect(foundAfter(change)).toContain(expected);
});

test("TR-3 an element's part is in the SBOM, and the other way round", () => {
  const part = (name: string, purl: string | null = null): SbomPart => ({ group: null, name, version: "1", purl });
  const element = Element.parse({ id: "e", name: "E", kind: "process", components: ["a", "pkg:deb/debian/b", "c"] });
  const file = { ...example, elements: [element], assets: [] };
  const said = (sbom: SbomPart[]) =>
    checkFile(file, { sbom })
      .filter(({ rule }) => rule === "TR-3")
      .map(({ message }) => message);
  expect(said([part("a"), part("b", "pkg:deb/debian/b@1?arch=arm"), part("c")])).toEqual([]);
  expect(said([part("a"), part("d")])).toEqual([
    "The SBOM has no pkg:deb/debian/b, c, of which “E” is made",
    "1 of 2 parts of the SBOM belong to no element: d",
  ]);
});

test("RA-3 many patients: the stricter cells count where one act reaches several", () => {
  const found = (many: boolean) => {
    const file = structuredClone(example);
    const { acceptance } = file.head;
    if (acceptance === null || acceptance.manyPatients === null) throw new Error("no criteria");
    const { cells } = acceptance;
    for (const row of Object.values(cells))
      for (const harm of Object.keys(row)) row[harm as keyof typeof row] = "acceptable";
    if (!many)
      for (const one of file.elements)
        Object.assign(one, { instances: 1, patientsEach: Math.min(1, one.patientsEach) });
    return checkFile(file).some(({ rule, at }) => rule === "RA-3" && at?.id === "rk-server-many");
  };
  expect([found(true), found(false)]).toEqual([true, false]);
});

test("what is not known is not asked: no day, no SBOM, no folder", () => {
  const rules = new Set(checkFile(example).map(({ rule }) => rule));
  expect(rules).not.toContain("TE-7");
  expect(rules).not.toContain("TR-3");
});

test("a changed or missing file of evidence is named (ISO 13485 4.2.5)", () => {
  const said = (hash: string | null) =>
    checkFile(example, { hashOf: (file) => (file.endsWith("static.sarif") ? hash : "0".repeat(64)) })
      .filter(({ rule, at }) => rule === "EV-1" && at?.id === "ev-static")
      .map(({ message }) => message);
  expect(said(null)[0]).toContain("is not there");
  expect(said("1".repeat(64))[0]).toContain("is not what was taken in");
});

test("an empty file lacks something of every document, and nothing throws", () => {
  const empty = Object.fromEntries(Object.keys(example).map((key) => [key, []])) as unknown as SecurityFile;
  const rules = checkFile({ ...empty, cordon: example.cordon, head: { ...example.head, acceptance: null } }).map(
    ({ rule }) => rule,
  );
  for (const rule of ["TM-3", "TM-4", "RA-3", "D9", "AV-G", "AV-M", "AV-U", "AV-S", "TE-1", "TE-3"])
    expect(rules).toContain(rule);
});

test("every rule has an id of its own, a section and a fix", () => {
  expect(new Set(CONTENT_RULES.map(({ id }) => id)).size).toBe(CONTENT_RULES.length);
  for (const { section, fix, title } of CONTENT_RULES) expect([section, fix, title]).not.toContain("");
});
