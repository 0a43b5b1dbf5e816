import * as z from "zod";

const Parameter = z.looseObject({ name: z.string(), in: z.enum(["path", "query", "header", "cookie"]) });
const Content = z.record(z.string().regex(/^[\w.+-]+\/[\w.+*-]+$/), z.looseObject({}));
const Operation = z.looseObject({
  operationId: z.string().regex(/^[a-zA-Z]\w*$/),
  summary: z.string().min(3),
  tags: z.array(z.string()).min(1),
  parameters: z.array(Parameter).optional(),
  requestBody: z.looseObject({ content: Content }).optional(),
  responses: z.record(
    z.string().regex(/^([1-5]\d\d|default)$/),
    z.looseObject({ description: z.string(), content: Content.optional() }),
  ),
});
const Methods = z.partialRecord(z.enum(["get", "put", "post", "delete", "patch"]), Operation);
const Document = z.looseObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string().startsWith("/"), z.looseObject({})),
  components: z.looseObject({ securitySchemes: z.looseObject({}) }),
  security: z.array(z.record(z.string(), z.array(z.string()))),
});

/** What a description breaks of OpenAPI 3.1 that a program reading it would trip over; empty when nothing. */
export function openApiProblems(json: unknown): string[] {
  const { paths, components, security } = Document.parse(json);
  const problems: string[] = [];
  const ids = new Set<string>();
  for (const [path, item] of Object.entries(paths))
    for (const [method, operation] of Object.entries(Methods.parse(item))) {
      if (operation === undefined) continue;
      const at = `${method} ${path}`;
      if (ids.has(operation.operationId)) problems.push(`${at}: ${operation.operationId} is another's operationId`);
      ids.add(operation.operationId);
      const declared = (operation.parameters ?? []).filter((one) => one.in === "path").map(({ name }) => name);
      const inPath = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
      if (declared.toSorted().join() !== inPath.toSorted().join())
        problems.push(
          `${at}: names ${inPath.join() || "nothing"} in the path and declares ${declared.join() || "nothing"}`,
        );
      if (!Object.keys(operation.responses).some((status) => status.startsWith("2")))
        problems.push(`${at}: no success`);
    }
  for (const name of security.flatMap(Object.keys))
    if (!(name in components.securitySchemes)) problems.push(`security: there is no scheme ${name}`);
  for (const reference of referencesIn(json))
    if (!resolves(json, reference)) problems.push(`${reference} leads nowhere`);
  return problems;
}

function* referencesIn(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  if ("$ref" in value && typeof value.$ref === "string") yield value.$ref;
  for (const inner of Object.values(value)) yield* referencesIn(inner);
}

function resolves(document: unknown, reference: string): boolean {
  if (!reference.startsWith("#/")) return false;
  let at: unknown = document;
  for (const token of reference.slice(2).split("/")) {
    const key = decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return false;
    at = Reflect.get(at, key);
  }
  return true;
}
