import * as z from "zod";

/**
 * How versions of a package are ordered. OSV ecosystem names map onto these; `generic` orders number and letter runs,
 * `none` knows no order: only equal strings match.
 */
export const Scheme = z.enum([
  "semver",
  "npm",
  "go",
  "pypi",
  "maven",
  "nuget",
  "rubygems",
  "cargo",
  "packagist",
  "deb",
  "rpm",
  "apk",
  "linux",
  "openssl",
  "generic",
  "none",
  "pub",
  "numbers",
]);
export type Scheme = z.infer<typeof Scheme>;

/** Versions from `from` to `to`; null is open. `fixed`: the first good version, where the source names one. */
export const Interval = z.object({
  from: z.string().nullable(),
  fromInclusive: z.boolean(),
  to: z.string().nullable(),
  toInclusive: z.boolean(),
  fixed: z.string().nullable(),
});
export type Interval = z.infer<typeof Interval>;

export const SeverityKind = z.enum(["CVSS_V2", "CVSS_V3", "CVSS_V4", "rating"]);

/** A severity as a source states it: a CVSS vector (score computed by us) or only a word. */
export const StatedSeverity = z.object({ kind: SeverityKind, source: z.string(), value: z.string() });
export type StatedSeverity = z.infer<typeof StatedSeverity>;

/**
 * What a record says is affected, under one identity. Exactly one of `package`, `cpe`, `product` is set:
 * an ecosystem package (OSV), a CPE 2.3 name pattern (CVE, NVD), or vendor and product words (CSAF, CVE without CPE).
 */
export const Affected = z.object({
  package: z.object({ ecosystem: z.string(), name: z.string() }).nullable(),
  cpe: z.string().nullable(),
  product: z.object({ vendor: z.string(), name: z.string() }).nullable(),
  scheme: Scheme,
  intervals: z.array(Interval),
  /** Versions inside the intervals that the source declares not affected (CVE Record `status: unaffected`). */
  exceptions: z.array(Interval),
  /** Exact versions, besides the intervals. */
  versions: z.array(z.string()),
  /** True: the source says every version is affected and gives no range. */
  everyVersion: z.boolean(),
  /** Ranges we cannot decide (git commits, free text), quoted for the explanation. */
  undecidable: z.array(z.string()),
  severities: z.array(StatedSeverity),
  /** Narrowing that must also hold, as CPE 2.3 names of which one must be present (NVD AND nodes, `vulnerable: false`). */
  platforms: z.array(z.string()),
});
export type Affected = z.infer<typeof Affected>;

/** What CISA's coordinators decided (SSVC): how far exploitation is, whether it can be automated, how much it gives an attacker. */
export const Ssvc = z.object({
  exploitation: z.string(),
  automatable: z.string(),
  technicalImpact: z.string(),
  source: z.string(),
});
export type Ssvc = z.infer<typeof Ssvc>;

export const Advisory = z.object({
  id: z.string(),
  /** Other identifiers of the same vulnerability (GHSA = CVE = PYSEC). */
  aliases: z.array(z.string()),
  /** Name of the source inside the feed, e.g. `osv:PYSEC`, `csaf:CISA`, `cve`. Ages are kept per source. */
  source: z.string(),
  title: z.string(),
  details: z.string(),
  publishedAt: z.string().nullable(),
  modifiedAt: z.string().nullable(),
  withdrawnAt: z.string().nullable(),
  references: z.array(z.string()),
  cwes: z.array(z.string()),
  severities: z.array(StatedSeverity),
  affected: z.array(Affected),
  /** Only where the source carries one (CVE Records with CISA's container). */
  ssvc: Ssvc.optional(),
});
export type Advisory = z.infer<typeof Advisory>;

/** Known exploited in the wild (CISA KEV). */
export const Exploited = z.object({
  cve: z.string(),
  since: z.string(),
  dueOn: z.string().nullable(),
  ransomware: z.boolean(),
  source: z.string(),
});
export type Exploited = z.infer<typeof Exploited>;

/** Probability of exploitation in the next 30 days, 0 to 1 (FIRST EPSS). Missing is unknown, never zero. */
export const Epss = z.object({ cve: z.string(), score: z.number(), percentile: z.number(), source: z.string() });
export type Epss = z.infer<typeof Epss>;

/** Until when a kind of support runs: its last day, `open` (no end announced), `ended` (the day is not stated); null: not stated. */
export const SupportEnd = z.union([z.iso.date(), z.enum(["open", "ended"])]).nullable();
export type SupportEnd = z.infer<typeof SupportEnd>;

/** One line of releases that its maker supports together. */
export const SupportCycle = z.object({
  cycle: z.string().min(1),
  codename: z.string().nullable(),
  releasedOn: z.iso.date().nullable(),
  activeUntil: SupportEnd,
  securityUntil: SupportEnd,
  /** For those who have it: bought, or given by others than the maker. */
  extendedUntil: SupportEnd,
  latest: z.string().nullable(),
});
export type SupportCycle = z.infer<typeof SupportCycle>;

/** What a source says of a product, or of some versions of it, without cycles. */
export const SupportStatement = z.object({
  level: z.enum(["limited", "ended", "unmaintained"]),
  /** The last day before it holds; null: it holds on every day. */
  since: z.iso.date().nullable(),
  said: z.string(),
  /** The versions it is about; null: all. */
  versions: z
    .object({ scheme: Scheme, intervals: z.array(Interval), exceptions: z.array(Interval), everyVersion: z.boolean() })
    .nullable(),
});
export type SupportStatement = z.infer<typeof SupportStatement>;

/** How long a product is supported, as one source says it: by cycles, or by one statement. */
export const SupportRecord = z.object({
  /** Its name in the source: `openssl`, `RUSTSEC-2022-0057`. */
  record: z.string().min(1),
  source: z.string(),
  title: z.string(),
  /** The newest day the record speaks of: how old it is at most. */
  statedOn: z.iso.date().nullable(),
  purls: z.array(z.string()),
  /** `vendor:product`, lower-case. */
  cpes: z.array(z.string()),
  names: z.array(z.string()),
  /** A source package of Debian; every name that begins with it when `isPrefix`. `release` null: of every release. */
  debian: z.object({ name: z.string().min(1), isPrefix: z.boolean(), release: z.string().nullable() }).nullable(),
  /** What the source calls extended support: "Premium support". */
  extendedName: z.string().nullable(),
  cycles: z.array(SupportCycle),
  statement: SupportStatement.nullable(),
});
export type SupportRecord = z.infer<typeof SupportRecord>;

/** One record of any feed. A feed yields these; the index and the server keep them. */
export type FeedRecord =
  | { kind: "advisory"; advisory: Advisory }
  | { kind: "exploited"; exploited: Exploited }
  | { kind: "epss"; epss: Epss }
  | { kind: "same-product"; sameProduct: { purl: string; cpeVendor: string; cpeProduct: string; source: string } }
  | { kind: "support"; support: SupportRecord }
  | { kind: "as-of"; source: string; at: string };

/** How old the newest record of a source is; `newestAt` null when the source dates nothing. */
export const FeedAge = z.object({ name: z.string(), newestAt: z.string().nullable(), records: z.number().int() });
export type FeedAge = z.infer<typeof FeedAge>;
