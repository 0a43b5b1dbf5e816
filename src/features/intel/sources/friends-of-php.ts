import type { Source } from "../source.ts";
import { GITHUB_KEY, githubBases, githubRepository } from "../source-parts/github-repository.ts";

const FILES = /^[^.][^/]*\/.*\.yaml$/;

export default {
  name: "friends-of-php",
  title: "PHP security advisories",
  gives: "Advisories on Composer packages",
  publisher: "FriendsOfPHP",
  terms: "Unlicense",
  home: "https://github.com/FriendsOfPHP/security-advisories",
  everyHours: 12,
  firstBytes: 1_000_000,
  bases: githubBases,
  keyHelps: GITHUB_KEY,
  formats: ["friends-of-php"],
  files: FILES,
  read: githubRepository({
    repository: "FriendsOfPHP/security-advisories",
    branch: "master",
    files: FILES,
  }),
} satisfies Source;
