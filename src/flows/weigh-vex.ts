import { getDevice, getRelease, sboms } from "../features/devices/devices.ts";
import type { Sbom } from "../features/devices/sbom/schema.ts";
import type { DecisionState } from "../features/intel/findings/decision-state.ts";
import { decisions, statements, type WeighedFinding } from "../features/intel/intel.ts";
import type { Trust } from "../features/intel/statements/schema.ts";
import { type Said, type SaidState, stateSaid, type Weighed, weigh } from "../features/intel/statements/weigh.ts";
import type { Present } from "../features/intel/vex/meets.ts";
import { ofLastEditions } from "../features/intel/vex/newest.ts";
import type { VexStatement } from "../features/intel/vex/schema.ts";
import { speakersAbout } from "../features/intel/vex/settle.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { type Next, stateOf, writeChanges } from "./write-changes.ts";

/** Whose statements set a state until an organisation says otherwise. Nobody is trusted before a person said so. */
export const DEFAULT_SETS: readonly Trust[] = ["own", "supplier"];

export interface WeighOutcome {
  set: number;
  cleared: number;
  proposed: number;
}

const NOTHING: WeighOutcome = { set: 0, cleared: 0, proposed: 0 };

/** A statement of this organisation's tables that `speakersAbout` can hold against findings. */
interface Kept extends VexStatement {
  kept: Omit<Said, "statement" | "turnedDown">;
}

/**
 * Holds every statement that was given for a release, or carried over to it, against its findings: what trusted sources say is set
 * where no person decided, what others say waits as a proposal. Doing it twice changes nothing. `forgetCarried`: what was carried over
 * speaks no longer. The release must be locked.
 */
export async function weighVex(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  now: Date,
  { sbom: known, forgetCarried = false }: { sbom?: Sbom; forgetCarried?: boolean } = {},
): Promise<WeighOutcome> {
  const own = await statements.statementsOf(trx, scope, releaseId);
  const before = await statements.spokenOf(trx, scope, releaseId);
  if (own.length === 0 && before.length === 0) return NOTHING;
  const findings = await decisions.lockFindingsOf(trx, scope, releaseId);
  const setting = new Set((await statements.ruleOf(trx, scope))?.sets ?? DEFAULT_SETS);

  const carriedLinks = forgetCarried ? [] : before.filter(({ carriedFrom }) => carriedFrom !== null);
  const carriedIds = [...new Set(carriedLinks.map(({ statementId }) => statementId))];
  const carriedById = new Map((await statements.statementsById(trx, scope, carriedIds)).map((one) => [one.id, one]));
  const carried = Map.groupBy(carriedLinks, ({ findingId }) => findingId);
  const turnedDown = new Set(
    before
      .filter(({ answer }) => answer === "turned-down")
      .map(({ findingId, statementId }) => findingId + statementId),
  );
  const inForce = new Set(
    ofLastEditions([...own, ...carriedById.values()].map(({ id, statement }) => ({ ...statement, id }))).map(
      ({ id }) => id,
    ),
  );
  const standing = own.filter(({ id }) => inForce.has(id));
  const speakers = await speakersOf(trx, scope, releaseId, standing, known);

  const links: Parameters<typeof statements.keepSpoken>[3][number][] = [];
  const set: Next[] = [];
  const cleared: Next[] = [];
  let proposed = 0;
  for (const finding of findings) {
    const here = (carried.get(finding.id) ?? []).filter((link) => link.carriedVersion === finding.componentVersion);
    const said: Said[] = [
      ...speakers(finding),
      ...here.flatMap(({ statementId }) => {
        const one = carriedById.get(statementId);
        return one === undefined || !inForce.has(statementId)
          ? []
          : [{ ...one, statementId: one.id, turnedDown: false }];
      }),
    ].map((one) => ({ ...one, turnedDown: turnedDown.has(finding.id + one.statementId) }));
    const weighed = weigh(finding, said, setting);
    for (const [statementId, role] of weighed.roles) {
      const link = here.find((one) => one.statementId === statementId);
      const { carriedFrom = null, carriedVersion = null } = link ?? {};
      links.push({ findingId: finding.id, statementId, role, carriedFrom, carriedVersion });
      if (role === "proposes") proposed++;
    }
    const next = nextOf(finding, weighed, now);
    if (next !== null) (weighed.clears ? cleared : set).push(next);
  }
  const speaking = new Set(links.map(({ findingId, statementId }) => findingId + statementId));
  const stale = before.filter(({ findingId, statementId }) => !speaking.has(findingId + statementId));
  const isForgotten = ({ answer, carriedFrom }: (typeof stale)[number]) =>
    answer === null || (forgetCarried && carriedFrom !== null);
  await statements.dropSpoken(trx, scope, stale.filter(isForgotten));
  const answered = stale.filter((link) => !isForgotten(link)).map((link) => ({ ...link, role: "speaks" as const }));
  await statements.keepSpoken(trx, scope, releaseId, [...links, ...answered]);
  await writeChanges(trx, scope, set, "vex-set", null, now);
  await writeChanges(trx, scope, cleared, "vex-cleared", null, now);
  return { set: set.length, cleared: cleared.length, proposed };
}

async function speakersOf(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  own: Awaited<ReturnType<typeof statements.statementsOf>>,
  known: Sbom | undefined,
): Promise<(finding: WeighedFinding) => Said[]> {
  const release = await getRelease(trx, scope, releaseId);
  const sbom =
    known ??
    (release.sbomId === null ? null : (await sboms.readSboms(trx, scope, [release.sbomId])).get(release.sbomId));
  if (own.length === 0 || sbom === null || sbom === undefined) return () => [];
  const device = await getDevice(trx, scope, release.deviceId);
  const names = [device.name, device.model, `${device.manufacturer} ${device.name}`, sbom.name ?? ""];
  const devices = [...new Set(names.map((name) => name.trim()).filter((name) => name !== ""))].map(
    (name): Present => ({ name, version: release.version, purl: null, cpes: [], link: null }),
  );
  const kept = own.map(
    ({ statement, id, sourceId, trust }): Kept => ({ ...statement, kept: { statementId: id, sourceId, trust } }),
  );
  const speakers = speakersAbout(devices, [{ sbom }], kept);
  return ({ advisory, aliases, componentName, componentVersion, purl, cpe }) =>
    speakers({ advisory, aliases, component: { name: componentName, version: componentVersion, purl, cpe } }).map(
      ({ kept: about, ...statement }) => ({ ...about, statement, turnedDown: false }),
    );
}

/** The finding as the statement makes it; null where it is that already. */
function nextOf(finding: WeighedFinding, { sets, clears }: Weighed, now: Date): Next | null {
  const { componentVersion, ...state } = stateOf(finding);
  if (clears) return { finding, after: { ...state, ...NOBODY, suspect: true }, said: "It is to be decided again" };
  const said = sets === null ? null : stateSaid(sets.statement);
  if (sets === null || said === null) return null;
  const after: DecisionState = {
    ...state,
    ...said,
    note: said.note.slice(0, 4_000),
    decidedBy: authorOf(sets),
    decidedAt: now.toISOString(),
    decidedVersion: componentVersion,
    decidedThrough: "vex",
    suspect: false,
    lastChangeId: null,
  };
  return isSame(finding, after) ? null : { finding, after, said: wordsOf(sets, said) };
}

const NOBODY = {
  state: "new" as const,
  justification: null,
  note: "",
  decidedBy: null,
  decidedAt: null,
  decidedVersion: null,
  decidedThrough: null,
  lastChangeId: null,
};

/** Where the document names nobody, that it is theirs is the uploader's word. */
const authorOf = ({ statement: { author, authorNamedBy } }: Said): string =>
  authorNamedBy === "uploader" ? `VEX said to be of ${author}` : `VEX of ${author ?? "an unnamed author"}`;

const wordsOf = (sets: Said, { note }: SaidState): string =>
  `${authorOf(sets)} (${sets.trust.replace("-", " ")}, ${sets.statement.issuedAt?.slice(0, 10) ?? "not dated"}, ${sets.statement.source.document} ${sets.statement.source.at})${note === "" ? "" : `: ${note}`}`.slice(
    0,
    4_000,
  );

const isSame = (finding: WeighedFinding, after: DecisionState): boolean =>
  finding.state === after.state &&
  finding.justification === after.justification &&
  finding.note === after.note &&
  finding.decidedBy === after.decidedBy &&
  finding.decidedVersion === after.decidedVersion &&
  finding.decidedThrough === "vex" &&
  !finding.suspect;
