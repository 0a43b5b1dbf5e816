import type { Component } from "../../devices/sbom/schema.ts";

/** What led from a component to a record. */
export type Rule = "package" | "cpe" | "linux-kernel" | "module-name" | "same-product" | "vendor-product";

/** One entry of the intelligence that holds a component's version. */
export interface Match {
  /** Index into the components that were asked about. */
  component: number;
  entry: number;
  record: number;
  /** Index into the record's `affected`. */
  affected: number;
  rule: Rule;
  /** The identity that was looked up, for people: `PyPI requests`, `openssl:openssl`. */
  identity: string;
  /** The version that was placed in the ranges; null where only "every version" could hit. */
  version: string | null;
}

export interface Unmatched {
  component: number;
  reason: string;
}

/** An entry that would have hit but for what surrounds it. */
export interface Withheld {
  component: number;
  entry: number;
  because: "platform" | "published-later";
}

export interface MatchOptions {
  /** Records published after this instant are left out. */
  asOf: Date | null;
  /** Which components are asked about; the others still say what surrounds those. Without it all are. */
  among?: ((component: Component) => boolean) | undefined;
}

export interface MatchResult {
  matches: Match[];
  unmatched: Unmatched[];
  withheld: Withheld[];
}
