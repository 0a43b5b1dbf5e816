import type { Scope, Trx } from "../../platform/db.ts";
import {
  allPairs,
  dropMatches,
  findPair,
  keepMatches,
  keepPairs,
  matchesOf,
  writeVerdict,
} from "./device-advisories/store.ts";
import { keepRecalls, keepReportCounts } from "./fda/store.ts";
import {
  changedBy,
  countOpen,
  type DecidedFinding,
  lockFindings,
  lockFindingsOf,
  openFindingsOf,
  releasesOfFindings,
  settledAmong,
  settledFindingsOf,
  type WeighedFinding,
  writeDecisions,
} from "./findings/decide/store.ts";
import { keepFindings as keepFound, type Outcome } from "./findings/keep/store.ts";
import {
  addEvents,
  type Moved,
  movePartsToHarm,
  moveToHarm,
  type PartOfFindings,
  partsOfFindings,
} from "./findings/matched/store.ts";
import type { ReachedHarm } from "./findings/priority.ts";
import { countFindings, findFindings, namesOf, pageOfFindings } from "./findings/store.ts";
import {
  advisoriesNamed,
  findTexts,
  findVulnerability,
  keepTexts,
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
  dropOldRuns,
  holdIndex as holdCurrentIndex,
  holdStarts,
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

export type { Outcome };

/** Writes what an assessment of releases found; the story is `flows/assess-release.ts`. */
export const keepFindings = keepFound;

/** What the organisation's releases are compared with; undefined before the first read. */
export const currentIndex = readIndex;

/** The same, for comparing with it: no other takes its place before the transaction ends. */
export const holdIndex = holdCurrentIndex;

/** Keeps what sources say of vulnerabilities at length. */
export const keepLongTexts = keepTexts;

/** What is open in releases now. */
export const countReleases = countOpen;

/** Moves the findings of a device, or of one component of a release, to where the worst harm they can reach puts them. */
export async function moveFindings(trx: Trx, scope: Scope, which: Moved, reached: ReachedHarm): Promise<void> {
  await recount(trx, scope, await moveToHarm(trx, scope, which, reached));
}

/** The parts that findings of a release are about. */
export { partsOfFindings };

/** Moves the findings about parts of a release to where their harm puts them. Returns how many moved. */
export async function moveParts(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  parts: readonly PartOfFindings[],
): Promise<number> {
  const { moved, advisories } = await movePartsToHarm(trx, scope, releaseId, parts);
  await recount(trx, scope, advisories);
  return moved;
}

/** What comparing devices with worded advisories reads and writes; the story is `flows/match-device.ts`. */
export const devicePairs = { allPairs, dropMatches, findPair, keepMatches, keepPairs, matchesOf, writeVerdict };

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
  settledAmong,
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
export const sync = {
  dropOldRuns,
  holdStarts,
  insertRun,
  insertSource,
  keepState,
  runsOf,
  sourcesOf,
  standingsOf,
  stateOf,
  writeIndex,
};

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
