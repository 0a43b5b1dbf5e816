import type { Component } from "../../devices/sbom/schema.ts";
import { disagreementOf } from "../explain/disagreement.ts";
import { sourceWords } from "../explain/source-words.ts";
import { systemOf } from "../match/identify.ts";
import type { AdvisoryHead, IntelLookup } from "../match/lookup.ts";
import type { Match } from "../match/schema.ts";
import { becauseOf, bestEvidence, type Evidence, evidenceOf, fixesOf, headReader } from "./evidence.ts";
import { distributionPackages, distributionSpeaks, isFixedInItsStream } from "./nearer-source.ts";
import type { ComponentName, Finding } from "./schema.ts";
import { chooseSeverity, severityOrder } from "./severity.ts";

export const nameOf = ({ name, group, version, purl, cpes }: Component): ComponentName => ({
  name: group === null || name.startsWith(`${group}/`) ? name : `${group}/${name}`,
  version,
  purl,
  cpe: cpes[0] ?? null,
});

/**
 * Matches into findings: one for each vulnerability and component, whatever number of records and sources speak of it.
 * Worst first: exploited, then severity, then EPSS, then name. With `asOf`, what became known later is left out.
 */
export function findingsOf(
  lookup: IntelLookup,
  components: readonly Component[],
  matches: readonly Match[],
  asOf: Date | null,
): Finding[] {
  const headOf = headReader(lookup);
  const groups = new Map<string, { component: number; vulnerability: number; evidence: Evidence[] }>();
  for (const match of matches) {
    const evidence = evidenceOf(match, headOf(match.record));
    if (evidence === null) continue;
    for (const vulnerability of lookup.vulnerabilitiesOf(match.record)) {
      const key = `${match.component}:${vulnerability}`;
      const group = groups.get(key) ?? { component: match.component, vulnerability, evidence: [] };
      group.evidence.push(evidence);
      groups.set(key, group);
    }
  }
  const system = systemOf(components);
  const packagesOf = remember((number: number) => {
    const part = components[number];
    return part === undefined ? new Set<string>() : distributionPackages(part, system);
  });
  const about = aboutReader(lookup, headOf, asOf);
  const words = sourceWords(lookup, (number) => components[number], system);
  const findings: Finding[] = [];
  for (const { component, vulnerability, evidence } of groups.values()) {
    const [first, ...rest] = evidence;
    const part = components[component];
    const known = about(vulnerability);
    if (first === undefined || part === undefined || known.rejected) continue;
    if (nearerSourceClears(evidence, known.heads, packagesOf(component))) continue;
    const best = bestEvidence([first, ...rest]);
    const disagreement = disagreementOf(words(component, known.heads, evidence));
    const [advisory = best.head.id, ...aliases] = known.ids;
    findings.push({
      component: nameOf(part),
      ...(part.scope === undefined || part.scope === "required" ? {} : { scope: part.scope }),
      advisory,
      aliases,
      title: best.head.title || known.title,
      severity: chooseSeverity([...known.severities, ...evidence.flatMap(({ item }) => item.severities)]),
      exploited: known.exploited,
      epss: known.epss,
      ...(known.ssvc === undefined ? {} : { ssvc: known.ssvc }),
      fixedIn: fixesOf(evidence),
      disputed: known.disputed,
      because: becauseOf(best),
      ...(disagreement === null ? {} : { disagreement }),
    });
  }
  return findings.sort(worstFirst);
}

/** Whether a source closer to the component than the matched ones says it is good. */
function nearerSourceClears(
  evidence: readonly Evidence[],
  heads: readonly AdvisoryHead[],
  packages: ReadonlySet<string>,
): boolean {
  const kernel = evidence.find(({ item, match }) => item.scheme === "linux" && match.version !== null);
  const version = kernel?.match.version ?? null;
  if (version !== null && isFixedInItsStream(heads, version)) return true;
  return !evidence.some(({ match }) => match.rule === "package") && distributionSpeaks(heads, packages);
}

function remember<T>(read: (number: number) => T): (number: number) => T {
  const known = new Map<number, T>();
  return (number) => {
    const value = known.get(number) ?? read(number);
    known.set(number, value);
    return value;
  };
}

/** What all records of one vulnerability say of it together, whoever's range matched. */
function aboutReader(lookup: IntelLookup, headOf: (record: number) => AdvisoryHead, asOf: Date | null) {
  return remember((number) => {
    const { ids, exploited, epss } = lookup.vulnerability(number);
    const records = lookup.recordsOf(number).filter((record) => {
      const { publishedAt } = lookup.state(record);
      return asOf === null || publishedAt === null || publishedAt <= asOf;
    });
    const heads = records.map(headOf);
    const own = heads.filter((_, i) => lookup.vulnerabilitiesOf(records[i] ?? -1).length === 1);
    return {
      ids,
      heads,
      title: own.find(({ title }) => title !== "")?.title ?? "",
      severities: (own.some(({ severities }) => severities.length > 0) ? own : heads).flatMap(
        (head) => head.severities,
      ),
      exploited: exploited !== null && (asOf === null || new Date(exploited.since) <= asOf) ? exploited : null,
      epss: asOf === null ? epss : null,
      ssvc: asOf === null ? heads.find((head) => head.ssvc !== undefined)?.ssvc : undefined,
      disputed: isDisputed(own),
      rejected: isRejected(own, ids[0] ?? ""),
    };
  });
}

/** The CVE list's tag as the feed writes it, and the older mark inside descriptions. */
const DISPUTED = /^(disputed: |\*\* ?disputed ?\*\*)/i;

export const isDisputed = (heads: readonly AdvisoryHead[]): boolean => heads.some(({ title }) => DISPUTED.test(title));

/** Whether the CVE list took the CVE back. */
export const isRejected = (heads: readonly AdvisoryHead[], cve: string): boolean =>
  heads.some(({ source, id, withdrawnAt }) => source === "cve" && id === cve && withdrawnAt !== null);

function worstFirst(a: Finding, b: Finding): number {
  return (
    Number(b.exploited !== null) - Number(a.exploited !== null) ||
    severityOrder(a.severity, b.severity) ||
    (b.epss?.score ?? -1) - (a.epss?.score ?? -1) ||
    compare(a.component.name, b.component.name) ||
    compare(a.component.version ?? "", b.component.version ?? "") ||
    compare(a.advisory, b.advisory)
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
