import { describe, expect, test } from "vitest";
import type { Scheme } from "../schema.ts";
import { compareVersions, isOrdered } from "./order.ts";

type Case = [Scheme, string, "<" | "=" | ">", string, string];

/** What real feeds and SBOMs hold, each with the mistake a plain comparison would make. */
const TRAPS: Case[] = [
  ["deb", "9:1.0-1", ">", "2.0-1", "an epoch outweighs everything"],
  ["deb", "1.0~rc1-1", "<", "1.0-1", "a tilde comes before the end"],
  ["deb", "1.1.1n-0+deb11u1", "<", "1.1.1n-0+deb11u5", "Debian's security uploads count up"],
  ["deb", "1.1.1n-0+deb10u3", "<", "1.1.1n-0+deb11u1", "an older release's upload is older"],
  ["deb", "7.74.0-1.3+b1", ">", "7.74.0-1.3", "a rebuild is newer"],
  ["deb", "1.2.3", "=", "0:1.2.3-0", "no epoch is zero, no revision is zero"],
  ["rpm", "1:1.0-1.el8", ">", "2.0-1.el8", "an epoch outweighs everything"],
  ["rpm", "1.0~rc1-1", "<", "1.0-1", "a tilde comes before the end"],
  ["rpm", "1.0^git1-1", ">", "1.0-1", "a caret comes after the end"],
  ["rpm", "1.0^git1-1", "<", "1.0.1-1", "and before the next number"],
  ["rpm", "1.10-1", ">", "1.9-1", "numbers are not text"],
  ["apk", "1.1.1g-r0", "<", "1.1.1g-r4", "Alpine's revision counts"],
  ["apk", "1.2_rc1", "<", "1.2", "a pre-release suffix comes before"],
  ["apk", "1.2_p1", ">", "1.2", "a patch suffix comes after"],
  ["go", "v0.0.0-20210101000000-abcdefabcdef", "<", "v0.0.0-20210202000000-000000000000", "pseudo-versions go by time"],
  ["go", "v1.2.4-0.20210101000000-abcdefabcdef", ">", "v1.2.3", "a pseudo-version stands behind the tag before it"],
  ["go", "v1.2.4-0.20210101000000-abcdefabcdef", "<", "v1.2.4", "and before the next one"],
  ["go", "v2.0.0+incompatible", "=", "2.0.0", "+incompatible and the v say nothing"],
  ["go", "go1.20.3", "<", "go1.20.10", "toolchain versions carry a word in front"],
  ["go", "1.21rc2", "<", "1.21.0", "and write candidates without a hyphen"],
  ["npm", "1.0.0-beta.11", ">", "1.0.0-beta.2", "numeric identifiers are numbers"],
  ["npm", "1.2", "=", "1.2.0", "advisories leave zeros out"],
  ["semver", "1.2.3.4", ">", "1.2.3", "four numbers are still a version"],
  ["pypi", "1.0.post1", ">", "1.0", "post-releases come after"],
  ["pypi", "1.0.dev1", "<", "1.0a1", "dev-releases come before alphas"],
  ["pypi", "1!1.0", ">", "2024.1", "an epoch outweighs everything"],
  ["pypi", "1.0RC1", "=", "1.0rc1", "spelling does not count"],
  ["pypi", "2004d", "<", "2005", "what is older than PEP 440 has a place too"],
  ["maven", "1.0-alpha-1", "<", "1.0", "alpha comes before"],
  ["maven", "1.0.Final", "=", "1.0", "Final is the release"],
  ["maven", "1.0-SNAPSHOT", "<", "1.0", "a snapshot comes before"],
  ["maven", "2.9.10.8", ">", "2.9.10", "a fourth number counts"],
  ["maven", "1.0-jre", ">", "1.0", "other words come after"],
  ["nuget", "1.0", "=", "1.0.0.0", "up to four numbers, missing ones zero"],
  ["nuget", "1.0.0-BETA", "=", "1.0.0-beta", "case does not count"],
  ["rubygems", "1.0.0.rc1", "<", "1.0.0", "a letter makes a pre-release"],
  ["rubygems", "4.2.11.1", ">", "4.2.11", "a fourth number counts"],
  ["cargo", "0.9.0-alpha.2+build", "=", "0.9.0-alpha.2", "build metadata does not count"],
  ["packagist", "v1.0.0", "=", "1.0.0", "the v says nothing"],
  ["packagist", "1.0-RC1", "<", "1.0", "a candidate comes before"],
  ["packagist", "1.0.0-p1", ">", "1.0.0", "a patch comes after"],
  ["linux", "5.10.101", "<", "5.10.110", "stable releases count up"],
  ["linux", "6.1-rc3", "<", "6.1", "a candidate comes before"],
  ["linux", "5.15.32-rt39", ">", "5.15.32", "a patched tree stands behind its base"],
  ["linux", "5.10.999", "<", "5.10.*", "a bound closes its whole stream"],
  ["linux", "5.11", ">", "5.10.*", "and nothing more"],
  ["openssl", "1.0.2k", "<", "1.0.2l", "letters count up"],
  ["openssl", "1.0.2", "<", "1.0.2a", "no letter comes first"],
  ["openssl", "1.0.2z", "<", "1.0.2za", "behind z comes za"],
  ["openssl", "1.0.2k-fips", "=", "1.0.2k", "a FIPS build is the same code"],
  ["openssl", "1.1.1-pre8", "<", "1.1.1", "pre-releases come before"],
  ["openssl", "3.0.0-alpha1", "<", "3.0.0", "also in the new numbering"],
  ["openssl", "3.0.2", ">", "1.1.1za", "the new numbering is newer"],
  ["generic", "1.0", "=", "1.0.0", "makers leave zeros out"],
  ["generic", "8.9p1", ">", "8.9", "a letter behind a release is later"],
  ["generic", "2.34-109-gabcdef0", ">", "2.34", "commits behind a tag"],
  ["generic", "2.34-109-gabcdef0", "<", "2.35", "and before the next"],
  ["generic", "1.0-rc.2", "<", "1.0", "a candidate comes before"],
  ["generic", "v2.1", "=", "2.1", "the v says nothing"],
  ["generic", "10.0", ">", "9.5", "numbers are not text"],
];

test.each(TRAPS)("%s: %s %s %s, since %s", (scheme, a, sign, b) => {
  const wanted = sign === "<" ? -1 : sign === ">" ? 1 : 0;
  expect(compareVersions(scheme, a, b)).toBe(wanted);
});

describe("a version that has no place in an order is said to have none", () => {
  test.each<[Scheme, string, boolean]>([
    ["generic", "5b95a5d4e2d6c4d3b0b0f0a1e2c3d4f5a6b7c8d9", false],
    ["generic", "1234567890123456789012345678901234567890", false],
    ["generic", "2.34-109-gabcdef0", true],
    ["generic", "3320300", true],
    ["generic", "2024b", true],
    ["generic", "R2021a", true],
    ["generic", "*", false],
    ["generic", "", false],
    ["generic", "unknown", false],
    ["semver", "8f3e1a2", false],
    ["semver", "1.2.3", true],
    ["semver", "v1", true],
    ["semver", "master", false],
    ["npm", "^1.0.0", false],
    ["npm", "file:../x", false],
    ["go", "(devel)", false],
    ["go", "v0.0.0-20210101000000-abcdefabcdef", true],
    ["pypi", "1.0-custom", false],
    ["pypi", "1.0.post1+local.1", true],
    ["maven", "@project.version@", false],
    ["deb", "1:2.4.47-2+b1", true],
    ["deb", "bookworm", false],
    ["apk", "1.2.3-r4", true],
    ["apk", "1.2.3-beta", false],
    ["none", "1.0", false],
  ])("%s %s: %s", (scheme, version, ordered) => {
    expect(isOrdered(scheme, version)).toBe(ordered);
  });
});
