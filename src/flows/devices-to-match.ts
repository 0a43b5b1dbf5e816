import { named } from "../features/devices/devices.ts";
import { ASSESSMENT_RULES } from "../features/intel/assess/rules.ts";
import { type WordedItem, wordedItems } from "../features/intel/device-advisories/propose.ts";
import type { PairVerdict } from "../features/intel/device-advisories/schema.ts";
import { vendorsIn } from "../features/intel/device-advisories/vendors.ts";
import { devicePairs } from "../features/intel/intel.ts";
import type { IntelLookup } from "../features/intel/match/lookup.ts";
import { sha256 } from "../lib/hash-chain.ts";
import type { Scope, Trx } from "../platform/db.ts";
import type { OpenIntel } from "./intel-index.ts";

interface Matched {
  vendor: string;
  name: string;
  model: string;
  releases: readonly { id: string; version: string }[];
  pairs: readonly { id: string; verdict: PairVerdict | null }[];
}

/** Devices are held against advisories for their releases, as long as one is used. */
export const isMatched = ({ phase }: { phase: string }): boolean => phase !== "decommissioned";

/** What a device is held against, and what of it, in one hash: the same again, and there is nothing to do. */
export function comparedWith(
  { lookup, sha256: index }: OpenIntel,
  { vendor, name, model, releases, pairs }: Matched,
): string {
  const said = lookup.worded === null ? [index] : vendorsIn(vendor).map((maker) => lookup.worded?.get(maker)?.said);
  const verdicts = pairs.map(({ id, verdict }) => `${id} ${verdict ?? "open"}`).sort();
  const versions = releases.map(({ id, version }) => `${id} ${version}`).sort();
  return sha256(JSON.stringify([ASSESSMENT_RULES, said, vendor, name, model, versions, verdicts]));
}

/** Devices of which something is said in words that they were not held against yet, or that changed since. Nothing is locked. */
export async function devicesToMatch(trx: Trx, scope: Scope, open: OpenIntel): Promise<string[]> {
  const devices = await named.devicesToName(trx, scope);
  const releases = Map.groupBy(await named.allReleases(trx, scope), ({ deviceId }) => deviceId);
  const pairs = Map.groupBy(await devicePairs.allPairs(trx, scope), ({ deviceId }) => deviceId);
  const maker = devices.length === 0 ? "" : await organizationName(trx, scope);
  return devices.flatMap(({ id, manufacturer, name, model, matchedWith }) => {
    const vendor = manufacturer.trim() || maker;
    const own = { releases: (releases.get(id) ?? []).filter(isMatched), pairs: pairs.get(id) ?? [] };
    return matchedWith === comparedWith(open, { vendor, name, model, ...own }) ? [] : [id];
  });
}

const read = new WeakMap<IntelLookup, ReadonlyMap<string, WordedItem[]>>();

/** Worded advisories about a maker's products; where the index does not say which they are, all of them, read once for all devices. */
export function wordedOf(lookup: OpenIntel["lookup"], vendor: string): ReadonlyMap<string, WordedItem[]> {
  const { worded } = lookup;
  if (worded !== null)
    return wordedItems(lookup, new Set(vendorsIn(vendor).flatMap((maker) => worded.get(maker)?.records ?? [])));
  const known = read.get(lookup) ?? wordedItems(lookup, Array(lookup.about.counts.records).keys());
  read.set(lookup, known);
  return known;
}

/** Who makes devices that name no maker. */
export const organizationName = async (trx: Trx, scope: Scope): Promise<string> =>
  (
    await trx
      .selectFrom("organization")
      .select("name")
      .where("organizationId", "=", scope.organizationId)
      .executeTakeFirstOrThrow()
  ).name;
