import { Fault } from "../../../lib/fault.ts";
import type { VexStatus } from "../../intel/vex/schema.ts";
import type { AdvisoryContent, AdvisoryVulnerability, PublisherSettings } from "../schema.ts";
import { gapsOf, hasAffected } from "./gaps.ts";
import { ProductIds } from "./product-ids.ts";

/** A CVSS vector's version and base score; null for anything else. */
export type Scores = (
  vector: string,
) => { version: "2.0" | "3.0" | "3.1" | "4.0"; vector: string; base: number } | null;

export interface Issue {
  trackingId: string;
  publisher: Pick<PublisherSettings, "name" | "category" | "namespace" | "contact" | "issuingAuthority">;
  now: Date;
  /** What was published before, oldest first; this issue follows it. */
  before: readonly { number: number; publishedAt: Date; summary: string }[];
  /** What changed, for the revision history. */
  summary: string;
  /** Where the document will be read; null while it is not served. */
  selfUrl: string | null;
  engineVersion: string;
  scores: Scores;
  /** The name CWE's list gives a number; null when it has none. */
  cweName: (id: string) => string | null;
}

/**
 * A CSAF 2.0 document of the profile Security Advisory (4.4) or VEX (4.5). Fault `bad_input` names the first thing that a person has
 * still to say.
 */
export function writeAdvisory(content: AdvisoryContent, issue: Issue): object {
  const gap = gapsOf(content, issue.scores).find(({ level }) => level === "error");
  if (gap !== undefined) throw new Fault("bad_input", `${gap.where}: ${gap.reason}`, { at: gap.where, fix: gap.fix });
  const said = new Set(
    content.vulnerabilities.flatMap(({ statements }) =>
      statements.filter(({ status }) => status !== null).map(({ releaseId }) => releaseId),
    ),
  );
  const ids = new ProductIds(content.products, said);
  if (ids.of([...said]).length !== said.size)
    throw new Fault("bad_input", "A status is about a release that the advisory does not name", { at: "products" });
  const worst = Math.max(-1, ...content.vulnerabilities.map(({ vector }) => issue.scores(vector)?.base ?? -1));
  return {
    document: {
      ...head(content, issue, content.kind === "vex" ? "csaf_vex" : "csaf_security_advisory", content.title),
      ...(worst < 0 ? {} : { aggregate_severity: { text: severityOf(worst) } }),
      notes: [
        { category: "summary", title: "Summary", text: content.summary },
        ...(content.harm === ""
          ? []
          : [{ category: "general", title: "What it means for patients", text: content.harm }]),
      ],
      ...references(content, issue.selfUrl),
      ...acknowledgments(content),
      tracking: tracking(content.status, issue),
    },
    product_tree: ids.tree(issue.publisher.name),
    vulnerabilities: content.vulnerabilities.map((one) => vulnerability(one, content, issue, ids)),
  };
}

/**
 * The issue that takes an advisory back: the generic profile (CSAF 2.0, 4.1) without products and vulnerabilities, the reason as a
 * note, as CSAF 2.1 asks of `csaf_withdrawn`. Whoever reads it finds nothing affected any more.
 */
export function writeWithdrawal(content: AdvisoryContent, reason: string, issue: Issue): object {
  return {
    document: {
      ...head(content, issue, "csaf_base", `Withdrawn: ${content.title}`),
      notes: [{ category: "description", title: "Reasoning for Withdrawal", text: reason }],
      ...references({ references: [] }, issue.selfUrl),
      tracking: tracking("final", issue),
    },
  };
}

function head({ tlp, distribution }: AdvisoryContent, { publisher }: Issue, category: string, title: string): object {
  return {
    category,
    csaf_version: "2.0",
    lang: "en",
    title,
    distribution: {
      ...(distribution === "" ? {} : { text: distribution }),
      tlp: { label: tlp, url: "https://www.first.org/tlp/" },
    },
    publisher: {
      category: publisher.category,
      name: publisher.name,
      namespace: publisher.namespace,
      ...(publisher.contact === "" ? {} : { contact_details: publisher.contact }),
      ...(publisher.issuingAuthority === "" ? {} : { issuing_authority: publisher.issuingAuthority }),
    },
  };
}

function references({ references: given }: Pick<AdvisoryContent, "references">, selfUrl: string | null): object {
  const all = [
    ...(selfUrl === null ? [] : [{ category: "self", summary: "This advisory", url: selfUrl }]),
    ...given.map(({ summary, url }) => ({ category: "external", summary, url })),
  ];
  return all.length === 0 ? {} : { references: all };
}

function acknowledgments({ acknowledgments: given }: AdvisoryContent): object {
  const all = given.filter(({ name, organization, summary }) => name + organization + summary !== "");
  if (all.length === 0) return {};
  return {
    acknowledgments: all.map(({ name, organization, summary }) => ({
      ...(name === "" ? {} : { names: [name] }),
      ...(organization === "" ? {} : { organization }),
      ...(summary === "" ? {} : { summary }),
    })),
  };
}

function tracking(status: "interim" | "final", { trackingId, now, before, summary, engineVersion }: Issue): object {
  const date = now.toISOString();
  const number = String(before.length + 1);
  return {
    id: trackingId,
    status,
    version: number,
    initial_release_date: before[0]?.publishedAt.toISOString() ?? date,
    current_release_date: date,
    revision_history: [
      ...before.map((one) => ({
        date: one.publishedAt.toISOString(),
        number: String(one.number),
        summary: one.summary,
      })),
      { date, number, summary },
    ],
    generator: { date, engine: { name: "Cordon", version: engineVersion } },
  };
}

const STATUS: Readonly<Record<VexStatus, string>> = {
  affected: "known_affected",
  fixed: "fixed",
  not_affected: "known_not_affected",
  under_investigation: "under_investigation",
};

function vulnerability(one: AdvisoryVulnerability, { harm }: AdvisoryContent, issue: Issue, ids: ProductIds): object {
  const isCve = /^CVE-\d{4}-\d{4,}$/.test(one.name);
  const others = [...new Set([...(isCve ? [] : [one.name]), ...one.aliases])].filter(
    (name) => !isCve || name !== one.name,
  );
  const having = (status: VexStatus) =>
    ids.of(one.statements.filter((each) => each.status === status).map(({ releaseId }) => releaseId));
  const affected = having("affected");
  const statuses = Object.entries(STATUS).flatMap(([status, name]) => {
    const products = having(status as VexStatus);
    return products.length === 0 ? [] : [[name, products] as const];
  });
  const untouched = one.statements.filter(({ status }) => status === "not_affected");
  const flags = [...Map.groupBy(untouched, ({ justification }) => justification)].flatMap(([label, all]) =>
    label === null ? [] : [{ label, product_ids: ids.of(all.map(({ releaseId }) => releaseId)) }],
  );
  const impacts = [...Map.groupBy(untouched, ({ impact }) => impact)].flatMap(([details, all]) =>
    details === "" ? [] : [{ category: "impact", details, product_ids: ids.of(all.map(({ releaseId }) => releaseId)) }],
  );
  const threats = [
    ...impacts,
    ...(harm === "" || affected.length === 0 ? [] : [{ category: "impact", details: harm, product_ids: affected }]),
  ];
  const remedies = hasAffected(one) ? one.remedies : [];
  const cweName = one.cwe === "" ? null : issue.cweName(one.cwe);
  const score = issue.scores(one.vector);
  return {
    ...(isCve ? { cve: one.name } : {}),
    ...(others.length === 0 ? {} : { ids: others.map((text) => ({ system_name: systemOf(text), text })) }),
    ...(one.title === "" ? {} : { title: one.title }),
    ...(cweName === null ? {} : { cwe: { id: one.cwe, name: cweName } }),
    notes: [
      { category: "description", title: "Description", text: one.description },
      ...(score?.version === "4.0"
        ? [
            {
              category: "other",
              title: "CVSS 4.0",
              text: `${score.vector} (${score.base.toFixed(1)}, ${severityOf(score.base)})`,
            },
          ]
        : []),
    ],
    product_status: Object.fromEntries(statuses),
    ...(score === null || score.version === "4.0" || affected.length === 0
      ? {}
      : { scores: [{ products: affected, ...scoreObject(score) }] }),
    ...(flags.length === 0 ? {} : { flags }),
    ...(threats.length === 0 ? {} : { threats }),
    ...(remedies.length === 0
      ? {}
      : {
          remediations: remedies.map(({ kind, details, availableOn, url }) => ({
            category: kind,
            details,
            ...(availableOn === null ? {} : { date: `${availableOn}T00:00:00.000Z` }),
            ...(url === "" ? {} : { url }),
            product_ids: affected,
          })),
        }),
    ...(one.references.length === 0
      ? {}
      : { references: one.references.map(({ summary, url }) => ({ category: "external", summary, url })) }),
  };
}

const systemOf = (id: string): string => id.split("-")[0] || "id";

function scoreObject({ version, vector, base }: { version: string; vector: string; base: number }): object {
  if (version === "2.0")
    return { cvss_v2: { version, vectorString: vector.replace(/^\(?(CVSS:2\.0\/)?|\)$/g, ""), baseScore: base } };
  return {
    cvss_v3: { version, vectorString: vector, baseScore: base, baseSeverity: severityOf(base).toUpperCase() },
  };
}

/** CVSS v3.1, section 5. */
export function severityOf(score: number): string {
  if (score >= 9) return "Critical";
  if (score >= 7) return "High";
  if (score >= 4) return "Medium";
  return score > 0 ? "Low" : "None";
}
