/** Text as PostgreSQL can keep it: no NUL, no half of a surrogate pair; each becomes U+FFFD. */
export const storable = (text: string): string => text.replaceAll("\0", "\ufffd").toWellFormed();

/** JSON whose every text PostgreSQL can keep. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? storable(part) : part));
