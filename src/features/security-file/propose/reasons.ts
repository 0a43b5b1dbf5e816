import type { FactFound } from "./schema.ts";

/** What a person is told of why something is proposed: each sentence once, without what the item's name says already. */
export const reasonsOf = (because: readonly FactFound[]): string[] => [
  ...new Set(because.filter(({ obvious }) => !obvious).map(({ says }) => says)),
];
