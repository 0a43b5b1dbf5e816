import type { Source } from "../source.ts";
import { GITHUB_KEY, githubBases, githubRepository } from "../source-parts/github-repository.ts";

const FILES = /^(crates|rust)\/.*\.md$/;

export default {
  name: "rustsec",
  title: "RustSec",
  gives: "Advisories on Rust crates, and which crates nobody maintains",
  publisher: "RustSec",
  terms: "CC0-1.0",
  home: "https://github.com/RustSec/advisory-db",
  everyHours: 12,
  firstBytes: 1_000_000,
  bases: githubBases,
  keyHelps: GITHUB_KEY,
  formats: ["rustsec"],
  files: FILES,
  read: githubRepository({ repository: "RustSec/advisory-db", branch: "main", files: FILES }),
} satisfies Source;
