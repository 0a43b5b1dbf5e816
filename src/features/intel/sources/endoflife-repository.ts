import type { Source } from "../source.ts";
import { GITHUB_KEY, githubBases, githubRepository } from "../source-parts/github-repository.ts";

const FILES = /^products\/.*\.md$/;

export default {
  name: "endoflife-repository",
  title: "Ends of support (repository)",
  gives: "The same as endoflife.date, from its repository, with more identifiers",
  publisher: "endoflife.date",
  terms: "MIT",
  home: "https://github.com/endoflife-date/endoflife.date",
  everyHours: 24,
  firstBytes: 6_000_000,
  bases: githubBases,
  keyHelps: GITHUB_KEY,
  formats: ["endoflife"],
  files: FILES,
  read: githubRepository({
    repository: "endoflife-date/endoflife.date",
    branch: "master",
    files: FILES,
  }),
} satisfies Source;
