import { expect, test } from "vitest";
import { pumpFile } from "../../../../tests/support/pump-file.ts";
import { checkStructure } from "../check/structure.ts";
import { applyEdit, put } from "./edit.ts";
import { newId, newName } from "./new-id.ts";
import { removal } from "./removal.ts";
import { starterFile } from "./starter.ts";

const file = pumpFile();

test("an edit and the edit that undoes it leave the file as it was, in its order", () => {
  const flow = file.flows[0];
  if (flow === undefined) throw new Error("no flow");
  const made = applyEdit(file, [put("flows", { ...flow, name: "Else" }), { do: "remove", kind: "flows", id: "f2" }]);
  expect(made.file.flows.map(({ name }) => name)).toContain("Else");
  const back = applyEdit(made.file, made.inverse).file;
  expect(new Set(back.flows)).toEqual(new Set(file.flows));
  expect(back.flows[0]).toEqual(flow);
});

test("what is taken out leaves no link to it behind: interfaces and flows go along, lists and fields let go", () => {
  const { edit, with: along, unlinked } = removal(file, ["comms"]);
  const after = applyEdit(file, edit).file;
  expect(along.map(({ item }) => item.id).sort()).toEqual(["bus", "eth", "f4", "f5", "wifi"]);
  expect(unlinked.map(({ item }) => item.id).sort()).toEqual(["firmware", "program", "t1"]);
  expect(after.useCases[0]?.flows).toEqual(["f7", "f1", "f2"]);
  expect([...checkStructure(after)]).toEqual([]);
});

test("ids are made of names, and new ones are free", () => {
  expect(newId(file, "Wärd gateway!")).toBe("ward-gateway");
  expect(newId(file, "Gateway")).toBe("gateway-2");
  expect(newId(file, "—")).toBe("item");
  expect(newName([{ name: "Process 1" }], "Process")).toBe("Process 2");
});

test("the template is a file without errors", () => {
  expect([...checkStructure(starterFile("Pump"))]).toEqual([]);
});
