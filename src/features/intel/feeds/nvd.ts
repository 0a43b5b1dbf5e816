import * as z from "zod";
import type { Feed } from "../feed.ts";
import { clipDetails, clipReferences, clipTitle, cwesIn, instant } from "../normalise/bounds.ts";
import { affectedByCpe, CpeConfiguration } from "../normalise/cpe-configurations.ts";
import { isObject } from "../normalise/values.ts";
import type { Advisory, FeedRecord, StatedSeverity } from "../schema.ts";

const SOURCE = "nvd";

const text = z.string().nullish();
const Metric = z.array(z.object({ source: text, cvssData: z.object({ vectorString: text }) })).nullish();

/** The parts of an NVD API 2.0 `cve` that are read (nvd.nist.gov/developers/vulnerabilities). */
const NvdCve = z.object({
  id: z.string().min(1),
  published: text,
  lastModified: text,
  vulnStatus: text,
  descriptions: z.array(z.object({ lang: z.string(), value: z.string() })).nullish(),
  references: z.array(z.object({ url: text })).nullish(),
  weaknesses: z.array(z.object({ description: z.array(z.object({ value: z.string() })) })).nullish(),
  metrics: z.record(z.string(), z.unknown()).nullish(),
  configurations: z.array(CpeConfiguration).nullish(),
});

/** One line of NVD-shaped configurations with its annotation. */
const Override = z.object({
  _annotation: z.object({
    cve_id: z.string().min(1),
    description: text,
    published: text,
    modified: text,
    references: z.array(z.string()).nullish(),
  }),
  cve: z.object({ configurations: z.array(CpeConfiguration).nullish() }),
});

/** NVD: pages of the API 2.0 and its yearly files, and NVD-shaped CPE configurations one CVE a line. */
export default {
  name: "nvd",
  title: "NVD vulnerabilities and CPE configurations",
  recognise(document) {
    const value = document.data();
    if (!isObject(value)) return false;
    if (isObject(value._annotation) && isObject(value.cve)) return true;
    return value.format === "NVD_CVE" && Array.isArray(value.vulnerabilities);
  },
  *read(document, report) {
    const value = document.data();
    if (!isObject(value)) return;
    if (isObject(value._annotation)) {
      const advisory = fromOverride(Override.parse(value));
      if (advisory.affected.length > 0) yield { kind: "advisory", advisory };
      return;
    }
    const asOf = instant(typeof value.timestamp === "string" ? value.timestamp : null);
    if (asOf !== null) yield { kind: "as-of", source: SOURCE, at: asOf };
    yield* readPage(Array.isArray(value.vulnerabilities) ? value.vulnerabilities : [], report);
  },
} satisfies Feed;

function* readPage(items: readonly unknown[], report: (at: string, reason: string) => void): Iterable<FeedRecord> {
  for (const [i, item] of items.entries()) {
    const parsed = NvdCve.safeParse(isObject(item) ? item.cve : item);
    if (parsed.success) yield { kind: "advisory", advisory: fromCve(parsed.data) };
    else
      report(
        `/vulnerabilities/${i}/cve/${parsed.error.issues[0]?.path.map(String).join("/")}`,
        parsed.error.issues[0]?.message ?? "",
      );
  }
}

function fromOverride({ _annotation: about, cve }: z.infer<typeof Override>): Advisory {
  return {
    id: about.cve_id,
    aliases: [],
    source: SOURCE,
    title: clipTitle(about.description),
    details: clipDetails(about.description),
    publishedAt: instant(about.published),
    modifiedAt: instant(about.modified),
    withdrawnAt: null,
    references: clipReferences(about.references ?? []),
    cwes: [],
    severities: [],
    affected: affectedByCpe(cve.configurations ?? []),
  };
}

function fromCve(cve: z.infer<typeof NvdCve>): Advisory {
  const description = cve.descriptions?.find((one) => one.lang === "en")?.value;
  const modifiedAt = instant(cve.lastModified);
  return {
    id: cve.id,
    aliases: [],
    source: SOURCE,
    title: clipTitle(description),
    details: clipDetails(description),
    publishedAt: instant(cve.published),
    modifiedAt,
    withdrawnAt: cve.vulnStatus === "Rejected" ? (modifiedAt ?? instant(cve.published)) : null,
    references: clipReferences((cve.references ?? []).map((reference) => reference.url)),
    cwes: cwesIn((cve.weaknesses ?? []).flatMap((weakness) => weakness.description.map((one) => one.value))),
    severities: severitiesOf(cve.metrics ?? {}),
    affected: affectedByCpe(cve.configurations ?? []),
  };
}

const KINDS: readonly [string, StatedSeverity["kind"]][] = [
  ["cvssMetricV40", "CVSS_V4"],
  ["cvssMetricV31", "CVSS_V3"],
  ["cvssMetricV30", "CVSS_V3"],
  ["cvssMetricV2", "CVSS_V2"],
];

const severitiesOf = (metrics: Readonly<Record<string, unknown>>): StatedSeverity[] =>
  KINDS.flatMap(([member, kind]) =>
    (Metric.catch(null).parse(metrics[member]) ?? []).flatMap(({ source, cvssData }) =>
      cvssData.vectorString ? [{ kind, source: source ?? SOURCE, value: cvssData.vectorString }] : [],
    ),
  );
