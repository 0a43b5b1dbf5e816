import type { Cpe } from "../identity/cpe.ts";
import { platformPresent, readCpe } from "./cpe-meets.ts";
import type { IntelLookup } from "./lookup.ts";
import type { Match } from "./schema.ts";

interface Beside {
  patterns: readonly Cpe[];
  isFirmware: boolean;
}

/** Platforms of the entries that met something of late, as long as their intelligence is in use: releases ask for the same ones. */
const READ = new WeakMap<IntelLookup, Map<number, Beside>>();
const MOST_ENTRIES = 16_384;

/**
 * Whether one of the platforms that a narrowed entry asks for is present. NVD pairs a device's firmware with its hardware. An SBOM of
 * the firmware seldom lists the board, and the firmware runs nowhere else, so hardware counts as present for it.
 */
export function platformsHold(lookup: IntelLookup, match: Match, present: () => readonly Cpe[]): boolean {
  const { patterns, isFirmware } = besideEntry(lookup, match);
  return patterns.some(
    (pattern) => (isFirmware && String(pattern.part) === "h") || platformPresent(pattern, present()),
  );
}

function besideEntry(lookup: IntelLookup, { entry, record, affected }: Match): Beside {
  const read = READ.get(lookup) ?? new Map<number, Beside>();
  READ.set(lookup, read);
  const known = read.get(entry);
  if (known !== undefined) return known;
  const platforms = lookup.head(record).affected[affected]?.platforms ?? [];
  const beside = {
    patterns: platforms.map(readCpe).filter((pattern) => pattern !== null),
    isFirmware: lookup.entry(entry).cpe?.startsWith("cpe:2.3:o:") === true,
  };
  if (read.size >= MOST_ENTRIES) read.clear();
  read.set(entry, beside);
  return beside;
}
