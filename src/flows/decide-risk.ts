import { recordOnDevices, takeRelease } from "../features/devices/devices.ts";
import { lists } from "../features/intel/intel.ts";
import { type About, keepAnswer, risks } from "../features/risk/risk.ts";
import type { Asked, NewAnswer, NewRiskDecision, Question, Risk, RiskWord } from "../features/risk/schema.ts";
import type { Clock, ClockSubject } from "../features/work/clocks/schema.ts";
import { clocksOf, startClocks, voidClock } from "../features/work/work.ts";
import { Fault } from "../lib/fault.ts";
import { newId } from "../lib/ids.ts";
import { storable } from "../lib/storable.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { weighRisk } from "./read-risk.ts";

/** What others need of a decision: whoever starts a clock counts from `learnedAt`. */
export interface RiskDecided {
  decisionId: string;
  releaseId: string;
  deviceId: string;
  advisory: string;
  risk: RiskWord;
  decidedAt: Date;
  learnedAt: Date;
}

/**
 * Somebody answered questions about a risk: each answer is kept with who, when and what was proposed. Fault `not_allowed` for a
 * question asked of others, `bad_input` for one that does not exist, an answer it does not have, or one against our proposal without a reason.
 */
export async function answerRisk(
  trx: Trx,
  scope: Scope,
  about: About,
  answers: readonly NewAnswer[],
  isMine: (of: Asked) => boolean,
  now: Date,
): Promise<void> {
  await takeRelease(trx, scope, about.releaseId);
  const { risk, advisory, deviceId } = await weighRisk(trx, scope, about);
  const questions = new Map(
    [...risk.rubric.questions, ...risk.ssvcQuestions, ...risk.bedside].map((one) => [one.id, one]),
  );
  const stories = [];
  for (const given of answers) {
    const question = questions.get(given.question);
    refuseWrong(question, given, isMine);
    const id = await keepAnswer(trx, scope, { releaseId: about.releaseId, advisory }, given, question.proposed, now);
    stories.push({
      action: given.answer === null ? "risk.answer-taken-back" : "risk.answered",
      subject: { type: "risk-answer", id },
      before: question.answered,
      after: { advisory, ...given },
      deviceId,
      releaseId: about.releaseId,
    });
  }
  await recordOnDevices(trx, scope, stories);
}

function refuseWrong(
  question: Question | undefined,
  { question: id, answer, note }: NewAnswer,
  isMine: (of: Asked) => boolean,
): asserts question is Question {
  if (question === undefined) throw new Fault("bad_input", `There is no question ${id}`, { at: "answers" });
  if (!isMine(question.of))
    throw new Fault("not_allowed", `${id} is asked of ${question.of.replace("-", " ")}`, {
      at: "answers",
      fix: "Ask somebody with that role",
    });
  if (answer === null) return;
  if (!question.choices.some((choice) => choice.answer === answer))
    throw new Fault("bad_input", `${answer} is no answer to ${id}`, {
      at: "answers",
      fix: `It is one of ${question.choices.map((choice) => choice.answer).join(", ")}`,
    });
  if (question.proposed !== null && question.proposed.answer !== answer && note === "")
    throw new Fault("bad_input", `The device's file says otherwise: ${question.proposed.because}`, {
      at: "note",
      fix: "Say why",
    });
}

/**
 * Somebody decided whether the risk is controlled: kept with who, when, why and what we proposed. An uncontrolled risk starts the
 * clocks that count from when it was learned of; those that run from another day are void and start anew. Fault `conflict` when somebody answered or decided meanwhile, `bad_input` when the
 * decision goes against a proposal without a reason, or the day it was learned is to come.
 */
export async function decideRisk(
  trx: Trx,
  scope: Scope,
  about: About,
  { risk: decided, why, learnedAt, revision }: NewRiskDecision,
  now: Date,
): Promise<RiskDecided> {
  await takeRelease(trx, scope, about.releaseId);
  const { risk, advisory, deviceId, basisHash, foundAt } = await weighRisk(trx, scope, about);
  if (revision !== risk.revision)
    throw new Fault("conflict", "Somebody answered or decided meanwhile", {
      at: "revision",
      fix: "Look at it again, then decide",
    });
  if (why === "" && (decided !== risk.proposal.risk || !risk.proposal.clear))
    throw new Fault(
      "bad_input",
      decided === risk.proposal.risk ? "The proposal is not clear" : "The proposal says otherwise",
      {
        at: "why",
        fix: "Say why",
      },
    );
  const learned = learnedAt === undefined ? new Date(risk.decision?.learnedAt ?? foundAt) : new Date(learnedAt);
  if (learned > now) throw new Fault("bad_input", "It cannot have been learned of in the future", { at: "learnedAt" });
  const event: RiskDecided = {
    decisionId: newId(),
    releaseId: about.releaseId,
    deviceId,
    advisory,
    risk: decided,
    decidedAt: now,
    learnedAt: learned,
  };
  await risks.insertDecision(trx, scope, {
    id: event.decisionId,
    ...{ releaseId: about.releaseId, deviceId, advisory, basisHash, risk: decided },
    why: storable(why),
    proposal: JSON.stringify(risk.proposal),
    decidedById: scope.actor.id,
    decidedBy: scope.actor.name,
    decidedAt: now,
    learnedAt: learned,
    undoneAt: null,
    undoneBy: null,
  });
  await recordOnDevices(trx, scope, [
    {
      action: `risk.decided-${decided}`,
      subject: { type: "risk-decision", id: event.decisionId },
      before: risk.decision,
      after: { advisory, risk: decided, why, learnedAt: learned, proposal: risk.proposal },
      deviceId,
      releaseId: about.releaseId,
    },
  ]);
  if (decided === "uncontrolled") await startRiskClocks(trx, scope, event, risk, why, now);
  return event;
}

const subjectOf = (releaseId: string, advisory: string) => ({ type: "risk", id: `${releaseId}:${advisory}` });

async function startRiskClocks(trx: Trx, scope: Scope, event: RiskDecided, risk: Risk, why: string, now: Date) {
  const [running] = await clocksUnder(trx, scope, event.releaseId, [event.advisory, ...risk.aliases], now);
  const subject = running?.subject ?? {
    ...subjectOf(event.releaseId, event.advisory),
    label: `${event.advisory} in ${risk.device.name} ${risk.release.version}`,
    deviceId: event.deviceId,
  };
  const reasons = why === "" ? risk.proposal.reasons.join(". ") : why;
  await countFrom(trx, scope, subject, event.learnedAt, `Decided uncontrolled by ${scope.actor.name}. ${reasons}`, now);
}

/** Clocks of a risk that are not void; its vulnerability may have had another name when they were started. */
async function clocksUnder(trx: Trx, scope: Scope, releaseId: string, names: readonly string[], now: Date) {
  const all: Clock[] = [];
  for (const name of new Set(names)) all.push(...(await clocksOf(trx, scope, subjectOf(releaseId, name), now)));
  return all.filter(({ voided }) => voided === null);
}

const isRunning = ({ state }: Clock) => state === "running" || state === "late";
const countsFrom = ({ startedAt }: Clock, learnedAt: Date) => Date.parse(startedAt) === learnedAt.getTime();

/** Starts the clocks of an uncontrolled risk; those that run from another day are void, and start anew from this one. */
async function countFrom(
  trx: Trx,
  scope: Scope,
  subject: ClockSubject,
  learnedAt: Date,
  text: string,
  now: Date,
): Promise<void> {
  const reason = "It was learned of on another day: counted anew";
  for (const clock of await clocksOf(trx, scope, subject, now))
    if (isRunning(clock) && !countsFrom(clock, learnedAt))
      await voidClock(trx, scope, { id: clock.id, revision: clock.revision, reason }, now);
  await startClocks(trx, scope, { event: "uncontrolled-risk-decided", subject, learnedAt, evidence: { text }, now });
}

/**
 * Takes the newest decision back; clocks it started are voided. Fault `not_found`, or `conflict` when another was made after it or
 * somebody already did what a clock of it asks for.
 */
export async function undoRisk(trx: Trx, scope: Scope, id: string, now: Date): Promise<About> {
  const decision = await risks.findDecision(trx, scope, id);
  if (decision === undefined) throw new Fault("not_found", "There is no such decision", { at: "id" });
  const { releaseId, deviceId, advisory } = decision;
  await takeRelease(trx, scope, releaseId);
  const line = await lists.findVulnerability(trx, scope, advisory);
  const names = line === undefined ? [advisory] : [line.advisory, ...line.aliases, advisory];
  const standing = (await risks.decisionsOf(trx, scope, releaseId, names)).filter((one) => one.undoneAt === null);
  if (standing[0]?.id !== id)
    throw new Fault("conflict", "It was decided again or taken back since", {
      at: "id",
      fix: "Look at the newest decision",
    });
  const [, earlier] = standing;
  const clocks = await clocksUnder(trx, scope, releaseId, names, now);
  if (earlier?.risk === "uncontrolled") {
    const other = clocks.find((clock) => isRunning(clock) && !countsFrom(clock, earlier.learnedAt));
    const text = `The decision of ${earlier.decidedBy} counts again`;
    if (other !== undefined) await countFrom(trx, scope, other.subject, earlier.learnedAt, text, now);
  } else
    for (const clock of clocks) {
      if (clock.stop !== null)
        throw new Fault("conflict", `“${clock.task}” was done because of it`, {
          at: "id",
          fix: "Decide anew instead: what was done stays",
        });
      await voidClock(
        trx,
        scope,
        { id: clock.id, revision: clock.revision, reason: "The decision was taken back" },
        now,
      );
    }
  await risks.undoDecision(trx, scope, id, now);
  await recordOnDevices(trx, scope, [
    {
      action: "risk.decision-undone",
      subject: { type: "risk-decision", id },
      before: { risk: decision.risk, why: decision.why },
      after: standing[1] === undefined ? null : { risk: standing[1].risk, why: standing[1].why },
      deviceId,
      releaseId,
    },
  ]);
  return { releaseId, advisory };
}
