import type { VexReading } from "./schema.ts";

const AHEAD_MS = 86_400_000;

/**
 * Refuses statements dated more than a day ahead: such a one would stand above whatever its author says until then.
 */
export function notToCome(reading: VexReading, now: Date): VexReading {
  const latest = now.getTime() + AHEAD_MS;
  const isToCome = (issuedAt: string | null) => issuedAt !== null && Date.parse(issuedAt) > latest;
  return {
    ...reading,
    statements: reading.statements.filter(({ issuedAt }) => !isToCome(issuedAt)),
    refused: [
      ...reading.refused,
      ...reading.statements
        .filter(({ issuedAt }) => isToCome(issuedAt))
        .slice(0, MOST_REFUSED)
        .map(({ source, issuedAt }) => ({
          at: `${source.document} ${source.at}`,
          reason: `It is dated ${issuedAt?.slice(0, 10)}, which is to come`,
        })),
    ],
  };
}

const MOST_REFUSED = 1_000;
