import type { Check } from "../schema.ts";

/** What each mandatory test of CSAF 2.0 (section 6.1) finds, in our own words. The others speak in the library's. */
const MANDATORY: Readonly<Record<string, string>> = {
  "6.1.1": "Something is said of a product that the document does not name",
  "6.1.2": "Two products have the same id",
  "6.1.3": "A product is defined by itself",
  "6.1.4": "Something is said of a group of products that does not exist",
  "6.1.5": "Two groups of products have the same id",
  "6.1.6": "One release has two statuses that contradict each other",
  "6.1.7": "A release has two scores of the same version",
  "6.1.8": "The CVSS score is not written as its version demands",
  "6.1.9": "The CVSS score is not the one its vector gives",
  "6.1.10": "The CVSS values are not those of the vector",
  "6.1.11": "CWE knows no such weakness under this number and name",
  "6.1.12": "The language is not known",
  "6.1.13": "A product's package URL cannot be read",
  "6.1.14": "The revision history is not in order",
  "6.1.15": "A translation does not say what it translates",
  "6.1.16": "The version is not the last one of the revision history",
  "6.1.17": "The version is one of a draft, and the status is not",
  "6.1.18": "A released document lists a draft in its history",
  "6.1.19": "The history lists a pre-release",
  "6.1.20": "The version of a released document names a pre-release",
  "6.1.21": "The revision history leaves a version out",
  "6.1.22": "The revision history has one version twice",
  "6.1.23": "One CVE stands in the document twice",
  "6.1.24": "Two involvements of one party on one day",
  "6.1.25": "One file has two hashes of the same kind",
  "6.1.26": "The category is one the standard keeps for its profiles",
  "6.1.27.1": "The document says nothing in its notes",
  "6.1.27.2": "The document has no reference",
  "6.1.27.3": "A document of this kind names no vulnerability",
  "6.1.27.4": "The document names no product",
  "6.1.27.5": "A vulnerability says nothing in its notes",
  "6.1.27.6": "A vulnerability says of no product how it stands",
  "6.1.27.7": "A VEX document must say: affected, not affected, fixed or under investigation",
  "6.1.27.8": "A vulnerability has neither a CVE number nor another id",
  "6.1.27.9": "A release is not affected, and nothing says why",
  "6.1.27.10": "A release is affected, and nothing says what to do",
  "6.1.27.11": "The document names no vulnerability",
  "6.1.28": "The document is a translation into its own language",
  "6.1.29": "A remediation does not say for which releases it is",
  "6.1.30": "Two ways of numbering versions are mixed",
  "6.1.31": "A release's version reads like a range (“before”, “all”, “<”)",
  "6.1.32": "A flag does not say for which releases it is",
  "6.1.33": "One release has two reasons for not being affected",
};

/** Parts of the document as the page calls them. */
const PLACES: readonly [RegExp, string][] = [
  [/^\/document\/title/, "Title"],
  [/^\/document\/notes/, "Summary and patients"],
  [/^\/document\/publisher/, "Publisher"],
  [/^\/document\/distribution/, "Distribution"],
  [/^\/document\/references/, "References"],
  [/^\/document\/acknowledgments/, "Acknowledgments"],
  [/^\/document\/tracking/, "Number and revisions"],
  [/^\/document/, "The document"],
  [/^\/product_tree/, "Releases"],
];
const PARTS: Readonly<Record<string, string>> = {
  product_status: "status of the releases",
  scores: "CVSS",
  cwe: "CWE",
  flags: "reason for not affected",
  threats: "impact",
  remediations: "what to do",
  references: "references",
  notes: "description",
  title: "title",
  ids: "other names",
  cve: "CVE",
};

export interface Said {
  test: string;
  level: Check["level"];
  pointer: string;
  message: string;
}

/** A result of the validator as a person can act on it. `names`: the vulnerabilities in the order of the document. */
export function inPlainWords({ test, level, pointer, message }: Said, names: readonly string[]): Check {
  const number = /_(\d+(?:_\d+)+)$/.exec(test)?.[1]?.replaceAll("_", ".") ?? null;
  const plain = number === null ? undefined : MANDATORY[number];
  return {
    level,
    where: placeOf(pointer, names),
    reason: plain ?? sentence(message),
    fix: plain === undefined || message === "" ? "" : sentence(message),
    pointer,
    test: number ?? "schema",
  };
}

function placeOf(pointer: string, names: readonly string[]): string {
  const [, index, part] = /^\/vulnerabilities\/(\d+)(?:\/([a-z_]+))?/.exec(pointer) ?? [];
  if (index !== undefined) {
    const name = names[Number(index)] ?? `Vulnerability ${Number(index) + 1}`;
    return part === undefined ? name : `${name}, ${PARTS[part] ?? part}`;
  }
  return PLACES.find(([pattern]) => pattern.test(pointer))?.[1] ?? "The document";
}

const sentence = (text: string): string => {
  const trimmed = text.trim();
  return trimmed === "" ? "It breaks a rule of the standard" : `${trimmed[0]?.toUpperCase()}${trimmed.slice(1)}`;
};
