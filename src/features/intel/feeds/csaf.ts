import type { Feed, Report } from "../feed.ts";
import { clipDetails, clipReferences, clipTitle, cwesIn, instant } from "../normalise/bounds.ts";
import { affectedByCsaf, distinct } from "../normalise/csaf-affected.ts";
import { type CsafProduct, csafProducts } from "../normalise/csaf-products.ts";
import { CsafDocument, CsafVulnerability } from "../normalise/csaf-shape.ts";
import { severitiesIn } from "../normalise/metrics.ts";
import { isObject, textOf } from "../normalise/values.ts";
import type { Advisory, FeedRecord, StatedSeverity } from "../schema.ts";

/** CSAF 2.0 security advisories. Each vulnerability is an advisory of its own, named `<tracking id>/<CVE>`. */
export default {
  name: "csaf",
  title: "CSAF security advisories",
  recognise(document) {
    const value = document.data();
    return isObject(value) && isObject(value.document) && /^2\./.test(textOf(value.document.csaf_version));
  },
  *read(document, report) {
    yield* readAdvisories(CsafDocument.parse(document.data()), report);
  },
} satisfies Feed;

function* readAdvisories(csaf: CsafDocument, report: Report): Iterable<FeedRecord> {
  const products = csafProducts(csaf.product_tree ?? {}, report);
  for (const [i, item] of (csaf.vulnerabilities ?? []).entries()) {
    const parsed = CsafVulnerability.safeParse(item);
    const issue = parsed.error?.issues[0];
    if (parsed.success) yield { kind: "advisory", advisory: toAdvisory(csaf, parsed.data, i, products) };
    else report(`/vulnerabilities/${i}/${issue?.path.map(String).join("/")}`, issue?.message ?? "");
  }
}

function toAdvisory(
  { document }: CsafDocument,
  vulnerability: CsafVulnerability,
  index: number,
  products: ReadonlyMap<string, CsafProduct>,
): Advisory {
  const { tracking, title } = document;
  const source = `csaf:${document.publisher.name.slice(0, 100)}`;
  const modifiedAt = instant(tracking.current_release_date);
  const scores = [
    ...(vulnerability.scores ?? []).map((score) => ({ products: score.products, said: severitiesIn(score, source) })),
    ...(vulnerability.metrics ?? []).map(({ products: ids, content }) => ({
      products: ids,
      said: severitiesIn(content, source),
    })),
  ];
  const severities = distinct(scores.flatMap((score) => score.said));
  const byProduct = new Map<string, StatedSeverity[]>();
  for (const { products: ids, said } of severities.length > 1 ? scores : [])
    for (const id of ids ?? []) byProduct.set(id, [...(byProduct.get(id) ?? []), ...said]);
  return {
    id: `${tracking.id}/${vulnerability.cve ?? index + 1}`,
    aliases: vulnerability.cve ? [vulnerability.cve] : [],
    source,
    title: clipTitle(`${tracking.id}: ${vulnerability.title || title}`),
    details: clipDetails(noteOf(vulnerability.notes) ?? noteOf(document.notes)),
    publishedAt: instant(tracking.initial_release_date),
    modifiedAt,
    withdrawnAt: /^csaf_(withdrawn|superseded)$/.test(document.category) ? modifiedAt : null,
    references: clipReferences([
      ...(document.references ?? []).filter((one) => one.category === "self").map((one) => one.url),
      ...(vulnerability.remediations ?? []).map((one) => one.url),
      ...(vulnerability.references ?? []).map((one) => one.url),
    ]),
    cwes: cwesIn([vulnerability.cwe?.id, ...(vulnerability.cwes ?? []).map((cwe) => cwe.id)]),
    severities: [
      ...severities,
      ...(document.aggregate_severity
        ? [{ kind: "rating" as const, source, value: document.aggregate_severity.text.slice(0, 100) }]
        : []),
    ],
    affected: affectedByCsaf(vulnerability, products, byProduct),
  };
}

const noteOf = (notes: CsafVulnerability["notes"]): string | undefined =>
  (notes?.find((note) => note.category === "summary") ?? notes?.find((note) => note.category === "description"))?.text;
