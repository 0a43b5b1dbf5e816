import type { Check } from "../schema.ts";
import { inPlainWords } from "./plain-words.ts";

/** The library is large: it is loaded when the first document is checked. */
async function library() {
  const [validate, schema, mandatory, optional] = await Promise.all([
    import("@secvisogram/csaf-validator-lib/validate.js"),
    import("@secvisogram/csaf-validator-lib/schemaTests.js"),
    import("@secvisogram/csaf-validator-lib/mandatoryTests.js"),
    import("@secvisogram/csaf-validator-lib/optionalTests.js"),
  ]);
  const testsIn = (module: object, level: Check["level"]) =>
    Object.entries(module).flatMap(([name, test]) => (typeof test === "function" ? [{ name, test, level }] : []));
  return {
    validate: validate.default,
    schema: { name: "schema", test: schema.csaf_2_0_strict, level: "error" as const },
    tests: [...testsIn(mandatory, "error"), ...testsIn(optional, "advice")],
  };
}

/**
 * What CSAF 2.0 says of a document: its schema (strict) and its mandatory tests (6.1), whose errors keep it from being published, and
 * its optional tests (6.2) as advice. A document that is not of the schema is not tested further.
 */
export async function checkDocument(document: object, names: readonly string[]): Promise<Check[]> {
  const { validate, schema, tests } = await library();
  const { isValid } = await validate([schema.test], document);
  const checks: Check[] = [];
  for (const { name, test, level } of isValid ? tests : [schema]) {
    const [result] = (await validate([test], document)).tests;
    for (const { instancePath, message = "" } of result?.errors ?? [])
      checks.push(inPlainWords({ test: name, level, pointer: instancePath, message }, names));
    for (const { instancePath, message = "" } of result?.warnings ?? [])
      checks.push(inPlainWords({ test: name, level: "advice", pointer: instancePath, message }, names));
  }
  return checks;
}

/** The name that CWE's list gives a number, as CSAF wants it beside the number; null for a number it does not have. */
export async function cweNames(): Promise<(id: string) => string | null> {
  const { weaknesses } = await import("@secvisogram/csaf-validator-lib/cwe.js");
  const names = new Map(weaknesses.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? null;
}
