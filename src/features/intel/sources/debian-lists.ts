import type { Source } from "../source.ts";
import { fixedDocuments } from "../source-parts/fixed-documents.ts";

export default {
  name: "debian-lists",
  title: "Debian advisories (DSA, DLA)",
  gives: "Debian's published advisories with the fixed version per release",
  publisher: "Debian",
  terms: "Not stated",
  home: "https://www.debian.org/security/",
  everyHours: 12,
  firstBytes: 4_000_000,
  bases: { lists: "https://salsa.debian.org/security-tracker-team/security-tracker/-/raw/master/data" },
  formats: ["debian-advisories"],
  read: fixedDocuments([
    { name: "DSA/list", base: "lists", path: "DSA/list" },
    { name: "DLA/list", base: "lists", path: "DLA/list" },
  ]),
} satisfies Source;
