import type { Source } from "../source.ts";
import { fixedDocuments } from "../source-parts/fixed-documents.ts";

export default {
  name: "epss",
  title: "EPSS",
  gives: "How likely a vulnerability is exploited within 30 days, renewed every day",
  publisher: "FIRST",
  terms: "Free with attribution",
  home: "https://www.first.org/epss/",
  everyHours: 24,
  firstBytes: 3_000_000,
  bases: { daily: "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz" },
  formats: ["epss"],
  read: fixedDocuments([{ name: "epss_scores-current.csv.gz", base: "daily" }]),
} satisfies Source;
