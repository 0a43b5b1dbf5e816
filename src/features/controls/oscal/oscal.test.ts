import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { nistCatalog, nistProfile } from "../../../../tests/support/oscal-samples.ts";
import { Fault } from "../../../lib/fault.ts";
import { readControlCatalogues } from "../catalogue/read-catalogue.ts";
import { showControl } from "../catalogue/show-control.ts";
import { controlsOf } from "../catalogue/walk.ts";
import { Catalogue } from "../schema.ts";
import { fromOscal } from "./from-oscal.ts";
import { readOscal } from "./read-oscal.ts";
import { toOscal, toProfile } from "./to-oscal.ts";

const folder = join(import.meta.dirname, "../../../../catalogs/controls");
const { catalogues } = readControlCatalogues(
  readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") })),
  [],
);
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
const catalogOf = (value: unknown, name = "x.json") => {
  const read = readOscal(bytesOf(value), name);
  if (read.model !== "catalog") throw new Error(read.model);
  return { catalogue: fromOscal(read.document, name), losses: read.losses };
};

describe("what OSCAL's schema asks of every document, checked on what we write", () => {
  const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const TOKEN = /^[\p{L}_][\p{L}\p{N}.\-_]*$/u;
  const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
  const RULES: Record<string, (value: unknown) => boolean> = {
    uuid: (value) => UUID.test(String(value)),
    "last-modified": (value) => INSTANT.test(String(value)),
    "oscal-version": (value) => value === "1.1.3",
    id: (value) => TOKEN.test(String(value)),
    name: (value) => typeof value === "string",
    href: (value) => typeof value === "string" && !/\s/.test(value),
    ns: (value) => URL.canParse(String(value)),
  };
  const wrong = (value: unknown, at = ""): string[] => {
    if (Array.isArray(value))
      return value.length === 0 ? [`${at}: an empty list`] : value.flatMap((one, i) => wrong(one, `${at}/${i}`));
    if (typeof value === "string") return value === "" ? [`${at}: an empty text`] : [];
    return Object.entries(value as object).flatMap(([key, one]) => [
      ...(RULES[key]?.(one) === false ? [`${at}/${key}: ${JSON.stringify(one)}`] : []),
      ...wrong(one, `${at}/${key}`),
    ]);
  };

  test.each(catalogues.map((one) => [one.catalogue, one] as const))("the catalogue %s", (_, catalogue) => {
    expect(wrong(toOscal(catalogue))).toEqual([]);
  });

  test("a selection", () => {
    const [catalogue] = catalogues;
    if (catalogue === undefined) throw new Error("none");
    const of = { title: "Ours", version: "1", catalogue, at: new Date("2026-11-24T00:00:00Z") };
    const profile = toProfile({ ...of, ids: ["FDA-AUTH-1", "FDA-INT-6"] });
    expect(wrong(profile)).toEqual([]);
    expect(toProfile({ ...of, ids: ["FDA-AUTH-1", "FDA-INT-6"] })).toEqual(profile);
  });
});

describe("round trips", () => {
  test.each(catalogues.map((one) => [one.catalogue, one] as const))("%s is the same after OSCAL", (_, catalogue) => {
    const back = catalogOf(toOscal(catalogue));
    expect(back.losses).toEqual([]);
    expect(back.catalogue).toEqual(catalogue);
  });

  test("a document of NIST's form is the same after us, from JSON and from YAML", () => {
    const given = nistCatalog();
    const { catalogue, losses } = catalogOf(given);
    expect([toOscal(catalogue), losses]).toEqual([given, []]);
    const yaml = readOscal(Buffer.from(stringify(given)), "x.yaml");
    expect(yaml).toEqual(readOscal(bytesOf(given), "x.json"));
  });

  test("any catalogue", () => {
    const id = fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/);
    const prose = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
    const { control } = fc.letrec<{ control: { id: string } }>((tie) => ({
      control: fc.record(
        {
          id,
          title: prose,
          props: fc.array(fc.record({ name: id, value: prose }), { minLength: 1, maxLength: 2 }),
          parts: fc.array(fc.record({ name: id, prose }), { minLength: 1, maxLength: 2 }),
          controls: fc.array(tie("control"), { minLength: 1, maxLength: 2 }),
        },
        { requiredKeys: ["id", "title"] },
      ) as fc.Arbitrary<{ id: string }>,
    }));
    const head = nistCatalog().catalog;
    fc.assert(
      fc.property(fc.array(control, { minLength: 1, maxLength: 4 }), (controls) => {
        const given = { catalog: { uuid: head.uuid, metadata: head.metadata, controls } };
        const ids = JSON.stringify(controls).match(/"id":"[^"]*"/g) ?? [];
        if (new Set(ids).size < ids.length) expect(() => catalogOf(given)).toThrow(/stands here twice/);
        else expect(toOscal(catalogOf(given).catalogue)).toEqual(given);
      }),
      { numRuns: 200 },
    );
  });
});

describe("reading", () => {
  test("a control is shown with its label, its statement item by item with the parameters' words, and its enhancements", () => {
    const shown = [...controlsOf(catalogOf(nistCatalog()).catalogue)].map(showControl);
    expect(shown.map(({ label, parent, withdrawn }) => [label, parent, withdrawn])).toEqual([
      ["AC-1", null, false],
      ["AC-2", null, false],
      ["AC-2(1)", "ac-2", false],
      ["AC-2(10)", "ac-2", true],
      ["AU-2", null, false],
      ["AU-3", null, false],
    ]);
    expect(shown[0]?.statement).toBe(
      "a. Write down for [organization-defined personnel or roles] a [one or more of: organization-level; system-level] policy;\nb. Review it [frequency].",
    );
  });

  test("parameters that insert each other come to an end", () => {
    const choice = Array.from({ length: 100 }, () => "{{ insert: param, p }}");
    const control = {
      id: "c",
      title: "c",
      params: [{ id: "p", select: { choice } }],
      parts: [{ name: "statement", prose: choice.join(" ") }],
    };
    expect(showControl({ control, groups: [], parent: null }).statement?.length).toBeLessThan(1_000_000);
  });

  test("what has no place is named", () => {
    const given = nistCatalog();
    Object.assign(given.catalog.metadata, { actions: [{}] });
    Object.assign(given.catalog.groups[0]?.controls[0] ?? {}, { mappings: [1], "a/b": 1 });
    expect(catalogOf(given).losses.map(({ at }) => at)).toEqual([
      "/catalog/metadata/actions",
      "/catalog/groups/0/controls/0/mappings",
      "/catalog/groups/0/controls/0/a~1b",
    ]);
  });

  const twice = nistCatalog();
  Object.assign(twice.catalog.groups[1]?.controls[1] ?? {}, { id: "ac-1" });
  const withVersion = (version: unknown) => {
    const given = nistCatalog();
    Object.assign(given.catalog.metadata, { "oscal-version": version });
    return given;
  };
  const badId = nistCatalog();
  Object.assign(badId.catalog.groups[0]?.controls[0] ?? {}, { id: "ac 1" });
  test.each<[string, string | Uint8Array, string, RegExp, RegExp]>([
    ["XML", '<?xml version="1.0"?><catalog/>', "bad_input", /XML is not read/, /x/],
    ["another model", bytesOf({ "component-definition": {} }), "bad_input", /component-definition/, /x/],
    ["no JSON", '{"catalog": ', "bad_input", /not JSON/, /x/],
    ["a key twice", '{"catalog":{},"catalog":{}}', "bad_input", /twice/, /x:1/],
    ["an older OSCAL", bytesOf(withVersion("1.0-rc1")), "bad_input", /not read/, /oscal-version/],
    ["no version", bytesOf(withVersion(7)), "bad_input", /not read/, /oscal-version/],
    ["an id with a blank", bytesOf(badId), "bad_input", /token/, /groups\/0\/controls\/0\/id/],
    ["a control twice", bytesOf(twice), "bad_input", /ac-1 stands here twice/, /x/],
    ["YAML with aliases", "catalog: &a [1]\nother: *a\n", "bad_input", /alias/i, /x/],
    ["deep nesting", "[".repeat(100) + "]".repeat(100), "too_large", /deeper/, /x/],
    ["nothing", "", "bad_input", /empty/, /x/],
    ["too much", new Uint8Array(50 * 1024 * 1024 + 1), "too_large", /50 MB/, /x/],
  ])("%s is refused with the place", (_, text, code, reason, at) => {
    const read = () => {
      const done = readOscal(typeof text === "string" ? Buffer.from(text) : text, "x");
      return done.model === "catalog" ? fromOscal(done.document, "x") : done;
    };
    let refused: unknown = null;
    try {
      read();
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(Fault);
    expect(refused).toMatchObject({ code, message: expect.stringMatching(reason), at: expect.stringMatching(at) });
  });

  test("whatever the bytes are, the answer is a document or a refusal", () => {
    const seeds = [nistCatalog(), nistProfile()].map((one) => JSON.stringify(one));
    fc.assert(
      fc.property(fc.constantFrom(...seeds), fc.nat(), fc.nat(400), fc.string(), (seed, at, cut, put) => {
        const from = at % seed.length;
        try {
          const read = readOscal(Buffer.from(seed.slice(0, from) + put + seed.slice(from + cut)), "x");
          if (read.model === "catalog") Catalogue.parse(fromOscal(read.document, "x"));
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
