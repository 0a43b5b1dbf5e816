import type { Component } from "../../devices/sbom/schema.ts";
import { headReader } from "../assess/evidence.ts";
import { findingsOf, isDisputed, isRejected, nameOf } from "../assess/findings.ts";
import { distributionPackages, distributionSpeaks, isFixedInItsStream } from "../assess/nearer-source.ts";
import { systemOf } from "../match/identify.ts";
import type { AdvisoryHead, IntelLookup } from "../match/lookup.ts";
import { matchComponents } from "../match/match.ts";
import { decide } from "./decide.ts";
import { disagreementOf } from "./disagreement.ts";
import { explainRecord } from "./explain-record.ts";
import type { Outcome } from "./judge-item.ts";
import { relationsOf } from "./relations.ts";
import type { Explanation, Says } from "./schema.ts";

/**
 * Why one of the components is affected by a vulnerability, or is not: every record that speaks of it, what the component was
 * looked up by, and where its version stands. The verdict is the assessment's own. Pure; `component` must be one of
 * `components`, because platforms and the operating system are found among the others.
 */
export function explain(
  lookup: IntelLookup,
  components: readonly Component[],
  component: Component,
  vulnerability: number,
  now: Date,
): Explanation {
  const place = components.indexOf(component);
  const { matches, unmatched, withheld } = matchComponents(lookup, components);
  const own = matches.filter((match) => match.component === place);
  const about = lookup.vulnerability(vulnerability);
  const [advisory = "", ...aliases] = about.ids;
  const found = findingsOf(lookup, components, own, null).some((finding) => finding.advisory === advisory);
  const outcomes = new Map<string, Outcome>();
  for (const { component: of, entry } of withheld) {
    const { record, affected } = lookup.entry(entry);
    if (of === place) outcomes.set(`${record} ${affected}`, "platform");
  }
  for (const { record, affected } of own) outcomes.set(`${record} ${affected}`, "hit");
  const system = systemOf(components);
  const { relations, identities, troubles } = relationsOf(lookup, component, system);
  const headOf = headReader(lookup);
  const numbers = lookup.recordsOf(vulnerability);
  const packages = distributionPackages(component, system);
  const records = numbers
    .map((number) =>
      explainRecord(lookup, headOf(number), {
        relations,
        outcomeOf: (item) => outcomes.get(`${number} ${item}`) ?? "none",
        packages,
        now,
      }),
    )
    .sort(
      (a, b) => ORDER.indexOf(a.says) - ORDER.indexOf(b.says) || Number(b.ownDistribution) - Number(a.ownDistribution),
    );
  const heads = numbers.map(headOf);
  const ownHeads = heads.filter((_, i) => lookup.vulnerabilitiesOf(numbers[i] ?? -1).length === 1);
  const rejected = isRejected(ownHeads, advisory);
  const decided = decide({
    component: nameOf(component),
    advisory,
    records,
    found,
    rejected,
    nearer: nearerSource(
      heads,
      component,
      own.filter(({ record }) => numbers.includes(record)),
      packages,
    ),
    unmatched: unmatched.find((one) => one.component === place)?.reason ?? null,
    identities,
  });
  return {
    component: nameOf(component),
    advisory,
    aliases,
    title: ownHeads.find(({ title }) => title !== "")?.title ?? heads[0]?.title ?? "",
    verdict: decided.verdict,
    because: [...decided.because, ...scopeSentences(decided.verdict, component)],
    rejected,
    disputed: isDisputed(ownHeads),
    identities,
    troubles,
    records,
    disagreement: disagreementOf(
      records
        .filter(({ says }) => says !== "withdrawn")
        .map(({ source, id, items }) => ({ source, record: id, items })),
    ),
  };
}

/** What the SBOM says of the part beside what records say; it is a reason to decide, and decides nothing. */
function scopeSentences(verdict: Explanation["verdict"], { scope }: Component): string[] {
  if (verdict !== "affected") return [];
  if (scope === "excluded") return ["The SBOM marks the part as excluded: it says the device is shipped without it."];
  return scope === "optional" ? ["The SBOM marks the part as optional: the device runs without it."] : [];
}

/** Those that name the component come first. */
const ORDER: readonly Says[] = [
  "affected",
  "not-decided",
  "platform-absent",
  "not-affected",
  "withdrawn",
  "other-product",
];

/** Which nearer source overrules a hit, if one does (assess/nearer-source.ts). */
function nearerSource(
  heads: readonly AdvisoryHead[],
  component: Component,
  hits: readonly { rule: string; record: number; affected: number; version: string | null }[],
  packages: ReadonlySet<string>,
): "kernel-stream" | "distribution" | null {
  const version = hits.find(({ version }) => version !== null)?.version ?? component.version;
  if (hits.length > 0 && version !== null && isFixedInItsStream(heads, version)) return "kernel-stream";
  if (hits.length > 0 && !hits.some(({ rule }) => rule === "package") && distributionSpeaks(heads, packages))
    return "distribution";
  return null;
}
