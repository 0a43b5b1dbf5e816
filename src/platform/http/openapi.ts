import { OpenAPIGenerator } from "@orpc/openapi";
import { type AnyRouter, resolveContractProcedures } from "@orpc/server";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import * as z from "zod";
import { PROBLEM_TYPE } from "./problem.ts";

/** A plain Fastify route, described by hand because no contract does: uploads, downloads. */
export interface DescribedRoute {
  method: "get" | "post" | "put" | "delete";
  path: string;
  summary: string;
  action: string;
  /** Content type of the body and of the answer. */
  accepts?: string;
  answers: string;
}

const ProblemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe("What is wrong, for a person"),
  requestId: z.string(),
  at: z.string().optional().describe("The place: a JSON pointer, field, or line and column"),
  fix: z.string().optional().describe("What to do next"),
  defined: z.boolean(),
  code: z.string(),
  message: z.string(),
  data: z.object({ at: z.string().optional(), fix: z.string().optional() }).optional(),
});

type Operation = Record<string, unknown>;
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
  components?: Record<string, unknown>;
  [key: string]: unknown;
}

/** The API as OpenAPI 3.1: what the contract says, corrected where the generator is wrong, with each endpoint's permission. */
export async function describeApi(
  router: AnyRouter,
  version: string,
  routes: readonly DescribedRoute[],
): Promise<OpenApiDocument> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const generated = await generator.generate(router, {
    info: { title: "Cordon", version, description: DESCRIPTION },
    servers: [{ url: "/api" }],
    security: [{ session: [] }, { apiKey: [] }],
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "cordon.session_token" },
        apiKey: { type: "http", scheme: "bearer" },
      },
    },
    customErrorResponseBodySchema: () => ({ $ref: "#/components/schemas/Problem" }),
  });
  const document = OpenApiShape.parse(JSON.parse(JSON.stringify(generated)));
  const permissions = await permissionsOf(router);
  for (const operations of Object.values(document.paths))
    for (const operation of Object.values(operations)) clean(operation, permissions);
  for (const route of routes)
    document.paths[route.path] = { ...document.paths[route.path], [route.method]: describe(route) };
  const { $schema: _, ...problem } = z.toJSONSchema(ProblemSchema);
  return { ...document, components: { ...document.components, schemas: { ...schemasOf(document), Problem: problem } } };
}

const DESCRIPTION =
  "Every endpoint names the action it needs (`x-cordon-action`). Refusals are problem+json (RFC 9457) with the place and the fix.";

const OpenApiShape = z.looseObject({
  openapi: z.string(),
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))),
  components: z.record(z.string(), z.unknown()).optional(),
});

const schemasOf = (document: { components?: Record<string, unknown> | undefined }): object => {
  const schemas = document.components?.schemas;
  return typeof schemas === "object" && schemas !== null ? schemas : {};
};

/** By operation id, which the generator makes of the procedure's path. */
async function permissionsOf(router: AnyRouter): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  await resolveContractProcedures({ path: [], router }, ({ contract, path }) => {
    const { meta } = contract["~orpc"];
    if (typeof meta.can === "string") found.set(path.join("."), meta.can);
  });
  return found;
}

/** The generator's known errors: parameters carry both flags of form encoding, and refusals the content type of successes. */
function clean(operation: Operation, permissions: Map<string, string>): void {
  const id = String(operation.operationId);
  const action = permissions.get(id);
  operation.operationId = id.replaceAll(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());
  operation["x-cordon-action"] = action;
  if (action === "public") operation.security = [];
  operation.tags ??= [id.split(".")[0]];
  for (const parameter of Array.isArray(operation.parameters) ? operation.parameters : []) {
    delete parameter.allowEmptyValue;
    delete parameter.allowReserved;
  }
  const responses = Object.entries(operation.responses ?? {});
  for (const [status, response] of responses) {
    const json = response?.content?.["application/json"];
    if (Number(status) >= 400 && json !== undefined) response.content = { [PROBLEM_TYPE]: json };
  }
}

const describe = ({ summary, action, accepts, answers }: DescribedRoute): Operation => ({
  operationId: action.replaceAll(/[:.-](\w)/g, (_, letter: string) => letter.toUpperCase()),
  summary,
  tags: ["files"],
  "x-cordon-action": action,
  ...(accepts === undefined
    ? {}
    : { requestBody: { required: true, content: { [accepts]: { schema: { type: "string", format: "binary" } } } } }),
  responses: {
    200: { description: "OK", content: { [answers]: {} } },
    default: {
      description: "Refused",
      content: { [PROBLEM_TYPE]: { schema: { $ref: "#/components/schemas/Problem" } } },
    },
  },
});
