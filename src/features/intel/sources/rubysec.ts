import type { Source } from "../source.ts";
import { GITHUB_KEY, githubBases, githubRepository } from "../source-parts/github-repository.ts";

const FILES = /^(gems|rubies)\/.*\.yml$/;

export default {
  name: "rubysec",
  title: "Ruby advisory database",
  gives: "Advisories on Ruby gems and on Ruby itself",
  publisher: "rubysec",
  terms: "Public domain",
  home: "https://github.com/rubysec/ruby-advisory-db",
  everyHours: 12,
  firstBytes: 1_500_000,
  bases: githubBases,
  keyHelps: GITHUB_KEY,
  formats: ["rubysec"],
  files: FILES,
  read: githubRepository({
    repository: "rubysec/ruby-advisory-db",
    branch: "master",
    files: FILES,
  }),
} satisfies Source;
