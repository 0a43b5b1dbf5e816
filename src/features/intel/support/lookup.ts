import { type Purl, parsePurl } from "../../../lib/purl.ts";
import { keyOfPurl } from "../rank-index/bridge.ts";
import { cpeKey, nameKey, purlKey, vendorAndProduct } from "../rank-index/key.ts";
import type { SupportRecord } from "../schema.ts";

/** What is asked of support records. Keys are those of `rank-index/key.ts`. */
export interface SupportLookup {
  readonly size: number;
  /** Records under a package's, a CPE product's or a bare name's key. */
  find(key: string): readonly SupportRecord[];
  /** What Debian says of a source package; `release` as in `11`, null: not known. */
  debian(name: string, release: string | null): readonly SupportRecord[];
  /** The record of a source by its name there. */
  named(source: string, record: string): SupportRecord | null;
}

/** Packages of a distribution are supported by it, whatever their upstream says: such names lead to no upstream record. */
const OF_DISTRIBUTIONS = new Set(["deb", "rpm", "apk", "alpine", "alpm", "ebuild"]);

export const isOfDistribution = ({ type }: Purl): boolean => OF_DISTRIBUTIONS.has(type);

/** The key of a package URL for support; null for packages of distributions. Container images have one too. */
export function supportKeyOf(purl: Purl): string | null {
  if (isOfDistribution(purl)) return null;
  return keyOfPurl(purl) ?? purlKey(purl.type, purl.namespace === null ? purl.name : `${purl.namespace}/${purl.name}`);
}

export function supportLookup(records: readonly SupportRecord[]): SupportLookup {
  const byKey = new Map<string, SupportRecord[]>();
  const byName = new Map(records.map((record) => [`${record.source}\n${record.record}`, record]));
  const debian: { record: SupportRecord; named: NonNullable<SupportRecord["debian"]> }[] = [];
  for (const record of records) {
    if (record.debian !== null) debian.push({ record, named: record.debian });
    for (const key of keysOf(record)) byKey.set(key, [...(byKey.get(key) ?? []), record]);
  }
  return {
    size: records.length,
    find: (key) => byKey.get(key) ?? [],
    named: (source, record) => byName.get(`${source}\n${record}`) ?? null,
    debian: (name, release) =>
      debian
        .filter(({ named }) => named.release === null || named.release === release)
        .filter(({ named }) => (named.isPrefix ? name.startsWith(named.name) : name === named.name))
        .map(({ record }) => record),
  };
}

function keysOf({ purls, cpes, names }: SupportRecord): Set<string> {
  const keys = purls.map((text) => supportKeyOf(parsePurl(text))).filter((key) => key !== null);
  return new Set([...keys, ...cpes.map((pair) => cpeKey(...vendorAndProduct(pair))), ...names.map(nameKey)]);
}
