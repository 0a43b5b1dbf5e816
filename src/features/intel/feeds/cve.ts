import type { Feed } from "../feed.ts";
import { clipDetails, clipReferences, clipTitle, cwesIn, instant } from "../normalise/bounds.ts";
import { affectedByCpe } from "../normalise/cpe-configurations.ts";
import { affectedByCve, withoutRedundantGit } from "../normalise/cve-affected.ts";
import { type CveContainer, CveRecord } from "../normalise/cve-shape.ts";
import { severitiesIn } from "../normalise/metrics.ts";
import { isObject } from "../normalise/values.ts";
import type { Advisory } from "../schema.ts";

/** CVE Records 5.x, as the CVE list and CISA's Vulnrichment publish them. */
export default {
  name: "cve",
  title: "CVE Records",
  recognise(document) {
    const value = document.data();
    return isObject(value) && isObject(value.cveMetadata) && isObject(value.containers);
  },
  *read(document) {
    yield { kind: "advisory", advisory: toAdvisory(CveRecord.parse(document.data())) };
  },
} satisfies Feed;

function toAdvisory({ cveMetadata, containers: { cna, adp } }: CveRecord): Advisory {
  const all = [cna, ...(adp ?? [])];
  const rejected = cveMetadata.state === "REJECTED";
  const publishedAt = instant(cveMetadata.datePublished);
  const modifiedAt = instant(cveMetadata.dateUpdated);
  const description = english(cna.descriptions) ?? cna.rejectedReasons?.[0]?.value;
  const disputed = all.some((container) => container.tags?.includes("disputed"));
  return {
    id: cveMetadata.cveId,
    aliases: [],
    source: "cve",
    title: clipTitle(`${disputed ? "Disputed: " : ""}${cna.title || description || ""}`),
    details: clipDetails(description),
    publishedAt,
    modifiedAt,
    withdrawnAt: rejected ? (instant(cveMetadata.dateRejected) ?? modifiedAt ?? publishedAt ?? UNKNOWN) : null,
    references: clipReferences(all.flatMap((container) => (container.references ?? []).map((one) => one.url))),
    cwes: cwesIn(all.flatMap(weaknessesOf)),
    severities: all.flatMap((container) => {
      const source = `cve:${container.providerMetadata?.shortName ?? "unnamed"}`;
      return (container.metrics ?? []).flatMap((metric) => severitiesIn(metric, source));
    }),
    affected: rejected ? [] : affectedOf(all),
    ...ssvcOf(all),
  };
}

/** CISA's container names the decision points one object each. */
function ssvcOf(containers: readonly CveContainer[]): Pick<Advisory, "ssvc"> {
  for (const { metrics, providerMetadata } of containers)
    for (const { other } of metrics ?? []) {
      if (!other) continue;
      const points: Record<string, string> = Object.assign({}, ...other.content.options);
      const { Exploitation: exploitation, Automatable: automatable, "Technical Impact": technicalImpact } = points;
      const source = `cve:${providerMetadata?.shortName ?? "unnamed"}`;
      if (exploitation && automatable && technicalImpact)
        return { ssvc: { exploitation, automatable, technicalImpact, source } };
    }
  return {};
}

/** A rejected record must read as withdrawn even when it says no date. */
const UNKNOWN = new Date(0).toISOString();

/** CPE applicability says the same as `affected`, with platforms: where a container has it, it stands for its CPE names. */
function affectedOf(containers: readonly CveContainer[]) {
  const items = containers.flatMap(({ affected, cpeApplicability }) => {
    const byCpe = affectedByCpe(cpeApplicability ?? []);
    const bySaying = (affected ?? []).flatMap(affectedByCve);
    return [...bySaying.filter((item) => item.cpe === null || byCpe.length === 0), ...byCpe];
  });
  return withoutRedundantGit(items);
}

const english = (texts: CveContainer["descriptions"]): string | undefined =>
  (texts?.find((one) => one.lang?.startsWith("en")) ?? texts?.[0])?.value;

const weaknessesOf = ({ problemTypes }: CveContainer) =>
  (problemTypes ?? []).flatMap((type) => (type.descriptions ?? []).map((one) => one.cweId ?? one.description));
