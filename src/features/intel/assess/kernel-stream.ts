import type { AdvisoryHead } from "../match/lookup.ts";
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
