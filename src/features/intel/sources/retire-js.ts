import type { Source } from "../source.ts";
import { fixedDocuments } from "../source-parts/fixed-documents.ts";

export default {
  name: "retire-js",
  title: "Retire.js",
  gives: "Advisories on JavaScript libraries inside web pages, such as a device's own interface",
  publisher: "Retire.js",
  terms: "Apache-2.0",
  home: "https://retirejs.github.io",
  everyHours: 24,
  firstBytes: 800_000,
  bases: { repository: "https://raw.githubusercontent.com/RetireJS/retire.js/master/repository" },
  formats: ["retire-js"],
  read: fixedDocuments([
    { name: "jsrepository-v4.json", base: "repository", path: "jsrepository-v4.json" },
    { name: "npmrepository.json", base: "repository", path: "npmrepository.json" },
  ]),
} satisfies Source;
