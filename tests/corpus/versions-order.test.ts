import { describe, expect, test } from "vitest";
import type { Scheme } from "../../src/features/intel/schema.ts";
import { compareVersions } from "../../src/features/intel/versions/order.ts";
import { hasConformance, readConformance } from "./conformance.ts";

const SCHEME_OF_FILE: Record<string, Scheme> = {
  "alpine-versions.txt": "apk",
  "cran-versions.txt": "numbers",
  "debian-versions.txt": "deb",
  "hackage-versions.txt": "numbers",
  "maven-versions.txt": "maven",
  "nuget-versions.txt": "nuget",
  "packagist-versions.txt": "packagist",
  "pub-versions.txt": "pub",
  "pypi-versions.txt": "pypi",
  "redhat-versions.txt": "rpm",
  "rubygems-versions.txt": "rubygems",
  "semver-versions.txt": "semver",
};

const SIGNS: Record<string, number> = { "<": -1, "=": 0, ">": 1 };

describe.skipIf(!hasConformance("version-order-curated"))("version order, curated lists of 12 ecosystems", async () => {
  const files = await readConformance("version-order-curated");
  test.each(Object.entries(SCHEME_OF_FILE))("%s holds under %s", (file, scheme) => {
    const missed: string[] = [];
    let cases = 0;
    for (const line of (files.get(file) ?? "").split("\n")) {
      const [a, sign, b, ...more] = line.trim().split(/ +/);
      if (a === undefined || b === undefined || more.length > 0 || /^(#|\/\/)/.test(a)) continue;
      cases++;
      const got = compareVersions(scheme, a, b);
      const back = compareVersions(scheme, b, a);
      if (got !== SIGNS[sign ?? ""] || back !== 0 - got) missed.push(`${line} (got ${got}, ${back})`);
    }
    console.log(`${file}: passed ${cases - missed.length} of ${cases}${missed.map((m) => `\n  ${m}`).join("")}`);
    expect({ cases: cases > 0, missed }).toEqual({ cases: true, missed: [] });
  });
});
