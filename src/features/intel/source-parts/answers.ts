import type * as z from "zod";
import { Fault } from "../../../lib/fault.ts";
import type { AskOptions, SmallAnswer, SourceTools } from "../source.ts";

/** The text of an answer that must be there. Fault `unavailable` when it is not. */
export async function textFrom(tools: SourceTools, url: string, options: AskOptions = {}): Promise<string> {
  return textIn(url, await tools.ask(url, options));
}

export function textIn(url: string, answer: SmallAnswer): string {
  if (answer.type === "bytes") return new TextDecoder().decode(answer.bytes);
  throw new Fault("unavailable", "There is nothing at the address any more", {
    at: url,
    fix: "What was known before stays in use. Look whether its publisher moved it",
  });
}

/** An answer as JSON of a known shape. Fault `bad_input` "changed its shape" when it is another. */
export function jsonIn<T>(url: string, text: string, shape: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw otherShape(url, `it begins with ${JSON.stringify(text.slice(0, 40))}, which is no JSON`);
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw otherShape(url, `/${issue?.path.map(String).join("/") ?? ""}: ${issue?.message ?? "of another shape"}`);
}

const MANY = 20;

/** Fault when a list names fewer than half of what is kept: then it was cut or emptied, and what is kept must not leave. */
export function refuseShorterList(at: string, names: readonly string[], kept: ReadonlyMap<string, unknown>): void {
  if (kept.size >= MANY && names.length < kept.size / 2)
    throw otherShape(at, `${kept.size} documents are kept, and it lists ${names.length} now`);
}

export const otherShape = (at: string, reason: string): Fault =>
  new Fault("bad_input", `The feed changed its shape: ${reason}`, {
    at,
    fix: "Nothing of it was taken; what was known before stays in use. Look whether its publisher announced a new format",
  });

/** The cursor of an earlier visit, or null when there is none or an older version of the source wrote another. */
export function cursorOf<T>(cursor: unknown, shape: z.ZodType<T>): T | null {
  const parsed = shape.safeParse(cursor);
  return parsed.success ? parsed.data : null;
}
