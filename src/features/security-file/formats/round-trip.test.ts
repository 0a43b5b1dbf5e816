import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anySecurityFile } from "../../../../tests/support/any-security-file.ts";
import { MODEL_SCHEMAS } from "../../../../tests/support/model-schemas.ts";
import { checkStructure } from "../check/structure.ts";
import { compareItems } from "../diff/compare-items.ts";
import { ItemKind, type SecurityFile } from "../schema.ts";
import { exportFile } from "./export-file.ts";
import { FORMATS } from "./formats.ts";
import { importFile } from "./import-file.ts";
import { parseModel } from "./parse-model.ts";
import { LossLog } from "./reading/loss-log.ts";
import { oneLine, plainText } from "./reading/plain-text.ts";
import type { FormatName, Loss } from "./schema.ts";

/** What each format has a place for: it comes back as it went. Ids too, where `ids` says so. */
const CARRIES: Record<FormatName, { ids: boolean; fields: Partial<Record<ItemKind, readonly string[]>> }> = {
  "threat-dragon": {
    ids: true,
    fields: {
      zones: ["name", "description", "parent"],
      elements: ["name", "description", "zone", "inScope"],
      flows: ["name", "description", "from", "to", "bothWays", "inScope", "path.protocol", "path.encrypted"],
    },
  },
  otm: {
    ids: true,
    fields: {
      zones: ["name", "description", "parent", "trust", "owner"],
      elements: [
        "name",
        "description",
        "kind",
        "zone",
        "parent",
        "technology",
        "components",
        "assets",
        "inScope",
        "instances",
        "patientsEach",
        "onFailure",
      ],
      assets: ["name", "description", "kind", "confidentiality", "integrity", "availability"],
      flows: [
        "name",
        "description",
        "from",
        "to",
        "bothWays",
        "carries",
        "assets",
        "inScope",
        "path.authentication",
        "path.encrypted",
      ],
      threats: ["name", "description", "category", "lifecycle", "state", "reason"],
      controls: ["name", "description", "category", "state", "purpose", "freshnessDays"],
    },
  },
  "tm-bom": {
    ids: false,
    fields: {
      zones: ["name", "description"],
      elements: ["name", "description", "zone"],
      assets: ["name", "description"],
      flows: ["name", "description", "from", "to"],
      threats: ["name", "description"],
      controls: ["name", "description", "state"],
      assumptions: ["name"],
    },
  },
  "cyclonedx-tm": {
    ids: true,
    fields: {
      zones: ["name", "description", "parent", "trust"],
      elements: ["name", "description", "kind", "zone", "inScope", "technology"],
      assets: ["name", "description", "confidentiality", "integrity", "availability"],
      flows: ["name", "description", "from", "to", "bothWays", "assets", "path.protocol", "path.port"],
    },
  },
  threagile: {
    ids: false,
    fields: {
      zones: ["description", "parent"],
      elements: ["description", "zone", "inScope", "assets"],
      assets: ["description", "confidentiality", "integrity", "availability"],
      flows: ["description", "from", "to", "assets"],
      threats: ["description"],
      requirements: ["description"],
    },
  },
  pytm: {
    ids: false,
    fields: {
      zones: ["description", "parent"],
      elements: ["description", "zone", "inScope"],
      flows: ["description", "from", "to", "inScope", "path.protocol", "path.encrypted"],
    },
  },
};

/** Ids under which items come back, by those they had. */
const renamed = (losses: readonly Loss[]): ReadonlyMap<string, string> =>
  new Map(
    losses.flatMap(({ at, field, instead }) =>
      field === "id" && at.id !== null ? [[at.id, instead.replace("It is ", "")]] : [],
    ),
  );

/** Without control characters and, in names and lines, runs of white space: readers take them out of any format. */
const tidy = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null, (key, one: unknown) =>
      typeof one !== "string"
        ? one
        : key === "description" || key === "note"
          ? plainText(one)
          : oneLine(plainText(one)),
    ),
  );

describe.each(FORMATS.map(({ name }) => name))("%s", (name) => {
  const { ids, fields: carried } = CARRIES[name];

  test("any security file goes out and comes back in order, and all that changed is in the report", () => {
    fc.assert(
      fc.property(anySecurityFile(), (file) => {
        const { text, report } = exportFile(file, name);
        const { file: back, report: incoming } = importFile(text, { name: "back", format: "auto" });
        expect(incoming.format).toBe(name);
        expect(checkStructure(back)).toEqual([]);
        const now = renamed(report.losses);
        expect(ids ? [...now].filter(([id]) => id.length > 1) : []).toEqual([]);
        const said = new Set(report.losses.map(({ at, field }) => `${at.id} ${field ?? "*"}`));
        for (const { kind, id, before, after, fields } of compareItems(withIds(file, now), back)) {
          const was =
            report.losses.find(
              ({ at, field, instead }) => at.kind === kind && field === "id" && instead === `It is ${id}`,
            )?.at.id ?? id;
          if (before !== null && after === null) expect(said).toContain(`${was} *`);
          for (const change of fields)
            if (change.field !== "sourceId" || change.before !== undefined)
              expect(said).toContain(`${was} ${change.field}`);
        }
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  test("what is written is as the format's schema wants it", () => {
    const valid = new Ajv({ allowUnionTypes: true, strict: false }).compile(MODEL_SCHEMAS[name]);
    fc.assert(
      fc.property(anySecurityFile(), (file) => {
        const value = parseModel(exportFile(file, name).text, "out", new LossLog());
        if (!valid(value)) expect(valid.errors).toEqual([]);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  test("what it has a place for comes back as it went", () => {
    fc.assert(
      fc.property(anySecurityFile(), (any) => {
        const file = ids ? any : withOwnNames(any);
        const { text, report } = exportFile(file, name);
        const { file: back } = importFile(text, { name: "back", format: name });
        const sent = withIds(file, renamed(report.losses));
        for (const [kind, fields] of Object.entries(carried) as [ItemKind, string[]][])
          for (const item of sent[kind]) {
            const found = back[kind].find(({ id }) => id === item.id);
            if (found === undefined && kind === "threats") continue;
            for (const field of fields)
              expect([kind, item.id, field, tidy(at(found, field))]).toEqual([
                kind,
                item.id,
                field,
                tidy(at(item, field)),
              ]);
          }
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});

const at = (item: unknown, field: string): unknown =>
  field.split(".").reduce((value, step) => (value as Record<string, unknown> | undefined)?.[step], item);

/** The same file under other ids. The ids of any one file are long enough to be no other text by chance. */
function withIds(file: SecurityFile, now: ReadonlyMap<string, string>): SecurityFile {
  return JSON.parse(
    JSON.stringify(file, (key, value: unknown) =>
      typeof value === "string" && !TEXTS.has(key) ? (now.get(value) ?? value) : value,
    ),
  );
}

/** Each item under a name of its own, for formats that know things by their names. */
const withOwnNames = (file: SecurityFile): SecurityFile => ({
  ...file,
  ...Object.fromEntries(
    ItemKind.options.map((kind) => [kind, file[kind].map((item) => ({ ...item, name: `${kind} ${item.id}` }))]),
  ),
});
const TEXTS = new Set(["name", "description", "note", "basis", "because"]);
