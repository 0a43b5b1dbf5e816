import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Cedar from "@cedar-policy/cedar-wasm/nodejs";
import { Fault } from "../lib/fault.ts";

// The CommonJS build: the ES module one makes Node print a warning about WebAssembly imports.
const cedar: typeof Cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");

export interface EntityName {
  type: string;
  id: string;
}

export interface PolicyEntity {
  uid: EntityName;
  attrs: Record<string, { __entity: EntityName }>;
  parents: EntityName[];
}

export interface PolicyRequest {
  principal: EntityName;
  action: EntityName;
  resource: EntityName;
  context: Record<string, { __entity: EntityName }>;
  entities: PolicyEntity[];
}

/** Decides by the policies. Only a plain "allow" is true: a policy that could not be evaluated makes it false. Throws on a request that the schema does not know. */
export type Decide = (request: PolicyRequest) => boolean;

/** Reads the folder's `*.cedar` and its `schema.cedarschema`. Fault `bad_configuration` when a policy does not fit the schema. */
export async function openPolicies(folder: string): Promise<Decide> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".cedar")).sort();
  const schema = await readFile(join(folder, "schema.cedarschema"), "utf8");
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return preparePolicies(schema, texts.join("\n"));
}

/** Fault `bad_configuration` when a policy does not parse, or names what the schema does not know. */
export function preparePolicies(schema: string, policies: string): Decide {
  refuseProblems(cedar.checkParseSchema(schema), "policies/schema.cedarschema");
  const staticPolicies = { staticPolicies: policies };
  refuseProblems(cedar.checkParsePolicySet(staticPolicies), "policies/");
  const checked = cedar.validate({ schema, policies: staticPolicies });
  const wrong = checked.type === "failure" ? checked.errors : checked.validationErrors.map(({ error }) => error);
  if (wrong.length > 0) throw badPolicies(wrong.map(({ message, help }) => (help ? `${message} (${help})` : message)));

  // Preparsed sets cannot be unloaded: the same text gets the same name.
  const name = createHash("sha256").update(schema).update("\0").update(policies).digest("hex");
  refuseProblems(cedar.preparseSchema(name, schema), "policies/schema.cedarschema");
  refuseProblems(cedar.preparsePolicySet(name, staticPolicies), "policies/");
  return (request) => {
    const answer = cedar.statefulIsAuthorized({
      ...request,
      preparsedPolicySetId: name,
      preparsedSchemaName: name,
      validateRequest: true,
    });
    if (answer.type === "failure") throw new Error(`Cedar: ${answer.errors.map(({ message }) => message).join("; ")}`);
    const { decision, diagnostics } = answer.response;
    return decision === "allow" && diagnostics.errors.length === 0;
  };
}

function refuseProblems(answer: Cedar.CheckParseAnswer, at: string): void {
  if (answer.type === "failure")
    throw badPolicies(
      answer.errors.map(({ message }) => message),
      at,
    );
}

const badPolicies = (reasons: readonly string[], at = "policies/") =>
  new Fault("bad_configuration", `The policies cannot be used: ${reasons.join("; ")}`, {
    at,
    fix: "Restore the files of this release",
  });
