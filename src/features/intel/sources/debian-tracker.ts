import type { Source } from "../source.ts";
import { fixedDocuments } from "../source-parts/fixed-documents.ts";

export default {
  name: "debian-tracker",
  title: "Debian security tracker",
  gives: "For every Debian package and release: affected, fixed in which version, or not affected",
  publisher: "Debian",
  terms: "Not stated",
  home: "https://security-tracker.debian.org",
  everyHours: 12,
  firstBytes: 70_000_000,
  bases: { json: "https://security-tracker.debian.org/tracker/data/json" },
  formats: ["debian-tracker"],
  read: fixedDocuments([{ name: "debian-tracker.json", base: "json", more: { maxBytes: 500_000_000 } }]),
} satisfies Source;
