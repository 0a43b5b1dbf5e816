import type { Assessment, Finding } from "../../features/intel/assess/schema.ts";

export type Gate = "exploited" | "critical" | "high" | "any";

/** The findings that close the gate. A worse one closes every milder gate: exploited closes all, critical also `high`. */
export function gateClosed({ findings }: Assessment, gate: Gate): Finding[] {
  const closes: Record<Gate, (finding: Finding) => boolean> = {
    exploited: ({ exploited }) => exploited !== null,
    critical: ({ exploited, severity }) => exploited !== null || severity.rating === "critical",
    high: ({ exploited, severity }) =>
      exploited !== null || severity.rating === "critical" || severity.rating === "high",
    any: () => true,
  };
  return findings.filter(closes[gate]);
}
