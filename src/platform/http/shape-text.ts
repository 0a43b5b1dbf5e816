interface Shape {
  [keyword: string]: unknown;
}

const isShape = (value: unknown): value is Shape =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const shapesIn = (value: unknown): Shape[] => (Array.isArray(value) ? value.filter(isShape) : []);

/** A JSON schema as a person writes shapes down: `{ name: string, model?: string, units: [{ … }] }`, one property a line. */
export function shapeText(schema: unknown, indent = ""): string {
  if (!isShape(schema)) return "anything";
  if (typeof schema.$ref === "string") return schema.$ref.split("/").at(-1) ?? "anything";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  const choices = [...shapesIn(schema.anyOf), ...shapesIn(schema.oneOf)];
  if (choices.length > 0) return [...new Set(choices.map((one) => shapeText(one, indent)))].join(" | ");
  if (Array.isArray(schema.allOf)) return schema.allOf.map((one) => shapeText(one, indent)).join(" & ");
  if (Array.isArray(schema.type)) return schema.type.map((type) => shapeText({ ...schema, type }, indent)).join(" | ");
  if (schema.type === "array") return `[${shapeText(schema.items, indent)}]`;
  if (schema.type === "object") return objectText(schema, indent);
  if (schema.type === "string" && typeof schema.format === "string") return schema.format;
  return typeof schema.type === "string" ? schema.type : "anything";
}

function objectText({ properties, required, additionalProperties }: Shape, indent: string): string {
  const deeper = `${indent}  `;
  const needed = new Set(Array.isArray(required) ? required : []);
  const lines = Object.entries(isShape(properties) ? properties : {}).map(
    ([name, inner]) =>
      `${deeper}${name}${needed.has(name) ? "" : "?"}: ${shapeText(inner, deeper)}${limitsText(inner)}`,
  );
  if (isShape(additionalProperties)) lines.push(`${deeper}[name]: ${shapeText(additionalProperties, deeper)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent}}`;
}

/** "   1 to 200 characters", "   default 50"; empty when nothing is said. */
export function limitsText(schema: unknown): string {
  if (!isShape(schema)) return "";
  const said = [
    between(schema.minLength, schema.maxLength, "characters"),
    between(schema.minItems, schema.maxItems, "items"),
    between(schema.minimum, schema.maximum, ""),
    schema.default === undefined || schema.default === "" ? "" : `default ${JSON.stringify(schema.default)}`,
    typeof schema.description === "string" ? schema.description : "",
  ].filter((part) => part !== "");
  return said.length === 0 ? "" : `   ${said.join(", ")}`;
}

function between(least: unknown, most: unknown, noun: string): string {
  if (typeof most === "number")
    return `${typeof least === "number" ? `${least} to` : "at most"} ${most} ${noun}`.trimEnd();
  return typeof least === "number" ? `at least ${least} ${noun}`.trimEnd() : "";
}
