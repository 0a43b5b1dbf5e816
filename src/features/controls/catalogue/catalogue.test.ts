import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import type { ShownControl } from "../schema.ts";
import { readControlCatalogues } from "./read-catalogue.ts";
import { showControl } from "./show-control.ts";
import { controlsOf } from "./walk.ts";

const folder = join(import.meta.dirname, "../../../../catalogs");
const textsIn = (name: string) =>
  readdirSync(join(folder, name)).map((file) => ({ name: file, text: readFileSync(join(folder, name, file), "utf8") }));
const { catalogues, mappings } = readControlCatalogues(textsIn("controls"), textsIn("control-mappings"));
const shown = (id: string): ShownControl[] => {
  const catalogue = catalogues.find((one) => one.catalogue === id);
  return catalogue === undefined ? [] : [...controlsOf(catalogue)].map(showControl);
};

describe("the catalogues that come with the program", () => {
  test("FDA premarket guidance, App. 1: eight categories, each checkable with a way to prove it and what it is about", () => {
    const controls = shown("fda-premarket");
    const perCategory = Map.groupBy(controls, ({ path }) => path[0]?.slice(0, 1));
    expect([...perCategory].map(([letter, own]) => `${letter}${own.length}`)).toEqual(
      "a10 b4 c6 d12 e2 f8 g4 h7".split(" "),
    );
    expect(
      controls.filter(({ proof, facts, statement }) => proof.length * facts.length === 0 || statement === null),
    ).toEqual([]);
    expect(new Set(controls.map(({ section }) => section)).size).toBe(8);
  });

  test("IEC 62443-4-2: 4 constraints, 58 component requirements in seven groups, 30 for one kind of component", () => {
    const controls = shown("iec-62443-4-2").filter(({ parent }) => parent === null);
    const count = (prefix: string) => controls.filter(({ label }) => label.startsWith(`${prefix} `)).length;
    expect(Object.fromEntries(["CCSC", "CR", "SAR", "EDR", "HDR", "NDR"].map((kind) => [kind, count(kind)]))).toEqual({
      CCSC: 4,
      CR: 58,
      SAR: 2,
      EDR: 8,
      HDR: 8,
      NDR: 12,
    });
    const perGroup = [1, 2, 3, 4, 5, 6, 7].map((fr) => controls.filter(({ id }) => id.startsWith(`CR-${fr}.`)).length);
    expect(perGroup).toEqual([14, 13, 14, 3, 4, 2, 8]);
  });

  test.each([
    ["CR-1.1", ["CR 1.1 RE(1) 2", "CR 1.1 RE(2) 3"]],
    ["CR-2.1", ["CR 2.1 RE(1) 2", "CR 2.1 RE(2) 2", "CR 2.1 RE(3) 3", "CR 2.1 RE(4) 4"]],
    ["CR-2.11", ["CR 2.11 RE(1) 2", "CR 2.11 RE(2) 4"]],
    ["NDR-5.2", ["NDR 5.2 RE(1) 2", "NDR 5.2 RE(2) 3", "NDR 5.2 RE(3) 3"]],
    ["EDR-3.14", ["EDR 3.14 RE(1) 2"]],
  ])("the enhancements of %s are asked for from their level on", (id, wanted) => {
    const own = shown("iec-62443-4-2").filter(({ parent }) => parent === id);
    expect(own.map(({ label, level }) => `${label} ${level}`)).toEqual(wanted);
  });

  test("MDS2 has its 24 groups and not one question", () => {
    const controls = shown("mds2");
    expect(controls.map(({ id }) => id).join(" ")).toBe(
      "DOC MPII ALOF AUDT AUTH CSUP DIDT DTBK EMRG IGAU MLDP NAUT CONN PAUT PLOK RDMP SBOM SAHD SGUD STCF TXCF TXIG RMOT OTHR",
    );
    expect(controls.filter(({ statement }) => statement !== null)).toEqual([]);
  });

  test("every category of FDA is mapped to families of SP 800-53 and groups of MDS2", () => {
    const rows = mappings.flatMap((one) => one.rows);
    const categories = rows.filter(({ families, mds2 }) => families !== undefined && mds2 !== undefined);
    expect(categories.map(({ from }) => from).sort()).toEqual(
      "FDA-AUTH FDA-AUTZ FDA-CONF FDA-CRYPT FDA-INT FDA-LOG FDA-RES FDA-UPD".split(" "),
    );
    expect(rows.filter(({ components }) => components !== undefined).length).toBeGreaterThan(35);
  });
});

describe("a bad file stops the load and says what is wrong", () => {
  const NAME = "mds2-2019.yaml";
  const good = textsIn("controls").find(({ name }) => name === NAME)?.text ?? "";
  const mapping = `mapping: x\ntitle: x\nauthor: x\nedition: 2026-01-01\nrows: [{ from: MPII, mds2: [NONE] }]\n`;
  test.each<[string, string, string, RegExp]>([
    ["no YAML", "a: [1", "", /not YAML/],
    ["an unknown field", `${good}note: x\n`, "", /note/i],
    ["a lost control", good.replace(/^.*id: OTHR.*\n/m, ""), "", /24 are stated and 23 are there/],
    ["an id twice", good.replace("id: ALOF", "id: MPII"), "", /MPII stands here twice/],
    ["an id that OSCAL could not carry", good.replace("id: ALOF", 'id: "AL OF"'), "", /begins with a letter/],
    ["a kind of proof nobody knows", good.replace("id: ALOF,", "id: ALOF, proof: [hope],"), "", /proof/],
    ["another edition than its name says", good.replace('"2019"', '"2020"'), "", /mds2-2020\.yaml/],
    ["a mapping into nothing", good, mapping, /NONE is in no catalogue/],
  ])("%s", (_, text, map, reason) => {
    const read = () => readControlCatalogues([{ name: NAME, text }], map === "" ? [] : [{ name: "m.yaml", text: map }]);
    expect(read).toThrow(Fault);
    expect(read).toThrow(reason);
  });
});
