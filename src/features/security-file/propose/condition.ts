import type { Condition, FactFound } from "./schema.ts";

/** What a fact says of the item at hand; null: it does not hold. */
export type Ask = (fact: string) => FactFound | null;

/** Whether a condition holds. */
export function holds(condition: Condition, ask: Ask): boolean {
  if (typeof condition === "string") return ask(condition) !== null;
  if ("all" in condition) return condition.all.every((one) => holds(one, ask));
  if ("any" in condition) return condition.any.some((one) => holds(one, ask));
  return !holds(condition.not, ask);
}

/** Every fact a condition names, in its order, once. */
export function factsIn(condition: Condition): string[] {
  if (typeof condition === "string") return [condition];
  if ("not" in condition) return factsIn(condition.not);
  return [...new Set(("all" in condition ? condition.all : condition.any).flatMap(factsIn))];
}

/** The facts of a condition that hold, with what each says. */
export const found = (condition: Condition, ask: Ask): FactFound[] =>
  factsIn(condition).flatMap((fact) => ask(fact) ?? []);
