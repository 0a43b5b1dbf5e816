import * as z from "zod";
import { ItemId, Prose } from "../../../features/security-file/item/schema.ts";

/** What a field takes, read from its schema. */
export type Takes =
  | { takes: "text"; long: boolean; nullable: boolean }
  | { takes: "link" }
  | { takes: "links" }
  | { takes: "choice"; options: readonly string[]; nullable: boolean }
  | { takes: "choices"; options: readonly string[] }
  | { takes: "yes-no"; nullable: boolean }
  | { takes: "number"; least: number | undefined; most: number | undefined; nullable: boolean }
  | { takes: "date"; nullable: boolean }
  | { takes: "texts" }
  | { takes: "group"; shape: Record<string, z.ZodType> }
  | { takes: "list"; shape: Record<string, z.ZodType> }
  | { takes: "nothing" };

const ITEM_IDS: ReadonlySet<unknown> = new Set([ItemId]);

function bare(schema: unknown): { inner: unknown; nullable: boolean } {
  if (schema instanceof z.ZodNullable) return { inner: bare(schema.unwrap()).inner, nullable: true };
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return bare(schema.unwrap());
  return { inner: schema, nullable: false };
}

export function takes(schema: z.ZodType): Takes {
  const { inner, nullable } = bare(schema);
  if (ITEM_IDS.has(inner)) return { takes: "link" };
  if (inner instanceof z.ZodEnum) return { takes: "choice", options: inner.options.map(String), nullable };
  if (inner instanceof z.ZodBoolean) return { takes: "yes-no", nullable };
  if (inner instanceof z.ZodNumber)
    return { takes: "number", least: inner.minValue ?? undefined, most: inner.maxValue ?? undefined, nullable };
  if (inner instanceof z.ZodISODate) return { takes: "date", nullable };
  if (inner instanceof z.ZodString) return { takes: "text", long: schema === Prose, nullable };
  if (inner instanceof z.ZodUnion) return { takes: "text", long: false, nullable };
  if (inner instanceof z.ZodObject) return { takes: "group", shape: inner.shape };
  if (inner instanceof z.ZodArray) {
    const each = bare(inner.element).inner;
    if (ITEM_IDS.has(each)) return { takes: "links" };
    if (each instanceof z.ZodEnum) return { takes: "choices", options: each.options.map(String) };
    if (each instanceof z.ZodObject) return { takes: "list", shape: each.shape };
    return { takes: "texts" };
  }
  return { takes: "nothing" };
}

/** A first value that the schema accepts, for an entry that was just added. */
export function firstOf(shape: Record<string, z.ZodType>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, schema]): [string, unknown][] => {
      const byDefault = schema.safeParse(undefined);
      if (byDefault.success) return byDefault.data === undefined ? [] : [[name, byDefault.data]];
      const of = takes(schema);
      if (of.takes === "choice") return [[name, of.options[0]]];
      if (of.takes === "yes-no") return [[name, false]];
      if (of.takes === "number") return [[name, of.least ?? 0]];
      return [[name, "New"]];
    }),
  );
}
