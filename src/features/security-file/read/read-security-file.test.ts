import { expect, test } from "vitest";
import { checkStructure } from "../check/structure.ts";
import { partsOf, writeFolder, writeSecurityFile } from "../write/write-security-file.ts";
import { readSecurityFile } from "./read-security-file.ts";

const DEVICE = `cordon: security-file/1
zones:
  - { id: device, name: Pump, owner: manufacturer, trust: 90 }
elements:
  - { id: controller, name: Controller, kind: process, zone: device, components: [pkg:generic/openssl] }
  - { id: server, name: Pump server, kind: external-system, instances: 2, patientsEach: 200 }
flows:
  - { id: orders, name: Orders, from: server, to: controller, carries: [command], path: { protocol: MQTT, encrypted: true } }
functions:
  - { id: therapy, name: Therapy delivery, kind: therapy, essential: true, elements: [controller] }
`;

const read = (text: string) => readSecurityFile([{ name: "file.yaml", text }]);

test("a file that is written and read again is equal, as one document, as a folder, and as JSON", () => {
  const { file } = read(DEVICE);
  expect(read(writeSecurityFile(file)).file).toEqual(file);
  expect(readSecurityFile(writeFolder(file)).file).toEqual(file);
  expect(read(JSON.stringify(file)).file).toEqual(file);
  expect(writeSecurityFile(read(writeSecurityFile(file)).file)).toBe(writeSecurityFile(file));
});

test("what has its default is not written", () => {
  const { file } = read(DEVICE);
  expect(partsOf(file)).toMatchObject({ flows: [{ id: "orders", path: { protocol: "MQTT", encrypted: true } }] });
  expect(writeSecurityFile(file)).not.toContain("notApplicable");
});

test.each([
  ["nothing of ours", "a: 1", "file.yaml:1:4", "“a” is no list"],
  ["no first line", "zones: []", "file.yaml", "no security file"],
  ["a list", "- 1", "file.yaml:1:1", "no map"],
  ["broken YAML", `cordon: security-file/1\nzones: [`, "file.yaml:2:9", "not YAML"],
  ["an unknown field", `${DEVICE}hazards:\n  - { id: h, name: H, probability: 3 }\n`, "file.yaml:12:5", "probability"],
  ["a wrong kind of value", DEVICE.replace("trust: 90", "trust: high"), "file.yaml:3:59", "zones.0.trust"],
  ["an id with a slash", DEVICE.replace("id: device", "id: ../x"), "file.yaml:3:11", "An id has letters"],
  ["a key of JavaScript's own", `${DEVICE}__proto__: []\n`, "file.yaml:11:12", "“__proto__” is no list"],
  [
    "aliases that unfold",
    `cordon: security-file/1\na: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nzones: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n`,
    "file.yaml",
    "unfold",
  ],
])("%s is refused in place", (_, text, at, reason) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({ code: "bad_input", at, message: expect.stringContaining(reason) }),
  );
});

test("a file of 50 MB is refused before it is read", () => {
  const text = `{"cordon":"security-file/1","zones":[${" ".repeat(50 * 1024 * 1024)}]}`;
  expect(() => read(text)).toThrow(expect.objectContaining({ code: "too_large" }));
});

test("in a folder, a fault and an item are placed in the document they stand in", () => {
  const folder = [
    { name: "file.yaml", text: "cordon: security-file/1\n" },
    { name: "a.yaml", text: "zones:\n  - { id: a, name: A }\n" },
    { name: "b.yaml", text: "zones:\n  - { id: b, name: B }\n  - { id: c, name: C }\n" },
  ];
  expect(readSecurityFile(folder).placeOf("c")).toBe("b.yaml:3:5");
  expect(() => readSecurityFile([...folder, { name: "d.yaml", text: "zones:\n  - { id: d }\n" }])).toThrow(
    expect.objectContaining({ at: "d.yaml:2:5" }),
  );
});

test.each([
  ["duplicate-id", DEVICE.replace("id: therapy", "id: device"), "functions", "id"],
  ["dangling-link", DEVICE.replace("to: controller", "to: gone"), "flows", "to"],
  ["wrong-link", DEVICE.replace("elements: [controller]", "elements: [orders]"), "functions", "elements.0"],
  ["cycle", DEVICE.replace("kind: external-system", "kind: external-system, parent: server"), "elements", "parent"],
  [
    "foreign-interface",
    `${DEVICE.replace("to: controller,", "to: controller, toPort: lan,")}ports:\n  - { id: lan, name: LAN, element: server, kind: wired, exposed: true }\n`,
    "flows",
    "toPort",
  ],
])("%s is an error in place", (rule, text, kind, field) => {
  expect(checkStructure(read(text).file)).toMatchObject([{ rule, severity: "error", at: { kind }, field }]);
});

test("a file in order has no error, and flows may run in a circle", () => {
  const circle = DEVICE.replace("functions:", `  - { id: back, name: Back, from: controller, to: server }\nfunctions:`);
  expect(checkStructure(read(circle).file)).toEqual([]);
});
