import type { Affected, Interval, Scheme } from "../schema.ts";

type Identity = Pick<Affected, "package"> | Pick<Affected, "cpe"> | Pick<Affected, "product">;

/** An affected item with nothing said but what is given. */
export const affected = (identity: Identity, said: Partial<Affected> & Pick<Affected, "scheme">): Affected => ({
  package: null,
  cpe: null,
  product: null,
  intervals: [],
  exceptions: [],
  versions: [],
  everyVersion: false,
  undecidable: [],
  severities: [],
  platforms: [],
  ...identity,
  ...said,
});

const open: Interval = { from: null, fromInclusive: true, to: null, toInclusive: false, fixed: null };

/** A source's word that no version of a package is affected: it holds nothing, and is heard beside what others say. */
export const neverAffected = (name: { ecosystem: string; name: string }, scheme: Scheme): Affected =>
  affected({ package: name }, { scheme, exceptions: [interval({})] });

/** An interval open where nothing is given: from inclusive, to exclusive unless said otherwise. */
export const interval = (bounds: Partial<Interval>): Interval => ({ ...open, ...bounds });

/** From the version on, up to before the fixed one. */
export const fixedIn = (fixed: string, from: string | null = null): Interval => interval({ from, to: fixed, fixed });
