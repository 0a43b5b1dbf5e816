import type { Source } from "../source.ts";
import { GITHUB_KEY, githubBases, githubRepository } from "../source-parts/github-repository.ts";

const FILES = /^advisories\/github-reviewed\/.*\.json$/;

export default {
  name: "github-advisories",
  title: "GitHub advisory database",
  gives: "Reviewed advisories on npm, Maven, PyPI, NuGet, Go, RubyGems, crates, Composer, Actions and more",
  publisher: "GitHub",
  terms: "CC-BY-4.0",
  home: "https://github.com/github/advisory-database",
  everyHours: 6,
  firstBytes: 250_000_000,
  bases: githubBases,
  keyHelps: GITHUB_KEY,
  formats: ["osv"],
  files: FILES,
  read: githubRepository({
    repository: "github/advisory-database",
    branch: "main",
    files: FILES,
    maxBytes: 2_000_000_000,
  }),
} satisfies Source;
