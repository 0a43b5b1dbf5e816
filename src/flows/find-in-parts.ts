import { named, type takeReleases } from "../features/devices/devices.ts";
import type { Component, Sbom } from "../features/devices/sbom/schema.ts";
import { assess, componentsOf } from "../features/intel/assess/assess.ts";
import { nameOf } from "../features/intel/assess/findings.ts";
import { identityOf } from "../features/intel/findings/identity.ts";
import { partsAsking } from "../features/intel/match/asked-keys.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { harmOfParts } from "./harm-of-parts.ts";
import type { OpenIntel } from "./intel-index.ts";

export type Release = Awaited<ReturnType<typeof takeReleases>>[number];

/** A release and what it is made of. */
export interface Read {
  release: Release & { sbomId: string };
  sbom: Sbom;
}

export interface ToCompare extends Read {
  /** Keys under which something else is said than when it was last compared; null: nothing is known of that. */
  changed: ReadonlySet<string> | null;
}

export const partsOf = ({ subject, components }: Sbom) => (subject === null ? components : [subject, ...components]);

/**
 * What the intelligence says of the parts of each release that ask under a changed key, with all that go by the same identity: findings
 * are kept by identity. Of all parts where no change is known. And which parts of those it could not be asked about.
 */
export async function findInParts(
  trx: Trx,
  scope: Scope,
  read: readonly ToCompare[],
  lookup: OpenIntel["lookup"],
  now: Date,
) {
  const devices = new Map(
    (
      await named.devicesById(
        trx,
        scope,
        read.map(({ release }) => release.deviceId),
      )
    ).map((device) => [device.id, device.functions]),
  );
  const harms = await harmOfParts(
    trx,
    scope,
    read.map(({ release }) => ({ id: release.id, functions: devices.get(release.deviceId) ?? [] })),
  );
  const all = read.map(({ release: { id: releaseId, deviceId, version, sbomId }, sbom, changed }) => {
    const subject = { name: sbom.name ?? "", version, path: releaseId };
    const sboms = [{ path: "sbom", sbom }];
    const asking = changed === null ? partsOf(sbom) : partsAsking(componentsOf(sboms), changed);
    const identities = new Set(asking.map(identityOfPart));
    const looked = new Set(changed === null ? asking : partsOf(sbom).filter((p) => identities.has(identityOfPart(p))));
    const among = (part: Component) => looked.has(part);
    const { findings, unmatched } = assess({ subject, sboms }, lookup, { now, asOf: null, among });
    const reached = (identity: string, part: ReturnType<typeof nameOf>) => harms(releaseId, { ...part, identity });
    const whyNot = new Map(unmatched.map(({ component, reason }) => [JSON.stringify(component), reason]));
    const ordinals = sbom.components.flatMap((component, ordinal) => (looked.has(component) ? [ordinal] : []));
    const reasons = sbom.components.flatMap((component, ordinal) => {
      if (!looked.has(component)) return [];
      const reason = whyNot.size === 0 ? undefined : whyNot.get(JSON.stringify(nameOf(component)));
      return reason === undefined ? [] : [{ sbomId, ordinal, reason }];
    });
    return {
      found: { deviceId, releaseId, reached, findings, identities, isPartial: changed !== null },
      sbomIds: changed === null ? [sbomId] : [],
      parts: changed === null ? [] : ordinals.map((ordinal) => ({ sbomId, ordinal })),
      reasons,
    };
  });
  return {
    found: all.map(({ found }) => found),
    looked: { sbomIds: all.flatMap(({ sbomIds }) => sbomIds), parts: all.flatMap(({ parts }) => parts) },
    reasons: all.flatMap(({ reasons }) => reasons),
  };
}

const identityOfPart = (part: Component): string => identityOf(nameOf(part));
