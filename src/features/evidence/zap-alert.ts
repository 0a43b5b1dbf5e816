import type { Rating } from "../intel/assess/schema.ts";
import type { Draft } from "./draft.ts";

export interface ZapAlert {
  plugin: string;
  name: string;
  risk: string;
  confidence: string;
  description: string;
  cwe: string;
  site: string;
  instances: { uri: string; method: string; parameter: string }[];
}

/** ZAP's risk codes (zaproxy.org/docs/constants). */
const RISKS: Readonly<Record<string, { severity: Rating; said: string }>> = {
  "0": { severity: "none", said: "Informational" },
  "1": { severity: "low", said: "Low" },
  "2": { severity: "medium", said: "Medium" },
  "3": { severity: "high", said: "High" },
};

/** One finding per alert of a site, as ZAP counts; its first place stands for the others. Confidence 0 is ZAP's false positive. */
export function addZapAlert(draft: Draft, alert: ZapAlert): void {
  const risk = (Object.hasOwn(RISKS, alert.risk) ? RISKS[alert.risk] : undefined) ?? {
    severity: "unknown" as const,
    said: alert.risk,
  };
  const [first] = alert.instances;
  const more = alert.instances.length - 1;
  const place =
    first === undefined ? alert.site : `${first.method} ${first.uri}${first.parameter ? ` (${first.parameter})` : ""}`;
  draft.finding({
    rule: alert.plugin,
    title: alert.name,
    ...risk,
    place: more > 0 ? `${place} and ${more} more` : place,
    weaknesses: [/^\d+$/.test(alert.cwe) && alert.cwe !== "0" ? `CWE-${alert.cwe}` : "", alert.name],
    description: alert.description,
    note: alert.confidence === "0" ? "Marked as a false positive in ZAP" : null,
  });
}
