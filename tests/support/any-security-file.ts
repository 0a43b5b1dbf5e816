import fc from "fast-check";
import type * as z from "zod";
import { ItemId } from "../../src/features/security-file/item/schema.ts";
import { LINKS } from "../../src/features/security-file/links.ts";
import { FileHead, ITEMS, ItemKind, SecurityFile } from "../../src/features/security-file/schema.ts";

type Ids = ReadonlyMap<ItemKind, readonly string[]>;
interface Place {
  kind: ItemKind;
  /** Of the item in its list: a parent is one before it, so that nothing is inside itself. */
  index: number;
  ids: Ids;
  path: string;
}
type Def = {
  type: string;
  innerType?: z.ZodType;
  element?: z.ZodType;
  options?: z.ZodType[];
  entries?: object;
  keyType?: z.ZodType;
  valueType?: z.ZodType;
};

const WORDS = [
  "Pump",
  "Wi-Fi <b>module</b>",
  "Stövchen 测试",
  'it\'s "quoted", = 1',
  "line one\nline two",
  "[Threat Dragon] severity: High",
];
const words = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.string({ maxLength: 20 }),
);
const name = words.map((text) => text.trim() || "A name");
const id = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{1,12}$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,10}$/) },
);

/** Any security file in order: every field of every kind, every link to something that is there and of a kind it may name. */
export const anySecurityFile = ({ maxItems = 4 }: { maxItems?: number } = {}): fc.Arbitrary<SecurityFile> =>
  fc
    .tuple(
      fc.uniqueArray(id, {
        minLength: ItemKind.options.length * maxItems,
        maxLength: ItemKind.options.length * maxItems,
        selector: (one) => one.toLowerCase(),
      }),
      fc.array(fc.nat({ max: maxItems }), { minLength: ItemKind.options.length, maxLength: ItemKind.options.length }),
    )
    .chain(([pool, counts]) => {
      let next = 0;
      const noElement = counts[ItemKind.options.indexOf("elements")] === 0;
      const ids: Ids = new Map(
        ItemKind.options.map((kind, i) => {
          // A flow and an interface cannot be without an element; there is one global picture.
          const most = kind === "layouts" ? 1 : noElement && (kind === "flows" || kind === "ports") ? 0 : maxItems;
          const count = Math.min(most, counts[i] ?? 0);
          next += count;
          return [kind, pool.slice(next - count, next)];
        }),
      );
      const lists = ItemKind.options.map((kind) => {
        const items = (ids.get(kind) ?? []).map((one, index) =>
          anyOf(ITEMS[kind], { kind, index, ids, path: "" }).map((item) => ({ ...(item as object), id: one })),
        );
        return fc.tuple(...items).map((list) => [kind, list] as const);
      });
      const head = anyOf(FileHead, { kind: "zones", index: 0, ids, path: "head" });
      return fc
        .tuple(head, fc.tuple(...lists))
        .map(([first, rest]) =>
          SecurityFile.parse({ cordon: "security-file/1", head: first, ...Object.fromEntries(rest) }),
        );
    });

function anyOf(schema: z.ZodType, place: Place): fc.Arbitrary<unknown> {
  const def = schema.def as Def;
  const link = LINKS[place.kind].find(({ field }) => field === place.path);
  if (link !== undefined && def.type !== "nullable" && def.innerType === undefined) {
    const to = link.to.flatMap((kind) => {
      const ids = place.ids.get(kind) ?? [];
      return place.path === "parent" ? ids.slice(0, place.index) : ids;
    });
    return to.length === 0 ? fc.constant(undefined) : fc.constantFrom(...to);
  }
  switch (def.type) {
    case "default":
    case "prefault":
    case "optional":
      return fc.option(anyOf(def.innerType as z.ZodType, place), { nil: undefined, freq: 3 });
    case "nullable":
      return fc.option(anyOf(def.innerType as z.ZodType, place), { freq: 3 }).map((value) => value ?? null);
    case "object": {
      const shape = (schema as z.ZodObject).shape as Record<string, z.ZodType>;
      const fields = Object.entries(shape).map(([key, one]) => [
        key,
        key === "id" ? id : anyOf(one, { ...place, path: place.path === "" ? key : `${place.path}.${key}` }),
      ]);
      const needed = Object.entries(shape)
        .filter(([, one]) => one === ItemId)
        .map(([key]) => key);
      return fc
        .record(Object.fromEntries(fields))
        .map((value: Record<string, unknown>) =>
          needed.some((key) => value[key] === undefined)
            ? undefined
            : Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)),
        );
    }
    case "array":
      return fc
        .uniqueArray(anyOf(def.element as z.ZodType, { ...place, path: `${place.path}.*` }), {
          maxLength: 3,
          selector: (one) => JSON.stringify(one),
        })
        .map((list) => list.filter((one) => one !== undefined));
    case "enum":
      return fc.constantFrom(...(schema as z.ZodEnum).options);
    case "literal":
      return fc.constant((schema as z.ZodLiteral).value);
    case "boolean":
      return fc.boolean();
    case "number":
      return fc.integer({ min: 1, max: 90 });
    case "union":
      return name;
    case "record":
      return fc.constant(full(def));
    default:
      return textFor(schema);
  }
}

/** A record over enums needs every key. */
function full({ keyType, valueType }: Def): unknown {
  const keys = (keyType as z.ZodEnum).options;
  const inner = valueType?.def as Def;
  return Object.fromEntries(
    keys.map((key) => [key, inner.type === "record" ? full(inner) : (valueType as z.ZodEnum).options[0]]),
  );
}

/** A text that its schema takes: a date, a hash, a name, a line. */
function textFor(schema: z.ZodType): fc.Arbitrary<unknown> {
  if (schema === ItemId) return id;
  const fits = (value: unknown) => schema.safeParse(value).success;
  if (fits("2026-01-31") && !fits("no date"))
    return fc.integer({ min: 1, max: 28 }).map((day) => `2026-03-${String(day).padStart(2, "0")}`);
  if (fits("a".repeat(64)) && !fits("no hash")) return fc.stringMatching(/^[0-9a-f]{64}$/);
  return fc.oneof(name, fc.constant("")).map((text) => (fits(text) ? text : "A name"));
}
