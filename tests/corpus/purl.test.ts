import { describe, expect, test } from "vitest";
import * as z from "zod";
import { formatPurl, parsePurl } from "../../src/lib/purl.ts";
import { hasConformance, readConformance } from "./conformance.ts";

const Parts = z.object({
  type: z.string().nullable(),
  namespace: z.string().nullable(),
  name: z.string().nullable(),
  version: z.string().nullable(),
  qualifiers: z.record(z.string(), z.string()).nullable(),
  subpath: z.string().nullable(),
});
const Case = z.object({
  description: z.string(),
  test_type: z.enum(["parse", "build", "validate"]),
  input: z.union([z.string(), Parts]),
  expected_output: z.union([z.string(), Parts]).nullish(),
  expected_failure: z.boolean().default(false),
});

/** `parse` and `build` by the letter; `validate` repairs what tools write and gives the canonical text. */
function answer({ test_type, input }: z.infer<typeof Case>): unknown {
  try {
    if (typeof input !== "string")
      return formatPurl(
        {
          ...input,
          type: input.type ?? "",
          name: input.name ?? "",
          qualifiers: input.qualifiers ?? {},
        },
        "strict",
      );
    if (test_type === "validate") return formatPurl(parsePurl(input, "lenient"));
    const purl = parsePurl(input, "strict");
    return { ...purl, qualifiers: Object.keys(purl.qualifiers).length === 0 ? null : purl.qualifiers };
  } catch {
    return null;
  }
}

describe.skipIf(!hasConformance("purl-spec-tests-and-types"))("package URL, the specification's tests", async () => {
  const files = [...(await readConformance("purl-spec-tests-and-types"))].filter(([path]) =>
    /^tests\/.*json$/.test(path),
  );
  test("every test of every type passes", () => {
    const cases = files.flatMap(([path, text]) =>
      z
        .object({ tests: z.array(Case) })
        .parse(JSON.parse(text))
        .tests.map((one) => ({ path, one })),
    );
    const passed = cases.filter(({ one }) => {
      const wanted = one.expected_failure ? null : (one.expected_output ?? null);
      try {
        expect(answer(one)).toEqual(wanted);
        return true;
      } catch {
        console.log(`not reached: ${JSON.stringify(one)} got ${JSON.stringify(answer(one))}`);
        return false;
      }
    });
    console.log(`package URL: passed ${passed.length} of ${cases.length}`);
    expect({ cases: cases.length, passed: passed.length }).toEqual({ cases: 586, passed: 586 });
  });
});
