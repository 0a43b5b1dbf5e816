/** A small JSON Schema checker for the public VEX schemas: it knows the keywords these use and stops at any other. */
type Schema = boolean | { readonly [keyword: string]: unknown };

const SILENT = new Set([
  "$schema",
  "$id",
  "$comment",
  "$defs",
  "definitions",
  "title",
  "description",
  "examples",
  "default",
  "deprecated",
  "meta:enum",
  "then",
  "else",
]);
const FORMATS: Readonly<Record<string, RegExp>> = {
  "date-time": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
  iri: /^[a-z][a-z0-9+.-]*:\S+$/i,
};

/** What is wrong with a value, each with its JSON pointer; empty when it is valid. Schemas refer to each other by `$id`. */
export function schemaErrors(root: object, value: unknown, others: readonly object[] = []): string[] {
  const byId = new Map(others.map((one) => [String((one as { $id?: string }).$id), one]));
  return check(root as Schema, value, "", { root: root as Schema, byId });
}

interface Around {
  root: Schema;
  byId: ReadonlyMap<string, object>;
}

function check(schema: Schema, value: unknown, at: string, around: Around): string[] {
  if (typeof schema === "boolean") return schema ? [] : [`${at}: nothing is allowed here`];
  return Object.entries(schema).flatMap(([keyword, rule]) => {
    if (SILENT.has(keyword)) return [];
    const test = KEYWORDS[keyword];
    if (test === undefined) throw new Error(`the checker does not know ${keyword}`);
    return test({ rule, value, at, schema, around });
  });
}

interface Ask {
  rule: unknown;
  value: unknown;
  at: string;
  schema: { readonly [keyword: string]: unknown };
  around: Around;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const wrong = (holds: boolean, at: string, why: string) => (holds ? [] : [`${at}: ${why}`]);
const list = (rule: unknown) => rule as Schema[];

const KEYWORDS: Readonly<Record<string, (ask: Ask) => string[]>> = {
  $ref: ({ rule, value, at, around }) => {
    const { target, root } = resolve(String(rule), around);
    return check(target, value, at, { ...around, root });
  },
  type: ({ rule, value, at }) =>
    wrong(
      [rule].flat().some((one) => isOf(String(one), value)),
      at,
      `it is no ${rule}`,
    ),
  enum: ({ rule, value, at }) =>
    wrong(
      list(rule).some((one) => same(one, value)),
      at,
      `${JSON.stringify(value)} is none of the words`,
    ),
  const: ({ rule, value, at }) => wrong(same(rule, value), at, `it is not ${JSON.stringify(rule)}`),
  pattern: ({ rule, value, at }) =>
    wrong(typeof value !== "string" || new RegExp(String(rule), "u").test(value), at, `${value} does not fit ${rule}`),
  format: ({ rule, value, at }) =>
    wrong(typeof value !== "string" || (FORMATS[String(rule)]?.test(value) ?? true), at, `${value} is no ${rule}`),
  minLength: ({ rule, value, at }) =>
    wrong(typeof value !== "string" || value.length >= Number(rule), at, "it is too short"),
  maxLength: ({ rule, value, at }) =>
    wrong(typeof value !== "string" || value.length <= Number(rule), at, "it is too long"),
  minimum: ({ rule, value, at }) => wrong(typeof value !== "number" || value >= Number(rule), at, "it is too small"),
  maximum: ({ rule, value, at }) => wrong(typeof value !== "number" || value <= Number(rule), at, "it is too large"),
  minItems: ({ rule, value, at }) =>
    wrong(!Array.isArray(value) || value.length >= Number(rule), at, "it has too few items"),
  maxItems: ({ rule, value, at }) =>
    wrong(!Array.isArray(value) || value.length <= Number(rule), at, "it has too many items"),
  minProperties: ({ rule, value, at }) =>
    wrong(!isRecord(value) || Object.keys(value).length >= Number(rule), at, "it has too few members"),
  maxProperties: ({ rule, value, at }) =>
    wrong(!isRecord(value) || Object.keys(value).length <= Number(rule), at, "it has too many members"),
  uniqueItems: ({ rule, value, at }) =>
    wrong(
      rule !== true || !Array.isArray(value) || new Set(value.map((one) => JSON.stringify(one))).size === value.length,
      at,
      "an item stands twice",
    ),
  required: ({ rule, value, at }) =>
    isRecord(value)
      ? (rule as string[]).flatMap((key) => wrong(Object.hasOwn(value, key), at, `${key} is missing`))
      : [],
  properties: ({ rule, value, at, around }) =>
    isRecord(value)
      ? Object.entries(rule as Record<string, Schema>).flatMap(([key, one]) =>
          Object.hasOwn(value, key) ? check(one, value[key], `${at}/${key}`, around) : [],
        )
      : [],
  additionalProperties: ({ rule, value, at, schema, around }) =>
    isRecord(value)
      ? Object.keys(value).flatMap((key) =>
          Object.hasOwn((schema.properties ?? {}) as object, key)
            ? []
            : check(rule as Schema, value[key], `${at}/${key}`, around),
        )
      : [],
  items: ({ rule, value, at, around }) =>
    Array.isArray(value) ? value.flatMap((one, i) => check(rule as Schema, one, `${at}/${i}`, around)) : [],
  additionalItems: () => [],
  allOf: ({ rule, value, at, around }) => list(rule).flatMap((one) => check(one, value, at, around)),
  anyOf: ({ rule, value, at, around }) =>
    wrong(
      list(rule).some((one) => check(one, value, at, around).length === 0),
      at,
      "it fits none of the alternatives",
    ),
  oneOf: ({ rule, value, at, around }) =>
    wrong(
      list(rule).filter((one) => check(one, value, at, around).length === 0).length === 1,
      at,
      "it does not fit exactly one alternative",
    ),
  if: ({ rule, value, at, schema, around }) => {
    const branch = check(rule as Schema, value, at, around).length === 0 ? schema.then : schema.else;
    return branch === undefined ? [] : check(branch as Schema, value, at, around);
  },
};

function isOf(type: string, value: unknown): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isRecord(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "null") return value === null;
  return typeof value === type;
}

function resolve(ref: string, { root, byId }: Around): { target: Schema; root: Schema } {
  const [file = "", pointer = ""] = ref.split("#");
  const found = file === "" ? root : [...byId].find(([id]) => id === file || id.endsWith(`/${file}`))?.[1];
  if (found === undefined) throw new Error(`there is no schema ${file}`);
  let target: unknown = found;
  for (const step of pointer.split("/").slice(1)) target = isRecord(target) ? target[step] : undefined;
  if (target === undefined) throw new Error(`there is no ${ref}`);
  return { target: target as Schema, root: found as Schema };
}
