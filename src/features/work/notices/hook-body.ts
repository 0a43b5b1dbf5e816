import type { Telling } from "./schema.ts";

/** What a webhook gets: the form of the Standard Webhooks specification. `path` is below the installation's address. */
export const hookBody = (
  telling: Omit<Telling, "kind"> & { kind: string },
  organizationId: string,
  at: Date,
): ((id: string) => string) => {
  const { kind, change: _, ...data } = telling;
  return (id) => JSON.stringify({ type: kind, timestamp: at.toISOString(), id, organizationId, data });
};
