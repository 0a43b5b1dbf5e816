import { newId } from "../../../../lib/ids.ts";
import type { Scope, Trx } from "../../../../platform/db.ts";
import type { Finding } from "../../assess/schema.ts";
import { keepVulnerabilities, lockVulnerabilities, recount } from "../../inbox/store.ts";
import { type FindingFacts, factsOf, vulnerabilitiesOf } from "../facts.ts";
import { deviceIdentity, identityOf, isDeviceIdentity } from "../identity.ts";
import {
  addEvents,
  addFindings,
  changeFindings,
  type EventFacts,
  keepNames,
  knownFindings,
  markGone,
} from "../matched/store.ts";
import type { ReachedHarm } from "../priority.ts";
import { type Reconciled, reconcile } from "../reconcile.ts";

export interface Outcome {
  added: number;
  changed: number;
  returned: number;
  gone: number;
}

/** What an assessment of a release found. */
export interface Found {
  deviceId: string;
  releaseId: string;
  reached: (identity: string, component: Finding["component"]) => ReachedHarm;
  findings: readonly Finding[];
  /** Of all components that were looked at. */
  identities: ReadonlySet<string>;
  /** Only some components were looked at: the findings of the others stay as they are. */
  isPartial?: boolean;
}

export interface Kept {
  outcomes: Map<string, Outcome>;
  /** Vulnerabilities whose long texts should be read anew, by release. */
  advisories: Map<string, string[]>;
}

type Known = Awaited<ReturnType<typeof knownFindings>>[number];
type Changes = Reconciled<FindingFacts> & Pick<Found, "deviceId" | "releaseId" | "identities">;

/**
 * Writes what assessments of releases found: new findings, new facts of known ones, those that went and came back; decisions and
 * history stay. The releases must be locked. An assessment that says nothing new writes nothing. `about` "device": findings about
 * devices as a whole; those about their parts stay as they are, and the other way round. Vulnerabilities of `held` releases are
 * locked too, for who goes on to change those releases' findings.
 */
export async function keepFindings(
  trx: Trx,
  scope: Scope,
  about: "parts" | "device",
  found: readonly Found[],
  now: Date,
  held: ReadonlySet<string> = new Set(),
): Promise<Kept> {
  const ids = found.map(({ releaseId }) => releaseId);
  const all = ids.length === 0 ? [] : await knownFindings(trx, scope, ids);
  const partial = new Map(
    found.flatMap(({ releaseId, identities, isPartial }) => (isPartial === true ? [[releaseId, identities]] : [])),
  );
  const known = all.filter(
    ({ releaseId, identity }) =>
      isDeviceIdentity(identity) === (about === "device") && partial.get(releaseId)?.has(identity) !== false,
  );
  const byRelease = Map.groupBy(known, ({ releaseId }) => releaseId);
  const changes = found.map(
    (one): Changes => ({ ...one, ...reconcile(byRelease.get(one.releaseId) ?? [], factsOfAll(one, about)) }),
  );
  const outcomes = new Map(changes.map((change) => [change.releaseId, outcomeOf(change)]));
  const advisories = new Map(
    changes.map((change) => [change.releaseId, [...new Set(touchedBy(change).map(({ advisory }) => advisory))]]),
  );
  const touched = changes.flatMap(touchedBy);
  const wereKnown = new Map(known.map((finding) => [finding.id, finding]));
  const gone = changes.flatMap((change) => change.gone);
  const rewritten = changes.flatMap(rewrittenBy);
  const moved = [...rewritten.map(({ id }) => id), ...gone].flatMap((id) => wereKnown.get(id)?.advisory ?? []);
  const counted = [...new Set([...touched.map(({ advisory }) => advisory), ...moved])];
  const alsoHeld = all.filter(({ releaseId }) => held.has(releaseId)).map(({ advisory }) => advisory);
  await lockVulnerabilities(trx, scope, [...new Set([...counted, ...alsoHeld])]);
  if (touched.length + gone.length === 0) return { outcomes, advisories };

  await markGone(trx, scope, gone, now);
  await changeFindings(
    trx,
    scope,
    rewritten.map(({ id, found: facts }) => ({ ...facts, id })),
  );
  await addFindings(
    trx,
    scope,
    changes.flatMap(({ deviceId, releaseId, added }) =>
      added.map((facts) => ({ ...facts, id: newId(), deviceId, releaseId })),
    ),
    now,
  );
  await addEvents(
    trx,
    scope,
    changes.flatMap((change) => eventsOf(change, wereKnown)),
    now,
  );
  await keepVulnerabilities(trx, scope, vulnerabilitiesOf(touched), now);
  await keepNames(trx, scope, touched);
  await recount(trx, scope, counted);
  return { outcomes, advisories };
}

const factsOfAll = ({ deviceId, findings, reached }: Found, about: "parts" | "device"): FindingFacts[] =>
  findings.map((finding) => {
    const identity = about === "device" ? deviceIdentity(deviceId) : identityOf(finding.component);
    return factsOf(finding, reached(identity, finding.component), identity);
  });

const rewrittenBy = ({ changed, returned }: Changes) => [...changed, ...returned];
const touchedBy = (change: Changes): FindingFacts[] => [
  ...change.added,
  ...rewrittenBy(change).map(({ found }) => found),
];

const outcomeOf = ({ added, changed, returned, gone }: Changes): Outcome => ({
  added: added.length,
  changed: changed.length,
  returned: returned.length,
  gone: gone.length,
});

function eventsOf(
  { changed, returned, gone, identities }: Changes,
  wereKnown: ReadonlyMap<string, Known>,
): EventFacts[] {
  const event = (
    findingId: string,
    kind: EventFacts["kind"],
    note: string,
    componentVersion: string | null,
  ): EventFacts => {
    const state = wereKnown.get(findingId)?.state ?? null;
    const decision = { fromState: state, toState: state, justification: null, changeId: null, before: null };
    return { id: newId(), findingId, kind, note, componentVersion, ...decision };
  };
  const versionOf = (id: string) => wereKnown.get(id)?.componentVersion ?? null;
  return [
    ...returned.map(({ id, found }) => event(id, "returned", "It is found again", found.componentVersion)),
    ...changed
      .filter((change) => change.versionChanged)
      .map(({ id, found }) =>
        event(id, "component-changed", `Was ${versionOf(id) ?? "without version"}`, found.componentVersion),
      ),
    ...gone.map((id) => {
      const left = identities.has(wereKnown.get(id)?.identity ?? "");
      return event(id, "gone", left ? "No advisory names this version" : "The component left", versionOf(id));
    }),
  ];
}
