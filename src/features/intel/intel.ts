import { newId } from "../../lib/ids.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import type { Finding } from "./assess/schema.ts";
import { dropMatches, findPair, keepMatches, keepPairs, matchesOf, writeVerdict } from "./device-advisories/store.ts";
import { keepRecalls, keepReportCounts } from "./fda/store.ts";
import {
  changedBy,
  countOpen,
  type DecidedFinding,
  lockFindings,
  lockFindingsOf,
  openFindingsOf,
  releasesOfFindings,
  settledFindingsOf,
  type WeighedFinding,
  writeDecisions,
} from "./findings/decide/store.ts";
import { factsOf, vulnerabilitiesOf } from "./findings/facts.ts";
import { deviceIdentity, identityOf, isDeviceIdentity } from "./findings/identity.ts";
import {
  addEvents,
  addFindings,
  changeFindings,
  type EventFacts,
  keepNames,
  knownFindings,
  type Moved,
  markGone,
  moveToHarm,
} from "./findings/matched/store.ts";
import type { ReachedHarm } from "./findings/priority.ts";
import { reconcile } from "./findings/reconcile.ts";
import { countFindings, findFindings, namesOf, pageOfFindings } from "./findings/store.ts";
import {
  advisoriesNamed,
  findTexts,
  findVulnerability,
  keepTexts,
  keepVulnerabilities,
  pageOfVulnerabilities,
  publishedSince,
  recount,
  resolveText,
} from "./inbox/store.ts";
import { findDocument } from "./statements/list/store.ts";
import {
  answerSpoken,
  documentWith,
  dropSpoken,
  insertDocument,
  insertStatements,
  keepSources,
  keepSpoken,
  lockSource,
  releaseSpokenOf,
  releasesOfDocument,
  releasesSpokenOf,
  releasesWithVex,
  ruleOf,
  spokenOf,
  statementsById,
  statementsOf,
  withdrawDocument,
  writeRule,
  writeTrust,
} from "./statements/store.ts";
import {
  insertRun,
  insertSource,
  keepState,
  currentIndex as readIndex,
  runsOf,
  sourcesOf,
  standingsOf,
  stateOf,
  writeIndex,
} from "./sync/store.ts";
import { statedFindings } from "./vex/out/store.ts";

export interface Outcome {
  added: number;
  changed: number;
  returned: number;
  gone: number;
}

interface Kept extends Outcome {
  /** Vulnerabilities whose long texts should be read anew. */
  advisories: string[];
}

interface KeptOf {
  deviceId: string;
  releaseId: string;
  reached: (identity: string) => ReachedHarm;
  /** `device`: findings about the device as a whole; those about its parts stay as they are, and the other way round. */
  about?: "parts" | "device";
}

/**
 * Writes what an assessment of a release found: new findings, new facts of known ones, those that went and came back; decisions and
 * history stay. The release must be locked. An assessment that says nothing new writes nothing.
 */
export async function keepFindings(
  trx: Trx,
  scope: Scope,
  { deviceId, releaseId, reached, about = "parts" }: KeptOf,
  findings: readonly Finding[],
  identities: ReadonlySet<string>,
  now: Date,
): Promise<Kept> {
  const ofDevice = about === "device";
  const known = (await knownFindings(trx, scope, releaseId)).filter(
    ({ identity }) => isDeviceIdentity(identity) === ofDevice,
  );
  const facts = findings.map((finding) => {
    const identity = ofDevice ? deviceIdentity(deviceId) : identityOf(finding.component);
    return factsOf(finding, reached(identity), identity);
  });
  const { added, changed, returned, gone } = reconcile(known, facts);
  const rewritten = [...changed, ...returned];
  if (added.length + rewritten.length + gone.length === 0)
    return { added: 0, changed: 0, returned: 0, gone: 0, advisories: [] };

  const wereKnown = new Map(known.map((finding) => [finding.id, finding]));
  await markGone(trx, scope, gone, now);
  await changeFindings(
    trx,
    scope,
    rewritten.map(({ id, found }) => ({ ...found, id })),
  );
  await addFindings(
    trx,
    scope,
    { deviceId, releaseId },
    added.map((found) => ({ ...found, id: newId() })),
    now,
  );
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
  await addEvents(
    trx,
    scope,
    [
      ...returned.map(({ id, found }) => event(id, "returned", "It is found again", found.componentVersion)),
      ...changed
        .filter((change) => change.versionChanged)
        .map(({ id, found }) =>
          event(
            id,
            "component-changed",
            `Was ${wereKnown.get(id)?.componentVersion ?? "without version"}`,
            found.componentVersion,
          ),
        ),
      ...gone.map((id) => {
        const finding = wereKnown.get(id);
        const left = identities.has(finding?.identity ?? "");
        return event(
          id,
          "gone",
          left ? "No advisory names this version" : "The component left",
          finding?.componentVersion ?? null,
        );
      }),
    ],
    now,
  );
  const touched = [...added, ...rewritten.map(({ found }) => found)];
  await keepVulnerabilities(trx, scope, vulnerabilitiesOf(touched), now);
  await keepNames(trx, scope, touched);
  const renamed = [...rewritten.map(({ id }) => id), ...gone].flatMap((id) => wereKnown.get(id)?.advisory ?? []);
  await recount(trx, scope, [...touched.map((found) => found.advisory), ...renamed]);
  const advisories = [...new Set(touched.map((found) => found.advisory))];
  return { added: added.length, changed: changed.length, returned: returned.length, gone: gone.length, advisories };
}

/** What the organisation's releases are compared with; undefined before the first read. */
export const currentIndex = readIndex;

/** Keeps what sources say of vulnerabilities at length. */
export const keepLongTexts = keepTexts;

/** What is open in a release now. */
export const countRelease = countOpen;

/** Moves the findings of a device, or of one component of a release, to where the worst harm they can reach puts them. */
export async function moveFindings(trx: Trx, scope: Scope, which: Moved, reached: ReachedHarm): Promise<void> {
  await recount(trx, scope, await moveToHarm(trx, scope, which, reached));
}

/** What comparing devices with worded advisories reads and writes; the story is `flows/match-device.ts`. */
export const devicePairs = { dropMatches, findPair, keepMatches, keepPairs, matchesOf, writeVerdict };

/** What the FDA's records about devices are kept with; the story is `flows/keep-fda-records.ts`. */
export const fda = { keepRecalls, keepReportCounts };

export type { DecidedFinding, WeighedFinding };

/** What deciding reads and writes; the story is `flows/decide-findings.ts`. */
export const decisions = {
  addEvents,
  advisoriesNamed,
  changedBy,
  lockFindings,
  lockFindingsOf,
  openFindingsOf,
  recount,
  releasesOfFindings,
  settledFindingsOf,
  writeDecisions,
};

/** What weighing statements reads and writes; the stories are `flows/vex-arrived.ts`, `flows/weigh-vex.ts` and `flows/carry-over.ts`. */
export const statements = {
  answerSpoken,
  documentWith,
  dropSpoken,
  findDocument,
  insertDocument,
  insertStatements,
  keepSources,
  keepSpoken,
  lockSource,
  releasesOfDocument,
  releaseSpokenOf,
  releasesSpokenOf,
  releasesWithVex,
  ruleOf,
  spokenOf,
  statementsById,
  statementsOf,
  withdrawDocument,
  writeRule,
  writeTrust,
};

/** What reading the sources reads and writes; the story is `flows/advisory-arrived.ts`. */
export const sync = { insertRun, insertSource, keepState, runsOf, sourcesOf, standingsOf, stateOf, writeIndex };

/** Findings and sources by id, as people call them. */
export const nameIntelThings = namesOf;
/** What advisories and VEX are written from. */
export const stated = { findVulnerability, findTexts, statedFindings };

/** What other pages show of the findings. */
export const lists = {
  countFindings,
  findFindings,
  findVulnerability,
  pageOfFindings,
  pageOfVulnerabilities,
  publishedSince,
  resolveText,
};
