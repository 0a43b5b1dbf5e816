import { describe, expect, test } from "vitest";
import { nistCatalog, nistProfile, UNUSED_RESOURCE } from "../../../../tests/support/oscal-samples.ts";
import { controlsOf } from "../catalogue/walk.ts";
import { fromOscal } from "./from-oscal.ts";
import { resolveProfile, type Source } from "./resolve-profile.ts";
import { OscalCatalog, OscalProfile } from "./schema.ts";
import { globOf } from "./select.ts";
import { toProfile } from "./to-oscal.ts";

const catalogue = fromOscal(OscalCatalog.parse(nistCatalog().catalog), "x");
const sources: Source[] = [{ name: "NIST_SP-800-53_rev5_catalog.json", catalogue }];
const resolve = (change: object, from = sources) =>
  resolveProfile(OscalProfile.parse(nistProfile(change).profile), from);
const idsOf = (change: object) => [...controlsOf(resolve(change).catalogue)].map(({ control }) => control.id);
const imports = (one: object) => ({ imports: [{ href: "NIST_SP-800-53_rev5_catalog.xml", ...one }] });

describe("what an import takes", () => {
  test.each<[string, object, string[]]>([
    ["by id", { "include-controls": [{ "with-ids": ["ac-1", "au-3"] }] }, ["ac-1", "au-3"]],
    [
      "with enhancements",
      { "include-controls": [{ "with-ids": ["ac-2"], "with-child-controls": "yes" }] },
      ["ac-2", "ac-2.1", "ac-2.10"],
    ],
    ["without them", { "include-controls": [{ "with-ids": ["ac-2"] }] }, ["ac-2"]],
    ["by pattern", { "include-controls": [{ matching: [{ pattern: "au-?" }] }] }, ["au-2", "au-3"]],
    ["all", { "include-all": {} }, ["ac-1", "ac-2", "ac-2.1", "ac-2.10", "au-2", "au-3"]],
    ["nothing said", {}, ["ac-1", "ac-2", "ac-2.1", "ac-2.10", "au-2", "au-3"]],
    ["all but some", { "exclude-controls": [{ matching: [{ pattern: "ac-*" }] }] }, ["au-2", "au-3"]],
  ])("%s", (_, one, ids) => expect(idsOf(imports(one))).toEqual(ids));

  test("a control that is not there is named", () => {
    const { losses } = resolve(imports({ "include-controls": [{ "with-ids": ["ac-1", "zz-9"] }] }));
    expect(losses).toEqual([{ at: "NIST_SP-800-53_rev5_catalog.xml", what: expect.stringContaining("zz-9") }]);
  });

  test.each([
    ["a*b*c", "aXbYc", true],
    ["a*b", "ab", true],
    ["a*b", "abc", false],
    ["*", "", true],
    ["", "a", false],
    ["ac-2.*", "ac-2", false],
    ["*a*a*a*a*a*a*a*a*b", "a".repeat(5_000), false],
  ])("the pattern %s", (pattern, text, fits) => expect(globOf(pattern)(text)).toBe(fits));
});

describe("how it is merged", () => {
  const groupIds = (change: object) => resolve(change).catalogue.groups.map(({ id }) => id);

  test("as it is: in its groups; an enhancement without its control takes its place", () => {
    expect(groupIds({})).toEqual(["ac", "au"]);
    expect(resolve({}).catalogue.groups[0]?.controls?.map(({ id }) => id)).toEqual(["ac-1", "ac-2.1"]);
  });

  test("flat: without groups", () => {
    const { catalogue: flat } = resolve({ merge: { flat: {} } });
    expect([flat.groups, flat.controls.map(({ id }) => id)]).toEqual([[], ["ac-1", "ac-2.1", "au-2"]]);
  });

  test("a control of two imports comes once", () => {
    const href = "NIST_SP-800-53_rev5_catalog.xml";
    const { catalogue: one, losses } = resolve({ imports: [{ href }, { href }] });
    expect([...controlsOf(one)].length).toBe(6);
    expect(losses).toEqual([{ at: "Sample low baseline", what: expect.stringContaining("6 controls") }]);
  });
});

describe("what it modifies", () => {
  const control = (modify: object, id = "ac-1") =>
    [...controlsOf(resolve({ modify }).catalogue)].find((one) => one.control.id === id)?.control;

  test("a parameter gets its value, and its properties are added to", () => {
    const props = [{ name: "x", value: "y" }];
    const after = control({ "set-parameters": [{ "param-id": "ac-01_odp.05", values: ["every year"], props }] });
    expect(after?.params?.[2]).toMatchObject({ label: "frequency", values: ["every year"], props });
  });

  const part = { id: "new", name: "item", prose: "More." };
  test.each<[string, object, string[]]>([
    ["at the end", {}, ["ac-1_smt", "ac-1_gdn", "ac-1_obj", "new"]],
    ["at the start", { position: "starting" }, ["new", "ac-1_smt", "ac-1_gdn", "ac-1_obj"]],
    ["after a part", { position: "after", "by-id": "ac-1_smt" }, ["ac-1_smt", "new", "ac-1_gdn", "ac-1_obj"]],
    ["before a part", { position: "before", "by-id": "ac-1_gdn" }, ["ac-1_smt", "new", "ac-1_gdn", "ac-1_obj"]],
  ])("a part is added %s", (_, where, ids) => {
    const after = control({ alters: [{ "control-id": "ac-1", adds: [{ ...where, parts: [part] }] }] });
    expect(after?.parts?.map(({ id }) => id)).toEqual(ids);
  });

  test("a part is added inside another, however deep", () => {
    const adds = [{ position: "after", "by-id": "ac-1_smt.a", parts: [part] }];
    const after = control({ alters: [{ "control-id": "ac-1", adds }] });
    expect(after?.parts?.[0]?.parts?.map(({ id }) => id)).toEqual(["ac-1_smt.a", "new", "ac-1_smt.b"]);
  });

  test.each<[string, object, (string | undefined)[]]>([
    ["by name", { "by-name": "guidance" }, ["ac-1_smt", "ac-1_obj"]],
    ["by id", { "by-id": "ac-1_smt" }, ["ac-1_gdn", "ac-1_obj"]],
    ["by kind", { "by-item-name": "part" }, []],
    [
      "all that is named must hold",
      { "by-name": "guidance", "by-id": "ac-1_smt" },
      ["ac-1_smt", "ac-1_gdn", "ac-1_obj"],
    ],
    ["nothing named", {}, ["ac-1_smt", "ac-1_gdn", "ac-1_obj"]],
  ])("parts are removed: %s", (_, remove, ids) => {
    const after = control({ alters: [{ "control-id": "ac-1", removes: [remove] }] });
    expect((after?.parts ?? []).map(({ id }) => id)).toEqual(ids);
  });

  test("what it would modify and is not there, is named", () => {
    const { losses } = resolve({
      modify: {
        "set-parameters": [{ "param-id": "zz_prm", values: ["1"] }],
        alters: [{ "control-id": "au-3" }, { "control-id": "ac-1", adds: [{ "by-id": "zz", parts: [part] }] }],
      },
    });
    expect(losses.map(({ what }) => what).join("; ")).toMatch(/to zz,.*zz_prm.*au-3/);
  });
});

describe("where it finds what it imports", () => {
  test("resources that nothing refers to any more stay behind", () => {
    const { resources } = resolve({}).catalogue;
    expect(resources.map(({ uuid }) => uuid)).not.toContain(UNUSED_RESOURCE);
    expect(resources.length).toBe(1);
  });

  test("by a resource of its own; and a selection of ours gives back what was selected", () => {
    const { profile } = toProfile({ title: "S", version: "1", catalogue, ids: ["au-2"], at: new Date(0) });
    const name = `${catalogue.catalogue}-${catalogue.edition}.json`;
    const other: Source = { name: "other.json", catalogue: { ...catalogue, uuid: profile.uuid } };
    const { catalogue: one } = resolveProfile(profile, [other, { name, catalogue }]);
    expect([...controlsOf(one)].map(({ control }) => control.id)).toEqual(["au-2"]);
  });

  test("through another profile", () => {
    const middle: Source = { name: "middle.json", profile: OscalProfile.parse(nistProfile().profile) };
    const outer = OscalProfile.parse({
      ...nistProfile({ imports: [{ href: "middle.json", "exclude-controls": [{ "with-ids": ["ac-1"] }] }] }).profile,
      uuid: "00000000-0000-4000-8000-000000000001",
    });
    const { catalogue: one } = resolveProfile(outer, [middle, ...sources]);
    expect([...controlsOf(one)].map(({ control }) => control.id)).toEqual(["ac-2.1", "au-2"]);
  });

  test("a circle and a missing file are refused", () => {
    const self: Source = {
      name: "self.json",
      profile: OscalProfile.parse(nistProfile({ imports: [{ href: "self.json" }] }).profile),
    };
    expect(() => resolve({ imports: [{ href: "self.json" }] }, [self])).toThrow(/circle/);
    expect(() => resolve({}, [])).toThrow(/NIST_SP-800-53_rev5_catalog\.xml, which was not given/);
  });
});
