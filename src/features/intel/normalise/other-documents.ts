import { isObject } from "./values.ts";

type Data = Readonly<Record<string, unknown>>;

/** Documents that lie among feeds, or that people give by mistake, and what to say of them. */
const KNOWN: readonly [(data: Data) => boolean, string][] = [
  [(d) => "bomFormat" in d || "spdxVersion" in d, "An SBOM, no feed: give it to `cordon assess`"],
  [(d) => "@context" in d && "statements" in d, "An OpenVEX document: a statement about products, no feed"],
  [
    (d) => "cve" in d && "affected" in d && "package_urls" in d,
    "A Victims record: this database ended in 2020 and is not read",
  ],
  [
    (d) => "cve" in d && Array.isArray(d.affected) && d.affected.some(isMaven),
    "A Victims record: this database ended in 2020 and is not read",
  ],
  [(d) => "CVE_data_type" in d, "NVD JSON 1.1, which NVD retired in 2023: get the 2.0 files"],
  [(d) => isObject(d.feed) && "entry" in d.feed, "A ROLIE list of CSAF documents: give the documents it lists"],
  [
    (d) => typeof d.canonical_url === "string" && "distributions" in d,
    "A CSAF provider's description: give its documents",
  ],
  [(d) => "$schema" in d && ("properties" in d || "definitions" in d), "A JSON schema, no data"],
  [(d) => "jobs" in d && "on" in d, "A build pipeline's file, no feed"],
];

const isMaven = (item: unknown): boolean => isObject(item) && ("groupId" in item || "name" in item);

/** Why a well-known document is no feed; null when we do not know it either. */
export const whyOther = (value: unknown): string | null =>
  isObject(value) ? (KNOWN.find(([holds]) => holds(value))?.[1] ?? null) : null;
