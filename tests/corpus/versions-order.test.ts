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

/** Cases no order can hold, with the reason. */
const CONTRADICTIONS = new Map([
  ["1.2.3.# = 1.2.3.1", "PHP calls both 1.2.3 and 1.2.3.1 equal to it, and 1.2.3 older than 1.2.3.1"],
]);

const SIGNS: Record<string, number> = { "<": -1, "=": 0, ">": 1 };

describe.skipIf(!hasConformance("version-order-curated"))("version order, curated lists of 12 ecosystems", async () => {
  const files = await readConformance("version-order-curated");
  test.each(Object.entries(SCHEME_OF_FILE))("%s holds under %s", (file, scheme) => {
    const missed: string[] = [];
    const named: string[] = [];
    let cases = 0;
    for (const line of (files.get(file) ?? "").split("\n")) {
      const [a, sign, b, ...more] = line.trim().split(/ +/);
      if (a === undefined || b === undefined || more.length > 0 || /^(#|\/\/)/.test(a)) continue;
      cases++;
      const got = compareVersions(scheme, a, b);
      const back = compareVersions(scheme, b, a);
      const reason = CONTRADICTIONS.get(line.trim());
      if (got === SIGNS[sign ?? ""] && back === 0 - got) continue;
      if (reason === undefined) missed.push(`${line} (got ${got}, ${back})`);
      else named.push(`${line}: ${reason}`);
    }
    const passed = cases - missed.length - named.length;
    console.log(`${file}: passed ${passed} of ${cases}${[...missed, ...named].map((m) => `\n  ${m}`).join("")}`);
    expect(missed).toEqual([]);
    expect(cases).toBeGreaterThan(10);
    expect(passed).toBe(cases - (file === "packagist-versions.txt" ? 1 : 0));
  });
});
