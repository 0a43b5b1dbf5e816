import { Fault } from "../../../lib/fault.ts";
import { parsePurl } from "../../../lib/purl.ts";
import { keyText } from "../identity/cpe-value.ts";
import { packageOfPurl } from "../identity/purl-package.ts";
import type { Affected, StatedSeverity } from "../schema.ts";
import { schemeOf } from "../versions/ecosystem.ts";
import { affected, interval } from "./affected.ts";
import { clipQuoted } from "./bounds.ts";
import { anyVersion, readCpe, schemeOfCpe } from "./cpe-name.ts";
import type { CsafProduct } from "./csaf-products.ts";
import type { CsafVulnerability } from "./csaf-shape.ts";
import { point, readRangeText } from "./range-text.ts";

type Products = ReadonlyMap<string, CsafProduct>;

/** What one vulnerability of a CSAF document affects: known, first and last affected, without the fixed and the not affected. */
export function affectedByCsaf(
  { product_status: status, remediations }: CsafVulnerability,
  products: Products,
  severities: ReadonlyMap<string, StatedSeverity[]>,
): Affected[] {
  const found = new Map<string, Affected>();
  const fixes = fixesByProduct(remediations);
  const at = (
    ids: readonly string[] | null | undefined,
    use: (item: Affected, version: string | null, id: string) => void,
  ) => {
    for (const id of ids ?? [])
      for (const [key, item, version] of identities(products.get(id))) {
        if (!found.has(key)) found.set(key, item);
        use(found.get(key) ?? item, version, id);
      }
  };
  at(status?.known_affected, (item, version, id) => {
    const [fix, ...others] = fixes.get(id) ?? [];
    addVersions(item, version, others.length === 0 ? (fix ?? null) : null);
    item.severities = distinct([...item.severities, ...(severities.get(id) ?? [])]);
  });
  at(status?.first_affected, (item, from) => from !== null && item.intervals.push(interval({ from })));
  at(status?.last_affected, (item, to) => to !== null && addLast(item, to));
  at(status?.under_investigation, (item, version) =>
    item.undecidable.push(clipQuoted(`under investigation: ${version ?? "every version"}`)),
  );
  const said = new Set([...found].filter(([, item]) => saysSomething(item)).map(([key]) => key));
  at([...(status?.fixed ?? []), ...(status?.first_fixed ?? [])], (item, version) => addGood(item, version, true));
  at(status?.known_not_affected, (item, version) => addGood(item, version, false));
  return [...found].filter(([key]) => said.has(key)).map(([, item]) => item);
}

/** What a product is known by: its packages, its CPE name, or else its vendor's and its own words. */
function identities(product: CsafProduct | undefined): [key: string, item: Affected, version: string | null][] {
  if (product === undefined) return [];
  const { platforms, version } = product;
  const all: [string, Affected, string | null][] = [];
  for (const purl of product.purls) {
    const named = packageNamed(purl);
    if (named === null) continue;
    const item = affected({ package: named.package }, { scheme: schemeOf(named.package.ecosystem), platforms });
    all.push([keyOf(item), item, version ?? named.version]);
  }
  const cpe = product.cpe === null ? null : readCpe(product.cpe);
  if (cpe !== null) {
    const item = affected({ cpe: anyVersion(cpe) }, { scheme: schemeOfCpe(cpe), platforms });
    const own = keyText(cpe.version);
    all.push([keyOf(item), item, version ?? (own === "*" || own === "-" ? null : own)]);
  }
  if (all.length > 0) return all;
  const words = { vendor: clipQuoted(product.vendor), name: clipQuoted(product.name) };
  const item = affected({ product: words }, { scheme: "generic", platforms });
  return [[keyOf(item), item, version]];
}

const keyOf = ({ package: name, cpe, product, platforms }: Affected) => JSON.stringify([name, cpe, product, platforms]);

function packageNamed(text: string) {
  try {
    const purl = parsePurl(text);
    const name = packageOfPurl(purl);
    return name === null ? null : { package: name, version: purl.version ?? null };
  } catch (fault) {
    if (fault instanceof Fault) return null;
    throw fault;
  }
}

function addVersions(item: Affected, version: string | null, fixed: string | null): void {
  if (version === null) {
    item.everyVersion = true;
    return;
  }
  const read = readRangeText(version, item.scheme);
  if (read === null) {
    item.undecidable.push(clipQuoted(version));
    return;
  }
  item.intervals.push(...read.intervals.map((one) => (one.fixed === null ? { ...one, fixed } : one)));
  item.exceptions.push(...read.exceptions);
  item.versions.push(...read.versions);
  item.everyVersion ||= read.everyVersion;
}

function addLast(item: Affected, to: string): void {
  const opened = item.intervals.find((one) => one.to === null && one.from !== null);
  if (opened === undefined) item.intervals.push(interval({ to, toInclusive: true }));
  else Object.assign(opened, { to, toInclusive: true });
}

function addGood(item: Affected, version: string | null, isFix: boolean): void {
  const read = version === null ? null : readRangeText(version, item.scheme);
  if (read === null) return;
  item.exceptions.push(...read.intervals, ...read.versions.map(point));
  const [first, ...others] = read.versions;
  if (!isFix || first === undefined || others.length > 0) return;
  for (const one of item.intervals) one.fixed ??= first;
}

const saysSomething = (item: Affected): boolean =>
  item.everyVersion || item.intervals.length + item.versions.length + item.undecidable.length > 0;

/** "Update to V5.9.0 or later": the only wording plain enough to take a version from. */
const FIX =
  /^(?:update|upgrade) (?:\S+ ){0,4}?to (?:version )?v?(\d+(?:\.\d+)+(?: (?:SP|HF|Update) ?\d+)*) or (?:later|newer|higher)\b/i;

function fixesByProduct(remediations: CsafVulnerability["remediations"]): Map<string, Set<string>> {
  const fixes = new Map<string, Set<string>>();
  for (const { category, details, product_ids: ids } of remediations ?? []) {
    const fix = category === "vendor_fix" ? FIX.exec(details ?? "")?.[1] : undefined;
    if (fix === undefined) continue;
    for (const id of ids ?? []) fixes.set(id, (fixes.get(id) ?? new Set()).add(fix));
  }
  return fixes;
}

/** Each vector once. */
export const distinct = (stated: StatedSeverity[]): StatedSeverity[] => [
  ...new Map(stated.map((one) => [`${one.kind} ${one.value}`, one])).values(),
];
