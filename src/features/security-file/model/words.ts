const SHOWN = 4;

/** "a, b and c"; more than four: the first three and how many more. */
export function listWords(names: readonly string[]): string {
  if (names.length > SHOWN) return `${names.slice(0, SHOWN - 1).join(", ")} and ${names.length - SHOWN + 1} more`;
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
