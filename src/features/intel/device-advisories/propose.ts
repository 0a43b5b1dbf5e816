import type { AdvisoryHead, IntelLookup } from "../match/lookup.ts";
import type { Affected } from "../schema.ts";
import { readProductName } from "./product-name.ts";
import type { DeviceProduct, DeviceProposal } from "./schema.ts";
import { type Similarity, similarity } from "./similarity.ts";
import { isWordedSource, sameVendor, vendorsIn, vendorWords } from "./vendors.ts";
import { judgeVersion, type VersionWord } from "./version-words.ts";

/** An affected item that names a product in words only. */
export interface WordedItem {
  record: number;
  head: AdvisoryHead;
  item: Affected;
  product: { vendor: string; name: string };
}

/** Items of CSAF advisories that carry neither package URL nor CPE name, by maker. `records`: numbers of those to look at. */
export function wordedItems(lookup: IntelLookup, records: Iterable<number>): ReadonlyMap<string, WordedItem[]> {
  const items = new Map<string, WordedItem[]>();
  const makers = new Map<string, string[]>();
  const makersOf = (vendor: string) => {
    const known = makers.get(vendor) ?? vendorsIn(vendor);
    makers.set(vendor, known);
    return known;
  };
  for (const record of records) {
    const { source, withdrawn } = lookup.state(record);
    if (!isWordedSource(source) || withdrawn) continue;
    const head = lookup.head(record);
    for (const item of head.affected)
      if (item.product !== null)
        for (const maker of makersOf(item.product.vendor)) {
          const known = items.get(maker);
          if (known === undefined) items.set(maker, [{ record, head, item, product: item.product }]);
          else known.push({ record, head, item, product: item.product });
        }
  }
  return items;
}

/**
 * Advisories that may be about these devices, each with its evidence, strongest first: affected before not decided before not
 * affected. Pure. An advisory without a product identifier is a proposal, never a finding: a person confirms it.
 */
export function proposeDeviceMatches(
  items: ReadonlyMap<string, readonly WordedItem[]>,
  products: readonly DeviceProduct[],
): DeviceProposal[] {
  return products.flatMap((product, number) =>
    meetingsOf(items, product)
      .map((meeting) => proposalOf(number, meeting))
      .sort(strongestFirst),
  );
}

/** One product as one advisory writes it, with the advisory's records about it. */
export interface Meeting {
  product: { vendor: string; name: string };
  records: readonly Met[];
}

/** The meetings of one device with the advisories. Pure. */
export function meetingsOf(items: ReadonlyMap<string, readonly WordedItem[]>, product: DeviceProduct): Meeting[] {
  const makers = vendorsIn(product.vendor);
  const words = vendorWords(makers);
  const likeness = likenessTo(product, words);
  const met = new Set(makers.flatMap((maker) => items.get(maker) ?? []));
  const found = new Map<string, Met[]>();
  for (const worded of met) {
    const meeting = meets(worded, product, words, likeness);
    if (meeting === null) continue;
    const key = JSON.stringify([worded.head.id.split("/")[0], worded.product.vendor, worded.product.name]);
    found.set(key, [...(found.get(key) ?? []), meeting]);
  }
  return [...found.values()].flatMap((records) =>
    records[0] === undefined ? [] : [{ product: records[0].product, records }],
  );
}

export interface Met extends WordedItem {
  vendor: string;
  alike: Similarity;
  version: VersionWord;
}

/** One product against one name in an advisory; the same name stands in many records of one document. */
function likenessTo(product: DeviceProduct, words: ReadonlySet<string>): (said: string) => Similarity | null {
  const { name, model } = product;
  const asked = model === null || name.includes(model) ? name : `${name} ${model}`;
  const known = new Map<string, Similarity | null>();
  return (said) => {
    const before = known.get(said);
    if (before !== undefined) return before;
    const alike = similarity(asked, said, words) ?? (asked === name ? null : similarity(name, said, words));
    known.set(said, alike);
    return alike;
  };
}

function meets(
  worded: WordedItem,
  product: DeviceProduct,
  words: ReadonlySet<string>,
  likeness: (said: string) => Similarity | null,
): Met | null {
  const alike = likeness(worded.product.name) ?? listedName(worded.item, likeness);
  const vendor = alike === null ? null : sameVendor(product.vendor, worded.product.vendor);
  if (alike === null || vendor === null) return null;
  const version = judgeVersion(worded.item, readProductName(worded.product.name, words), product);
  return { ...worded, vendor: vendor.evidence, alike, version };
}

/** Some advisories list the products where versions belong: "Point of Care handheld medical devices", version "CoaguChek XS Pro". */
function listedName({ undecidable }: Affected, likeness: (said: string) => Similarity | null): Similarity | null {
  for (const text of undecidable.filter((one) => /[a-z]{4}/i.test(one))) {
    const alike = likeness(text);
    if (alike?.grade === "strong") return alike;
  }
  return null;
}

/** What a meeting proposes to a person. `number`: the product's place among those asked about. */
export function proposalOf(number: number, { records: all }: Meeting): DeviceProposal {
  const [best] = [...all].sort((a, b) => SAYS.indexOf(a.version.says) - SAYS.indexOf(b.version.says));
  if (best === undefined) throw new Error("a proposal without a record");
  const { head, product, vendor, alike, version } = best;
  const versions = [
    ...new Set(all.filter((one) => one.version.says === version.says).map((one) => one.version.evidence)),
  ];
  return {
    product: number,
    advisory: head.id.split("/")[0] ?? head.id,
    title: head.title,
    cves: [...new Set(all.flatMap((one) => one.head.aliases))].sort(),
    source: head.source,
    publishedAt: head.publishedAt,
    vendor: product.vendor,
    name: product.name,
    grade: alike.grade,
    says: version.says,
    evidence: [vendor, alike.evidence, ...versions],
    fixedIn: [...new Set(all.flatMap(({ item }) => item.intervals.flatMap(({ fixed }) => fixed ?? [])))],
  };
}

const SAYS: readonly DeviceProposal["says"][] = ["affected", "not-decided", "not-affected"];

const strongestFirst = (a: DeviceProposal, b: DeviceProposal): number =>
  SAYS.indexOf(a.says) - SAYS.indexOf(b.says) ||
  Number(b.grade === "strong") - Number(a.grade === "strong") ||
  (b.publishedAt ?? "").localeCompare(a.publishedAt ?? "") ||
  (a.advisory < b.advisory ? -1 : 1);
