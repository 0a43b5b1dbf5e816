import { expect, test } from "vitest";
import { SecurityFile } from "../schema.ts";
import { byArea } from "./areas.ts";
import { diffFiles } from "./diff-files.ts";

const file = (path: object, more: object = {}) =>
  SecurityFile.parse({
    cordon: "security-file/1",
    elements: [
      { id: "a", name: "A", kind: "process" },
      { id: "b", name: "B", kind: "process" },
    ],
    flows: [{ id: "f", name: "F", from: "a", to: "b", path }],
    ...more,
  });

test("an item that changed in two areas stands in each with the fields of that area, and one that came stands once", () => {
  const before = file({ authentication: "Password", cryptography: "TLS 1.2" });
  const after = file(
    { authentication: "Certificate", cryptography: "TLS 1.3" },
    { threats: [{ id: "t", name: "T", category: "spoofing", targets: ["f"] }] },
  );
  const areas = byArea(diffFiles(before, after)).map(({ area, items }) => [
    area,
    items.map(({ item, fields }) => [item.id, ...fields.map(({ field }) => field)]),
  ]);
  expect(areas).toEqual([
    ["cryptography", [["f", "path.cryptography"]]],
    ["authentication", [["f", "path.authentication"]]],
    ["risks", [["t"]]],
  ]);
});
