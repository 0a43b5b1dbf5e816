import { isSameVulnerability } from "./reconcile.ts";
import type { State } from "./schema.ts";

/** A finding of the release before, or of the new one, as far as carrying over compares them. */
export interface CarriedFinding {
  id: string;
  identity: string;
  componentVersion: string | null;
  purl: string | null;
  cpe: string | null;
  advisory: string;
  aliases: readonly string[];
  state: State;
  suspect: boolean;
}

export interface Carried<F, B> {
  finding: F;
  before: B;
  /** Null: it is carried over. Else why it has to be decided again, as the end of a sentence. */
  again: string | null;
}

/**
 * Holds the new findings of a release against those of the release before it. What was decided holds on only while the component, its
 * version and the configuration are the same; else it is to be decided again. Findings nobody ever saw before are left out.
 */
export function carryOver<F extends CarriedFinding, B extends CarriedFinding>(
  found: readonly F[],
  before: readonly B[],
  /** Null: the same; else what is not, as the end of a sentence. */
  configuration: string | null,
): Carried<F, B>[] {
  const byIdentity = Map.groupBy(before, ({ identity }) => identity);
  return found.flatMap((finding) => {
    const known = (byIdentity.get(finding.identity) ?? []).filter((one) => isSameVulnerability(one, finding));
    const same = known.find((one) => one.componentVersion === finding.componentVersion) ?? known[0];
    return same === undefined ? [] : [{ finding, before: same, again: whyAgain(finding, same, configuration) }];
  });
}

function whyAgain(finding: CarriedFinding, before: CarriedFinding, configuration: string | null): string | null {
  if (finding.componentVersion !== before.componentVersion)
    return `the part was ${before.componentVersion ?? "without version"} there and is ${finding.componentVersion ?? "without version"} here`;
  if (finding.purl !== before.purl || finding.cpe !== before.cpe)
    return "the part is built or packaged in another way here";
  if (before.suspect) return "it was to be looked at again there already";
  return configuration;
}

interface Interface {
  kind: string;
  name: string;
  protocol: string;
  exposed: boolean;
}

/** The ways a release can be reached. */
export interface Configuration {
  interfaces: readonly Interface[];
  /** Null: not stated. */
  networkPosition: string | null;
}

/**
 * What differs between the ways two releases can be reached, whatever the order and notes of their interfaces; null: nothing. A network
 * position that was not stated before was no ground for any decision.
 */
export function configurationChange(here: Configuration, before: Configuration): string | null {
  if (fingerprint(here.interfaces) !== fingerprint(before.interfaces))
    return here.interfaces.length === 0
      ? "this release states no interface yet"
      : "the interfaces of the release are others now";
  if (before.networkPosition === null || before.networkPosition === here.networkPosition) return null;
  return here.networkPosition === null
    ? "this release does not state its network position yet"
    : "the release stands in another network now";
}

const fingerprint = (interfaces: readonly Interface[]): string =>
  interfaces
    .map(({ kind, name, protocol, exposed }) =>
      JSON.stringify([kind, name.toLowerCase(), protocol.toLowerCase(), exposed]),
    )
    .sort()
    .join("\n");
