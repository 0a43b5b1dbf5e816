import type { Component } from "../../devices/sbom/schema.ts";
import { identify } from "../match/identify.ts";
import type { AdvisoryHead } from "../match/lookup.ts";
import { packageKey } from "../rank-index/key.ts";
import type { Affected } from "../schema.ts";
import { compareVersions } from "../versions/order.ts";

/**
 * Whether a record names the fix of the stable stream this kernel comes from, and the kernel has it. Fixes are carried back
 * to streams one by one, so the stream's own fix decides over a range that counts mainline versions (5.10.101 against 5.10.97).
 */
export function isFixedInItsStream(heads: readonly AdvisoryHead[], version: string): boolean {
  const stream = /^\d+\.\d+(?=\.\d)/.exec(version)?.[0];
  if (stream === undefined) return false;
  return heads.some(({ affected }) =>
    affected.some(
      ({ scheme, package: named, intervals }) =>
        scheme === "linux" &&
        named?.ecosystem === "Linux" &&
        intervals.some(
          ({ from, fixed }) => from === stream && fixed !== null && compareVersions("linux", version, fixed) >= 0,
        ),
    ),
  );
}

/**
 * Whether the distribution a package comes from speaks of this vulnerability in it. Distributions carry fixes back under old
 * version numbers, so where theirs speaks and its ranges do not hold the package, the upstream's ranges do not either.
 */
export const distributionSpeaks = (heads: readonly AdvisoryHead[], packages: ReadonlySet<string>): boolean =>
  packages.size > 0 &&
  heads.some(({ affected }) =>
    affected.some(
      (item) =>
        item.package !== null && packages.has(packageKey(item.package.ecosystem, item.package.name)) && isDecided(item),
    ),
  );

/** A distribution that says "unknown" or "undetermined" of its package has said nothing yet. */
const isDecided = ({ everyVersion, intervals, exceptions, versions }: Affected): boolean =>
  everyVersion || intervals.length + exceptions.length + versions.length > 0;

/** The keys of a distribution's package, its source package included; none for other components. */
export function distributionPackages(component: Component, system: string | null): ReadonlySet<string> {
  if (!/^pkg:(deb|rpm|apk)\//i.test(component.purl ?? "")) return new Set();
  const { questions } = identify(component, system);
  return new Set(questions.filter(({ rule }) => rule === "package").map(({ key }) => key));
}
