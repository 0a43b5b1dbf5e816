import type { Source } from "../source.ts";
import { GITHUB_KEY, githubBases, githubRepository } from "../source-parts/github-repository.ts";

const FILES = /^vulns\/.*\.yaml$/;

export default {
  name: "pypa",
  title: "Python advisory database",
  gives: "Advisories on PyPI packages",
  publisher: "Python Packaging Authority",
  terms: "CC-BY-4.0",
  home: "https://github.com/pypa/advisory-database",
  everyHours: 6,
  firstBytes: 5_000_000,
  bases: githubBases,
  keyHelps: GITHUB_KEY,
  formats: ["osv"],
  files: FILES,
  read: githubRepository({ repository: "pypa/advisory-database", branch: "main", files: FILES }),
} satisfies Source;
