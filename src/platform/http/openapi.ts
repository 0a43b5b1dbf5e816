import { OpenAPIGenerator } from "@orpc/openapi";
import { type AnyRouter, resolveContractProcedures } from "@orpc/server";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import * as z from "zod";
import { FAULTS } from "../../lib/fault.ts";
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
  /** Shape of a JSON answer. */
  answer?: z.ZodType;
  /** Status of a success; 200 when not said. */
  statuses?: readonly [number, ...number[]];
  /** Headers that may be sent, with what they are for. */
  headers?: Readonly<Record<string, string>>;
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
  return {
    ...document,
    components: { ...document.components, schemas: { ...schemasOf(document), Problem: shapeOf(ProblemSchema) } },
  };
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
    if (Number(status) < 400 || json === undefined) continue;
    response.content = { [PROBLEM_TYPE]: json };
    response.description = refusalsOf(Number(status));
  }
  dropSafeIntegerLimits(operation);
}

/** "not_found: There is no such thing here". */
const refusalsOf = (status: number): string =>
  Object.entries(FAULTS)
    .filter(([code, fault]) => fault.status === status && code !== "bad_configuration")
    .map(([code, fault]) => `\`${code}\`: ${fault.title}`)
    .join(". ");

/** What every number of JSON is bound to says nothing about this one. */
function dropSafeIntegerLimits(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if ("minimum" in value && value.minimum === Number.MIN_SAFE_INTEGER) delete value.minimum;
  if ("maximum" in value && value.maximum === Number.MAX_SAFE_INTEGER) delete value.maximum;
  for (const inner of Object.values(value)) dropSafeIntegerLimits(inner);
}

/** `POST /releases/{id}/sbom` is `postReleasesIdSbom`: unique, because method and path are. */
const operationIdOf = ({ method, path }: DescribedRoute): string =>
  method + path.replaceAll(/[/{}.:_-]+(\w?)/g, (_, letter: string) => letter.toUpperCase());

function describe(route: DescribedRoute): Operation {
  const { path, summary, action, accepts, answers, answer, statuses = [200], headers = {} } = route;
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: "path",
      required: true,
      schema: { type: "string" },
    })),
    ...Object.entries(headers).map(([name, description]) => ({
      name,
      in: "header",
      description,
      schema: { type: "string" },
    })),
  ];
  const success = {
    description: "OK",
    content: { [answers]: answer === undefined ? {} : { schema: shapeOf(answer) } },
  };
  return {
    operationId: operationIdOf(route),
    summary,
    tags: ["files"],
    "x-cordon-action": action,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(accepts === undefined
      ? {}
      : { requestBody: { required: true, content: { [accepts]: { schema: { type: "string", format: "binary" } } } } }),
    responses: {
      ...Object.fromEntries(statuses.map((status) => [status, success])),
      default: {
        description: "Refused",
        content: { [PROBLEM_TYPE]: { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

function shapeOf(shape: z.ZodType): object {
  const { $schema: _, ...json } = z.toJSONSchema(shape, { io: "output" });
  dropSafeIntegerLimits(json);
  return json;
}
