import { Fault } from "../../../lib/fault.ts";
import { formatPurl, parsePurl } from "../../../lib/purl.ts";
import { ANY_VERSION } from "./csaf-parts.ts";
import { CAREFUL } from "./newest.ts";
import type { VexPart, VexStatement, VexStatus } from "./schema.ts";
import { distinct } from "./take-statement.ts";
import type { VexDocument } from "./write-openvex.ts";

const STATUS: Readonly<Record<VexStatus, string>> = {
  not_affected: "known_not_affected",
  affected: "known_affected",
  fixed: "fixed",
  under_investigation: "under_investigation",
};

/** A CSAF 2.0 document of the profile VEX (4.5): one entry for each vulnerability, its products as components of the device. */
export function writeCsafVex(
  { id, title, issuedAt, author, namespace }: VexDocument,
  statements: readonly VexStatement[],
): object {
  const at = issuedAt.toISOString();
  const ids = new ProductIds();
  const vulnerabilities = [
    ...Map.groupBy(statements, ({ vulnerabilities: names }) => cveOf(names) ?? names[0] ?? ""),
  ].map(([name, group]) => vulnerability(name, group, ids));
  return {
    document: {
      category: "csaf_vex",
      csaf_version: "2.0",
      lang: "en",
      title,
      publisher: { category: "vendor", name: author, namespace },
      tracking: {
        id,
        status: "final",
        version: "1",
        initial_release_date: at,
        current_release_date: at,
        revision_history: [{ date: at, number: "1", summary: "First issue." }],
      },
    },
    product_tree: ids.tree(author),
    vulnerabilities,
  };
}

/** The number that hospitals' tools look for, whatever name the statement puts first. */
const cveOf = (names: readonly string[]): string | undefined => names.find((name) => /^CVE-\d{4}-\d{4,}$/.test(name));

/**
 * One entry, in which each product stands once (CSAF 2.0, 6.1.6, 6.1.33). Where two advisories of one CVE were judged differently, the
 * more careful statement is made.
 */
function vulnerability(name: string, group: readonly VexStatement[], ids: ProductIds): object {
  const stands = new Map<string, VexStatement>();
  for (const one of group)
    for (const id of ids.of(one)) {
      const other = stands.get(id);
      if (other === undefined || CAREFUL.indexOf(one.status) > CAREFUL.indexOf(other.status)) stands.set(id, one);
    }
  const status: Record<string, string[]> = {};
  const flags: object[] = [];
  const threats: object[] = [];
  const remediations: object[] = [];
  for (const [one, all] of Map.groupBy(stands, ([, statement]) => statement)) {
    const product_ids = all.map(([id]) => id);
    status[STATUS[one.status]] = [...(status[STATUS[one.status]] ?? []), ...product_ids];
    if (one.justification !== null) flags.push({ label: one.justification, product_ids });
    const impact = one.impact ?? one.note;
    if (impact !== null) threats.push({ category: "impact", details: impact, product_ids });
    if (one.action !== null) remediations.push({ category: "mitigation", details: one.action, product_ids });
  }
  const isCve = cveOf([name]) !== undefined;
  const others = distinct(group.flatMap(({ vulnerabilities }) => vulnerabilities))
    .filter((alias) => alias !== name || !isCve)
    .map((text) => ({ system_name: text.split("-")[0] || "id", text }));
  return {
    ...(isCve ? { cve: name } : {}),
    ...(others.length > 0 ? { ids: others } : {}),
    notes: [{ category: "summary", title: "About this entry", text: `${name} in the components named here.` }],
    product_status: status,
    ...(flags.length > 0 ? { flags } : {}),
    ...(threats.length > 0 ? { threats } : {}),
    ...(remediations.length > 0 ? { remediations } : {}),
  };
}

/** Product ids given out as statements ask for them, and the tree that says what they are. */
class ProductIds {
  readonly #products = new Map<string, { id: string; part: VexPart }>();
  readonly #components = new Map<string, { id: string; part: VexPart }>();
  readonly #relations = new Map<string, { id: string; component: VexPart; product: VexPart }>();

  of({ products, subcomponents }: VexStatement): string[] {
    return products.flatMap((product) => {
      const whole = given(this.#products, product, "product");
      return subcomponents.length === 0
        ? [whole]
        : subcomponents.map((part) => {
            const id = `${whole}:${given(this.#components, part, "component")}`;
            this.#relations.set(id, { id, component: part, product });
            return id;
          });
    });
  }

  tree(vendor: string): object {
    const branches = [...this.#products.values()].map(branch);
    const relationships = [...this.#relations.values()].map(({ id, component, product }) => ({
      category: "default_component_of",
      product_reference: given(this.#components, component, "component"),
      relates_to_product_reference: given(this.#products, product, "product"),
      full_product_name: { product_id: id, name: `${label(component)} in ${label(product)}` },
    }));
    return {
      branches: [{ category: "vendor", name: vendor, branches }, ...[...this.#components.values()].map(branch)],
      ...(relationships.length > 0 ? { relationships } : {}),
    };
  }
}

function given(known: Map<string, { id: string; part: VexPart }>, part: VexPart, kind: string): string {
  const key = JSON.stringify(part);
  const entry = known.get(key) ?? { id: `${kind}-${known.size + 1}`, part };
  known.set(key, entry);
  return entry.id;
}

const label = ({ name, version, purls, ref }: VexPart): string =>
  `${name ?? purls[0] ?? ref ?? "unnamed"}${version === null ? "" : ` ${version}`}`;

function branch({ id, part }: { id: string; part: VexPart }): object {
  const { purls, cpes, version, range, name } = part;
  const cpe = cpes.find((one) => CPE.test(one));
  const purl = purls.map(soundPurl).find((one) => one !== null);
  const helper = { ...(cpe === undefined ? {} : { cpe }), ...(purl === undefined ? {} : { purl }) };
  return {
    category: "product_name",
    name: name ?? label(part),
    branches: [
      {
        category: version === null || readsLikeRange(version) ? "product_version_range" : "product_version",
        name: version ?? range ?? ANY_VERSION,
        product: {
          product_id: id,
          name: label(part),
          ...(Object.keys(helper).length > 0 ? { product_identification_helper: helper } : {}),
        },
      },
    ],
  };
}

/** CPE names as CSAF 2.0 takes them (3.1.3.3.1), of both versions. */
const AV = /(?:\?*|\*?)(?:[\w.-]|\\[\\*?!"#$%&'()+,/:;<=>@[\]^`{|}~])+(?:\?*|\*?)/.source;
const CPE = new RegExp(
  `^(?:cpe:2\\.3:[aho*-](?::(?:${AV}|[*-])){5}:(?:[A-Za-z]{2,3}(?:-(?:[A-Za-z]{2}|\\d{3}))?|[*-])(?::(?:${AV}|[*-])){4}|cpe:/[aho]?(?::[\\w.~%-]*){0,6})$`,
);

/** A package URL as the standard writes it; null for what none can be read from: CSAF refuses the whole document for it. */
function soundPurl(stated: string): string | null {
  try {
    const purl = formatPurl(parsePurl(stated));
    return /^[\x21-\x7e]+$/.test(purl) ? purl : null;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** What may not stand where one version is meant (CSAF 2.0, 6.1.31): requirement files name versions like `>=1.2`. */
const readsLikeRange = (version: string): boolean =>
  /[<>]/.test(version) || /(?:^|\s)(?:after|all|before|earlier|later|prior|versions)(?:\s|$)/i.test(version);
