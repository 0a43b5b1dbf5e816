import type { Component } from "../../devices/sbom/schema.ts";
import type { Cpe } from "../identity/cpe.ts";
import type { CpeValue } from "../identity/cpe-value.ts";
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

/** The parts of one release as platforms: each narrowed entry that met one of them is decided once, whatever the number of parts. */
export class PresentPlatforms {
  readonly #lookup: IntelLookup;
  readonly #components: readonly Component[];
  readonly #decided = new Map<number, boolean>();
  #names: PlatformNames | null = null;

  constructor(lookup: IntelLookup, components: readonly Component[]) {
    this.#lookup = lookup;
    this.#components = components;
  }

  /**
   * Whether one of the platforms that a narrowed entry asks for is present. NVD pairs a device's firmware with its hardware. An SBOM of
   * the firmware seldom lists the board, and the firmware runs nowhere else, so hardware counts as present for it.
   */
  holdFor(match: Match): boolean {
    const known = this.#decided.get(match.entry);
    if (known !== undefined) return known;
    const { patterns, isFirmware } = besideEntry(this.#lookup, match);
    this.#names ??= namesOf(this.#components);
    const names = this.#names;
    const held = patterns.some(
      (pattern) => (isFirmware && String(pattern.part) === "h") || platformPresent(pattern, namesFor(names, pattern)),
    );
    this.#decided.set(match.entry, held);
    return held;
  }
}

interface PlatformNames {
  all: readonly Cpe[];
  byProduct: ReadonlyMap<string | null, readonly Cpe[]>;
}

const LINUX = "cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*";

function namesOf(components: readonly Component[]): PlatformNames {
  const texts = new Set(
    components.flatMap(({ cpes, type, name }) =>
      cpes.length === 0 && type === "operating-system" && /^linux/i.test(name) ? [LINUX] : cpes,
    ),
  );
  const all = [...texts].map(readCpe).filter((cpe) => cpe !== null);
  return { all, byProduct: Map.groupBy(all, productOf) };
}

/** A pattern without wildcards in vendor and product lies within nothing but names of that very product. */
function namesFor({ all, byProduct }: PlatformNames, pattern: Cpe): readonly Cpe[] {
  const product = productOf(pattern);
  return product === null ? all : (byProduct.get(product) ?? []);
}

/** Null where vendor or product are open or hold a wildcard. */
function productOf({ vendor, product }: Cpe): string | null {
  const [one, two] = [literal(vendor), literal(product)];
  return one === null || two === null ? null : `${one}\0${two}`;
}

const literal = (value: CpeValue): string | null =>
  Array.isArray(value) && value.length === 1 && typeof value[0] === "string" ? value[0] : null;

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
