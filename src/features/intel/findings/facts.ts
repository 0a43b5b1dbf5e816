import { canonicalJson } from "../../../lib/canonical-json.ts";
import { sha256 } from "../../../lib/hash-chain.ts";
import { storableJson } from "../../../lib/storable.ts";
import type { Finding } from "../assess/schema.ts";
import type { Ssvc } from "../schema.ts";
import { priorityOf, type ReachedHarm } from "./priority.ts";

/** A finding as an assessment writes it. */
export interface FindingFacts {
  advisory: string;
  aliases: readonly string[];
  title: string;
  identity: string;
  componentName: string;
  componentVersion: string | null;
  purl: string | null;
  cpe: string | null;
  rating: Finding["severity"]["rating"];
  severity: Finding["severity"];
  exploited: Finding["exploited"];
  epss: Finding["epss"];
  epssRank: number;
  fixedIn: readonly string[];
  because: Finding["because"];
  ssvc: Ssvc | null;
  priority: number;
  harm: number;
  harmFunction: string | null;
  factsHash: string;
}

/** What is known of a vulnerability whatever it touches. */
export interface VulnerabilityFacts {
  advisory: string;
  aliases: readonly string[];
  title: string;
  severity: Finding["severity"];
  exploited: Finding["exploited"];
  epss: Finding["epss"];
  ssvc: Ssvc | null;
  factsHash: string;
}

/** An assessed finding as the table keeps it. EPSS moves daily in its last digits: they are no news. */
export function factsOf(finding: Finding, reached: ReachedHarm, identity: string): FindingFacts {
  const { component, advisory, aliases, title, severity, exploited, fixedIn, because, ssvc = null } = finding;
  const epss = finding.epss && { score: rounded(finding.epss.score), percentile: rounded(finding.epss.percentile) };
  const shown = {
    advisory,
    aliases,
    title,
    identity,
    componentName: component.name,
    componentVersion: component.version,
    purl: component.purl,
    cpe: component.cpe,
    rating: severity.rating,
    severity,
    exploited,
    epss,
    epssRank: epss?.score ?? -1,
    fixedIn,
    because,
  };
  return {
    ...shown,
    ssvc,
    ...reached,
    priority: priorityOf({ severity, exploited, epss }, reached.harm),
    // Findings of before coordinators were read keep their hash.
    factsHash: hashOf(ssvc === null ? shown : { ...shown, ssvc }),
  };
}

/** The vulnerabilities among findings, each once. */
export function vulnerabilitiesOf(findings: readonly FindingFacts[]): VulnerabilityFacts[] {
  const worst = new Map<string, FindingFacts>();
  for (const finding of findings) {
    const known = worst.get(finding.advisory);
    if (known === undefined || finding.priority > known.priority) worst.set(finding.advisory, finding);
  }
  return [...worst.values()].map(({ advisory, aliases, title, severity, exploited, epss, ssvc }) => ({
    advisory,
    aliases,
    title,
    severity,
    exploited,
    epss,
    ssvc,
    factsHash: hashOf({ aliases, title, exploited, epss, ...(ssvc === null ? {} : { ssvc }) }),
  }));
}

const rounded = (chance: number): number => Math.round(chance * 1_000) / 1_000;
const hashOf = (value: unknown): string => sha256(canonicalJson(JSON.parse(storableJson(value))));
