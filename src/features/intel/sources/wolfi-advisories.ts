import type { Source } from "../source.ts";
import { GITHUB_KEY, githubBases, githubRepository } from "../source-parts/github-repository.ts";

const FILES = /^[^/]+\.advisories\.yaml$/;

export default {
  name: "wolfi-advisories",
  title: "Wolfi advisories with their history",
  gives: "For each Wolfi package, what was found, judged a false positive or fixed, and when",
  publisher: "Chainguard",
  terms: "Apache-2.0",
  home: "https://github.com/wolfi-dev/advisories",
  everyHours: 24,
  firstBytes: 3_000_000,
  bases: githubBases,
  keyHelps: GITHUB_KEY,
  formats: ["wolfi"],
  files: FILES,
  read: githubRepository({ repository: "wolfi-dev/advisories", branch: "main", files: FILES }),
} satisfies Source;
