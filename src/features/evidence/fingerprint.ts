import { createHash } from "node:crypto";
import type { EvidenceFacts, TestFinding } from "./schema.ts";

/**
 * What makes a finding the same when it is found again: the tool, its rule, the title and the place without its line, which moves as
 * code does. Several alike in one place are told apart by their order.
 */
export function fingerprints({ kind, tool, findings }: Pick<EvidenceFacts, "kind" | "tool" | "findings">): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = [
      kind,
      kind === "pentest" ? "" : (tool?.name ?? ""),
      finding.rule,
      finding.title,
      placeOf(finding),
    ].join("\n");
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return createHash("sha256").update(`${key}\n${count}`).digest("hex");
  });
}

const placeOf = ({ place }: Pick<TestFinding, "place">) => place.replace(/(\.[A-Za-z0-9+]{1,8}):\d+$/, "$1");

/** An observation is counted and needs no disposition. */
export const needsDisposition = ({ severity }: Pick<TestFinding, "severity">): boolean => severity !== "none";
