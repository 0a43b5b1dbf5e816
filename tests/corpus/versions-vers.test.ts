import { describe, expect, test } from "vitest";
import * as z from "zod";
import { parseNativeRange } from "../../src/features/intel/versions/native.ts";
import { formatVers, parseVers, versContains } from "../../src/features/intel/versions/vers.ts";
import { compareUnderType } from "../../src/features/intel/versions/vers-types.ts";
import { hasConformance, readConformance } from "./conformance.ts";

const Case = z.discriminatedUnion("test_type", [
  z.object({
    test_type: z.literal("comparison"),
    input: z.object({ input_scheme: z.string(), versions: z.array(z.string()) }),
    expected_output: z.array(z.string()),
  }),
  z.object({
    test_type: z.literal("equality"),
    input: z.object({ input_scheme: z.string(), versions: z.array(z.string()) }),
    expected_output: z.boolean(),
  }),
  z.object({
    test_type: z.literal("containment"),
    input: z.object({ vers: z.string(), version: z.string() }),
    expected_output: z.boolean(),
  }),
  z.object({ test_type: z.literal("validate"), input: z.string(), expected_output: z.string() }),
  z.object({
    test_type: z.literal("parse"),
    input: z.string(),
    expected_output: z.object({ scheme: z.string(), version_constraints: z.array(z.array(z.string())) }).optional(),
  }),
  z.object({
    test_type: z.literal("from_native"),
    input: z.object({ native_range: z.string(), scheme: z.string() }),
    expected_output: z.string(),
  }),
]);

function answer(test: z.infer<typeof Case>): unknown {
  if (test.test_type === "comparison") {
    const { input_scheme: type, versions } = test.input;
    return versions.toSorted((a, b) => compareUnderType(type, a, b));
  }
  if (test.test_type === "equality") {
    const [a = "", b = ""] = test.input.versions;
    return compareUnderType(test.input.input_scheme, a, b) === 0;
  }
  if (test.test_type === "containment") return versContains(parseVers(test.input.vers), test.input.version);
  if (test.test_type === "validate") return formatVers(parseVers(test.input));
  if (test.test_type === "from_native") return formatVers(parseNativeRange(test.input.scheme, test.input.native_range));
  try {
    const { type, constraints } = parseVers(test.input, "strict");
    const list = constraints === "*" ? [] : constraints.map((c) => [c.comparator, c.version]);
    return { scheme: type, version_constraints: list };
  } catch {
    return undefined;
  }
}

describe.skipIf(!hasConformance("vers-spec-part"))("VERS, the specification's tests", async () => {
  const files = [...(await readConformance("vers-spec-part"))].filter(([path]) => /^tests\/.*json$/.test(path));
  test("all files of the part that is there are read", () => {
    expect(files.length).toBe(14);
  });

  test.each(files)("%s", (path, text) => {
    const { tests } = z.object({ tests: z.array(Case) }).parse(JSON.parse(text));
    const missed = tests.filter((t) => JSON.stringify(answer(t)) !== JSON.stringify(t.expected_output));
    console.log(
      `${path}: passed ${tests.length - missed.length} of ${tests.length}${missed.map((m) => `\n  ${JSON.stringify(m)} got ${JSON.stringify(answer(m))}`).join("")}`,
    );
    expect(missed).toEqual([]);
  });
});
