import { expect, test } from "vitest";
import { SecurityFile } from "../schema.ts";
import { diffFiles } from "./diff-files.ts";
import { FileDiff } from "./schema.ts";

const BEFORE = {
  cordon: "security-file/1",
  zones: [{ id: "device", name: "Device" }],
  elements: [
    {
      id: "controller",
      name: "Controller",
      kind: "process",
      zone: "device",
      components: ["pkg:generic/openssl@3.0.1"],
    },
    { id: "display", name: "Display", kind: "process", zone: "device", components: ["pkg:generic/qt@6.1"] },
    { id: "server", name: "Server", kind: "external-system" },
  ],
  ports: [{ id: "wifi", name: "Wi-Fi", element: "controller", kind: "wireless", exposed: true }],
  credentials: [{ id: "cert", name: "Unit certificate", kind: "certificate", scope: "per-unit" }],
  flows: [
    {
      id: "orders",
      name: "Orders",
      from: "server",
      to: "controller",
      toPort: "wifi",
      path: { protocol: "MQTT", authentication: "Certificate", cryptography: "TLS 1.2", credentials: ["cert"] },
    },
  ],
  updatePaths: [{ id: "update", name: "Update", updates: ["controller"], signing: "RSA-2048" }],
  functions: [{ id: "therapy", name: "Therapy", kind: "therapy", elements: ["controller"] }],
  hazards: [{ id: "overdose", name: "Overdose", functions: ["therapy"] }],
  harms: [{ id: "injury", name: "Injury", severity: "critical" }],
  threats: [
    {
      id: "replay",
      name: "Orders replayed",
      category: "replayed-command",
      targets: ["orders"],
      mitigations: [{ name: "TLS", control: "tls", state: "verified" }],
    },
    { id: "look", name: "Display read", category: "information-disclosure", targets: ["display"] },
  ],
  risks: [
    {
      id: "r1",
      name: "Overdose by replay",
      threats: ["replay"],
      after: { exploitability: "low", because: "TLS" },
      residual: "Small",
    },
  ],
  controls: [
    { id: "tls", name: "TLS", category: "cryptography", state: "implemented", elements: ["orders", "controller"] },
    { id: "shade", name: "Privacy screen", category: "confidentiality", state: "implemented", elements: ["display"] },
  ],
  tests: [
    {
      id: "t-tls",
      name: "TLS is used",
      method: "requirement",
      verifies: ["tls"],
      results: [{ outcome: "passed", on: "2026-01-01", release: "1.0" }],
    },
    { id: "t-new", name: "Not run yet", method: "fuzzing", verifies: ["tls"] },
  ],
  evidence: [{ id: "e-tls", name: "Report", provesFrom: "2026-01-01", receivedOn: "2026-01-02", proves: ["t-tls"] }],
  labels: [{ id: "l-wifi", name: "Interfaces", about: ["wifi"] }],
  layouts: [{ id: "global", name: "Global", view: "global", places: [{ of: "display", x: 1, y: 1 }] }],
};
type Lists = Record<string, Record<string, unknown>[]>;

/** The newer file: an item with some fields changed, added when it is not there. */
function with_(kind: string, id: string, fields: Record<string, unknown>): SecurityFile {
  const lists = structuredClone(BEFORE) as unknown as Lists;
  const list = lists[kind] ?? [];
  lists[kind] = list;
  const item = list.find((one) => one.id === id);
  if (item === undefined) list.push({ id, ...fields });
  else
    for (const [key, value] of Object.entries(fields))
      item[key] = key === "path" ? { ...(item.path as object), ...(value as object) } : value;
  return SecurityFile.parse(lists);
}
const before = SecurityFile.parse(BEFORE);

test("a file against itself: nothing changed, and the reduced set of documents (FDA VII.D.2)", () => {
  const diff = diffFiles(before, before);
  expect(diff).toMatchObject({
    items: [],
    head: [],
    invalidated: [],
    proposal: { impact: "unlikely", section: "VII.D.2" },
  });
  expect(diff.proposal.documents.map(({ name }) => name)).toContain("SBOM");
  expect(diff.proposal.documents).toHaveLength(3);
});

test.each([
  ["authentication", with_("flows", "orders", { path: { authentication: "Password" } }), "authentication"],
  ["a cipher", with_("flows", "orders", { path: { cryptography: "TLS 1.3" } }), "cryptography"],
  ["anti-replay", with_("flows", "orders", { path: { antiReplay: true } }), "authentication"],
  ["a key", with_("credentials", "cert", { scope: "shared" }), "cryptography"],
  [
    "a new interface, even one that is disabled",
    with_("ports", "usb", { name: "USB", element: "controller", kind: "removable", state: "disabled", exposed: false }),
    "interfaces",
  ],
  ["a protocol", with_("flows", "orders", { path: { protocol: "HTTP" } }), "interfaces"],
  ["a new flow", with_("flows", "logs", { name: "Logs", from: "controller", to: "server" }), "interfaces"],
  ["the way of updates", with_("updatePaths", "update", { signing: "ML-DSA-65" }), "update"],
  ["what protects an update on its way", with_("flows", "orders", { path: { updateProtection: "Signed" } }), "update"],
  ["a control that goes", with_("controls", "shade", { state: "not-applicable", reason: "No display" }), "controls"],
  ["a zone", with_("elements", "display", { zone: null }), "architecture"],
  [
    "a cryptographic part's version, where a control of cryptography works",
    with_("elements", "controller", { components: ["pkg:generic/openssl@4.0.0"] }),
    "components",
  ],
])("FDA VII.D.1: %s may impact cybersecurity, and asks for the full set", (_, after, aspect) => {
  const { proposal } = FileDiff.parse(diffFiles(before, after));
  expect(proposal).toMatchObject({ impact: "may-impact", section: "VII.D.1" });
  expect(proposal.reasons.map((reason) => reason.aspect)).toContain(aspect);
  expect(proposal.documents).toHaveLength(14);
});

test.each([
  ["words", with_("elements", "display", { description: "Bigger letters", name: "Screen" })],
  ["the picture", with_("layouts", "global", { places: [{ of: "display", x: 900, y: 1 }] })],
  ["a part's version away from controls", with_("elements", "display", { components: ["pkg:generic/qt@6.2"] })],
  ["a test's result", with_("tests", "t-new", { results: [{ outcome: "passed", on: "2026-02-01" }] })],
  ["the clinical side alone", with_("harms", "injury", { severity: "serious" })],
])("FDA VII.D.2: %s is unlikely to impact cybersecurity", (_, after) => {
  const { proposal, items } = diffFiles(before, after);
  expect(items).toHaveLength(1);
  expect(proposal).toMatchObject({ impact: "unlikely", section: "VII.D.2" });
});

test("ISO 14971 10: what rests on a changed path no longer holds: threat, control, test, evidence, and the risk that was accepted", () => {
  const { invalidated } = diffFiles(before, with_("flows", "orders", { path: { cryptography: "TLS 1.3" } }));
  expect(invalidated.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    "threats replay",
    "risks r1",
    "controls tls",
    "tests t-tls",
    "evidence e-tls",
  ]);
  expect(invalidated.at(-1)).toMatchObject({
    todo: expect.stringContaining("new evidence"),
    because: [{ id: "orders" }, { id: "tls" }, { id: "t-tls" }],
  });
});

test("a control that works elsewhere too does not put its other places in doubt, unless it changed itself", () => {
  const two = (file: SecurityFile) =>
    SecurityFile.parse({
      ...file,
      threats: [
        ...file.threats,
        {
          id: "far",
          name: "Far",
          category: "spoofing",
          mitigations: [{ name: "TLS", control: "tls", state: "verified" }],
        },
      ],
    });
  const ids = (after: SecurityFile) => diffFiles(two(before), two(after)).invalidated.map(({ id }) => id);
  expect(ids(with_("flows", "orders", { path: { mutual: true } }))).not.toContain("far");
  expect(ids(with_("controls", "tls", { state: "planned" }))).toContain("far");
});

test("labeling of an interface is read again; what was touched in the newer file is not listed", () => {
  const after = with_("ports", "wifi", { state: "disabled" });
  expect(diffFiles(before, after).invalidated.map(({ id }) => id)).toContain("l-wifi");
  const told = SecurityFile.parse({
    ...after,
    labels: after.labels.map((one) => ({ ...one, description: "Wi-Fi is off" })),
  });
  expect(diffFiles(before, told).invalidated.map(({ id }) => id)).not.toContain("l-wifi");
});

test("words and pictures invalidate nothing", () => {
  expect(diffFiles(before, with_("elements", "controller", { name: "Main controller" })).invalidated).toEqual([]);
});

test("a change names its fields, those of a path each alone, with before and after", () => {
  const { items, counts } = diffFiles(
    before,
    with_("flows", "orders", { bothWays: true, path: { protocol: "HTTP", mutual: true } }),
  );
  expect(counts).toEqual({ added: 0, removed: 0, changed: 1 });
  expect(items).toMatchObject([
    {
      kind: "flows",
      id: "orders",
      fields: [
        { field: "bothWays", before: false, after: true, aspect: "architecture" },
        { field: "path.protocol", before: "MQTT", after: "HTTP", aspect: "interfaces" },
        { field: "path.mutual", before: null, after: true, aspect: "authentication" },
      ],
    },
  ]);
});
