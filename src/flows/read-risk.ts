import { riskContext } from "../features/devices/devices.ts";
import { harmOfLevel } from "../features/intel/findings/priority.ts";
import { standsHere } from "../features/intel/findings/show.ts";
import { currentIndex, lists } from "../features/intel/intel.ts";
import { scoresOfVector } from "../features/intel/severity/cvss.ts";
import { BEDSIDE_QUESTIONS } from "../features/risk/control/bedside.ts";
import { type BedsideAnswers, proposeControl } from "../features/risk/control/propose.ts";
import { deviceVector } from "../features/risk/cvss/device-metrics.ts";
import type { RiskFacts } from "../features/risk/facts.ts";
import { type About, riskCatalogue, risks } from "../features/risk/risk.ts";
import { proposeAnswers } from "../features/risk/rubric/propose.ts";
import { rubricQuestions, touchesCare } from "../features/risk/rubric/questions.ts";
import type { Answered, DeviceScore, Question, ReachFact, Risk, Waiting } from "../features/risk/schema.ts";
import { SSVC_INPUTS } from "../features/risk/ssvc/inputs.ts";
import { tableResults } from "../features/risk/ssvc/results.ts";
import { canonicalJson } from "../lib/canonical-json.ts";
import { Fault } from "../lib/fault.ts";
import { sha256 } from "../lib/hash-chain.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { harmOfParts } from "./harm-of-parts.ts";

/** How bad a vulnerability is in a release, as it is known now. Fault `not_found` when the release never had it. */
export const readRisk = async (trx: Trx, scope: Scope, about: About): Promise<Risk> =>
  (await weighRisk(trx, scope, about)).risk;

export interface Weighed {
  risk: Risk;
  deviceId: string;
  /** The vulnerability under the name its findings have now. */
  advisory: string;
  /** All it was weighed from: another hash, and what was decided may be out of date. */
  basisHash: string;
  /** When the first finding of it in the release was made. */
  foundAt: Date;
}

export async function weighRisk(trx: Trx, scope: Scope, { releaseId, advisory: asked }: About): Promise<Weighed> {
  const { device, release, unitsInUse } = await riskContext(trx, scope, releaseId);
  const line = await lists.findVulnerability(trx, scope, asked);
  const named = line === undefined ? [] : [line.advisory, ...line.aliases];
  const own = line === undefined ? [] : await findingsHere(trx, scope, releaseId, line.advisory);
  const worst = own[0];
  if (line === undefined || worst === undefined)
    throw new Fault("not_found", `This release was never touched by ${asked}`, { at: "advisory" });

  const reach = await risks.reachOf(trx, scope, [releaseId]);
  const reachOfPart = new Map(reach.map((fact) => [fact.identity, fact]));
  const harmOf = await harmOfParts(trx, scope, [{ id: releaseId, functions: device.functions }]);
  const answers = newest(await risks.answersOf(trx, scope, releaseId, named));
  const index = await currentIndex(trx, scope);
  const facts: RiskFacts = {
    vector: worst.severity.vector,
    functions: harmOf(releaseId, partOf(worst)).functions,
    reachesFunction: worst.harm >= 0,
    interfaces: release.interfaces,
    networkPosition: release.networkPosition,
    dataHeld: release.dataHeld,
    patientRecords: release.patientRecords,
    units: unitsInUse,
    inKev: worst.exploited !== null ? "yes" : index?.feeds.some(({ name }) => name === KEV) === true ? "no" : "unknown",
    coordinator: line.ssvc,
    harm: worst.harm,
    harmFunction: worst.harmFunction,
  };

  const { rubric, tables, acceptance } = riskCatalogue();
  const { questions, vector, known, needed } = rubricQuestions(rubric, proposeAnswers(rubric, facts), answers);
  const scored = scoresOfVector(vector);
  const ssvcQuestions = SSVC_INPUTS.map(({ id, of, asks, choices, propose }): Question => {
    const answered = answers.get(id) ?? null;
    return { id, of, asks, choices: [...choices], proposed: propose(facts), answered, needed: true };
  });
  const inputs = new Map(SSVC_INPUTS.map(({ id, key }, i) => [key, inputOf(ssvcQuestions[i], id)]));
  const ssvc = tableResults(tables, inputs);
  const bedside = BEDSIDE_QUESTIONS.map(({ id, asks, choices }): Question => {
    const answered = answers.get(id) ?? null;
    return { id, of: "clinical", asks, choices: [...choices], proposed: null, answered, needed: true };
  });
  const said = bedsideAnswers(answers);
  const care = touchesCare(rubric, questions);
  const proposal = proposeControl(facts, inputs.get("exploitation")?.value ?? null, care, said, acceptance);
  const basisHash = sha256(
    canonicalJson(JSON.parse(JSON.stringify({ proposal, vector, facts: { ...facts, units: 0 } }))),
  );

  const decisions = await risks.decisionsOf(trx, scope, releaseId, named);
  const shown = decisions.map(
    ({ decidedAt, learnedAt, basisHash: was, id, risk, why, decidedBy, proposal: then, undoneBy }) => ({
      ...{ id, risk, why, decidedBy, proposal: then, undoneBy },
      decidedAt: decidedAt.toISOString(),
      learnedAt: learnedAt.toISOString(),
      changed: was !== basisHash,
    }),
  );
  const current = shown.find(({ undoneBy }) => undoneBy === null) ?? null;

  const foundAt = new Date(Math.min(...own.map((finding) => finding.foundAt.getTime())));
  const risk: Risk = {
    advisory: line.advisory,
    aliases: line.aliases,
    title: line.title,
    device: { id: device.id, name: device.name },
    release: { id: release.id, version: release.version },
    units: unitsInUse,
    harm: harmOfLevel(worst.harm),
    reachesFunction: worst.harm >= 0,
    standsHere: standsHere(worst),
    parts: own.map((finding) => {
      const { by, functions, elements } = harmOf(releaseId, partOf(finding));
      const names = by === "file" ? functions.map(({ name }) => name) : null;
      return {
        name: finding.componentName,
        version: finding.componentVersion,
        purl: finding.purl,
        identity: finding.identity,
        reach: reachFact(reachOfPart.get(finding.identity)),
        file: elements === null ? null : { elements: [...elements], functions: names },
      };
    }),
    functions: device.functions,
    exploited: worst.exploited,
    epss: worst.epss,
    severity: worst.severity,
    score: scoreOf(facts),
    rubric: {
      ...{ title: rubric.title, status: rubric.status, vector, questions, known, needed },
      score: scored?.score ?? 0,
      rating: scored?.rating ?? "none",
    },
    ssvc,
    ssvcQuestions,
    bedside,
    proposal,
    decision: current === null ? null : withoutUndone(current),
    earlier: shown.filter((one) => one !== current),
    revision: answers.size + decisions.length + decisions.filter((one) => one.undoneAt !== null).length,
    foundAt: foundAt.toISOString(),
  };
  return { risk, deviceId: device.id, advisory: line.advisory, basisHash, foundAt };
}

const KEV = "cisa-kev";
const MOST_PARTS = 200;

/** Findings of the vulnerability in the release, worst first; those that are gone only when none is there. */
async function findingsHere(trx: Trx, scope: Scope, releaseId: string, advisory: string) {
  const page = { sort: "harm", after: null, limit: MOST_PARTS } as const;
  const there = await lists.pageOfFindings(trx, scope, { releaseId, advisories: [advisory] }, page);
  return there.length > 0
    ? there
    : lists.pageOfFindings(trx, scope, { releaseId, advisories: [advisory], gone: true }, page);
}

type AnswerRow = Awaited<ReturnType<typeof risks.answersOf>>[number];

/** What counts now: the newest answer of each question, none where it was taken back. */
function newest(rows: readonly AnswerRow[]): ReadonlyMap<string, Answered> {
  const seen = new Set<string>();
  const found = new Map<string, Answered>();
  for (const { question, answer, note, byName, at } of rows) {
    if (seen.has(question)) continue;
    seen.add(question);
    if (answer !== null) found.set(question, { answer, note, by: byName, at: at.toISOString() });
  }
  return found;
}

function inputOf(question: Question | undefined, id: string): { value: string | null; because: string } {
  const { answered = null, proposed = null } = question ?? {};
  if (answered !== null)
    return {
      value: answered.answer,
      because: `${answered.by} says so${answered.note === "" ? "" : `: ${answered.note}`}`,
    };
  if (proposed !== null) return { value: proposed.answer, because: proposed.because };
  return { value: null, because: id === "ssvc.exploitation" ? "No source says" : "Not known" };
}

function bedsideAnswers(answers: ReadonlyMap<string, Answered>): BedsideAnswers {
  const of = (id: string) => {
    const answer = answers.get(id)?.answer ?? null;
    return answer === "unknown" ? null : answer;
  };
  return {
    harm: of("bedside.harm") as BedsideAnswers["harm"],
    noticed: of("bedside.noticed") as BedsideAnswers["noticed"],
    fallback: of("bedside.fallback") as BedsideAnswers["fallback"],
  };
}

function scoreOf(facts: RiskFacts): DeviceScore | null {
  const changed = deviceVector(facts);
  const base = scoresOfVector(facts.vector ?? "");
  const device = changed === null ? null : scoresOfVector(changed.vector);
  if (changed === null || base === null || device === null) return null;
  return {
    version: base.version,
    base: { vector: base.vector, score: base.score, rating: base.rating },
    device: { vector: changed.vector, score: device.score, rating: device.rating },
    changes: changed.changes,
  };
}

const partOf = (finding: {
  identity: string;
  componentName: string;
  componentVersion: string | null;
  purl: string | null;
}) => ({
  identity: finding.identity,
  name: finding.componentName,
  version: finding.componentVersion,
  purl: finding.purl,
});

const reachFact = (
  row: { functions: string[] | null; reason: string; byName: string; at: Date } | undefined,
): ReachFact | null =>
  row === undefined || row.functions === null
    ? null
    : { functions: row.functions, reason: row.reason, by: row.byName, at: row.at.toISOString() };

const withoutUndone = <T extends { undoneBy: string | null }>({ undoneBy: _, ...decision }: T) => decision;

const MOST_WAITING = 50;

/** What waits for an answer from the bedside, worst first. */
export async function readWaiting(trx: Trx, scope: Scope): Promise<Waiting[]> {
  const ids = BEDSIDE_QUESTIONS.map(({ id }) => id);
  const rows = await risks.waitingAtBedside(trx, scope, ids, MOST_WAITING);
  if (rows.length === 0) return [];
  const findings = new Map(
    (
      await lists.findFindings(
        trx,
        scope,
        rows.map((row) => row.findingId),
      )
    ).map((finding) => [finding.id, finding]),
  );
  return rows.flatMap((row) => {
    const finding = findings.get(row.findingId);
    if (finding === undefined) return [];
    return [
      {
        advisory: row.advisory,
        title: row.title,
        device: { id: row.deviceId, name: row.deviceName },
        release: { id: row.releaseId, version: row.version },
        functions: finding.deviceFunctions,
        harm: harmOfLevel(row.harm),
        exploited: finding.exploited !== null,
        standsHere: standsHere(finding),
        answered: row.answered,
        decided: row.risk,
      },
    ];
  });
}
