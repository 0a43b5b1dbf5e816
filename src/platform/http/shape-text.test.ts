import { expect, test } from "vitest";
import * as z from "zod";
import { shapeText } from "./shape-text.ts";

test.each([
  [z.string(), "string"],
  [z.uuid(), "uuid"],
  [z.enum(["a", "b"]), '"a" | "b"'],
  [z.number().nullable(), "number | null"],
  [z.array(z.iso.date()), "[date]"],
  [z.literal(true), "true"],
  [z.union([z.string(), z.object({ n: z.boolean() })]), "string | {\n  n: boolean\n}"],
  [
    z.object({ name: z.string().min(1).max(20), to: z.optional(z.array(z.object({ id: z.string() }))) }),
    "{\n  name: string   1 to 20 characters\n  to?: [{\n    id: string\n  }]\n}",
  ],
  [z.record(z.string(), z.number()), "{\n  [name]: number\n}"],
])("a shape in words, case %#", (shape, text) => {
  expect(shapeText(z.toJSONSchema(shape))).toBe(text);
});

test.each([
  [{ $ref: "#/components/schemas/Problem" }, "Problem"],
  [{ type: ["string", "null"] }, "string | null"],
  [{}, "anything"],
  [null, "anything"],
])("%j is %s", (schema, text) => {
  expect(shapeText(schema)).toBe(text);
});
