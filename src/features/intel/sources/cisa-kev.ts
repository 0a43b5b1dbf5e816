import type { Source } from "../source.ts";
import { fixedDocuments } from "../source-parts/fixed-documents.ts";

export default {
  name: "cisa-kev",
  title: "CISA KEV",
  gives: "Which vulnerabilities are known to be exploited, since when, and by ransomware",
  publisher: "CISA",
  terms: "CC0-1.0",
  home: "https://www.cisa.gov/known-exploited-vulnerabilities-catalog",
  everyHours: 6,
  firstBytes: 1_500_000,
  bases: { catalog: "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json" },
  formats: ["kev"],
  read: fixedDocuments([{ name: "known_exploited_vulnerabilities.json", base: "catalog" }]),
} satisfies Source;
