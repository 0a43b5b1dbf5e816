import type { Source } from "../source.ts";
import { fixedDocuments } from "../source-parts/fixed-documents.ts";

export default {
  name: "endoflife",
  title: "Ends of support (endoflife.date)",
  gives: "Until when each version of some 450 products is supported",
  publisher: "endoflife.date",
  terms: "MIT",
  home: "https://endoflife.date",
  everyHours: 24,
  firstBytes: 4_000_000,
  bases: { api: "https://endoflife.date/api/v1" },
  formats: ["endoflife-api"],
  read: fixedDocuments([{ name: "products.json", base: "api", path: "products/full" }]),
} satisfies Source;
