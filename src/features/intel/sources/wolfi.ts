import type { Source } from "../source.ts";
import { fixedDocuments } from "../source-parts/fixed-documents.ts";

export default {
  name: "wolfi",
  title: "Wolfi",
  gives: "In which version each Wolfi package is fixed",
  publisher: "Chainguard",
  terms: "Apache-2.0",
  home: "https://github.com/wolfi-dev",
  everyHours: 12,
  firstBytes: 3_000_000,
  bases: { security: "https://packages.wolfi.dev/os/security.json" },
  formats: ["alpine-secdb"],
  read: fixedDocuments([{ name: "security.json", base: "security" }]),
} satisfies Source;
