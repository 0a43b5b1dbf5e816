import type { ClockFacts } from "./clock-facts.ts";
import type { Clock, ClockState } from "./schema.ts";

export function stateOf(clock: Pick<ClockFacts, "voidedAt" | "stoppedAt" | "dueAt">, now: Date): ClockState {
  if (clock.voidedAt !== null) return "voided";
  if (clock.stoppedAt !== null) return clock.stoppedAt > clock.dueAt ? "stopped-late" : "stopped";
  return now > clock.dueAt ? "late" : "running";
}

/** How much of its time a clock has used when it stopped, or by now: 0 at the start, above 1 when late. */
export const usedOf = (clock: Pick<ClockFacts, "startedAt" | "dueAt" | "stoppedAt">, now: Date): number =>
  Math.max(
    0,
    ((clock.stoppedAt ?? now).getTime() - clock.startedAt.getTime()) /
      Math.max(1, clock.dueAt.getTime() - clock.startedAt.getTime()),
  );

export function showClock(clock: ClockFacts, now: Date): Clock {
  const { definition: said } = clock;
  return {
    id: clock.id,
    clock: clock.clock,
    instrument: clock.instrument,
    title: said.title,
    edition: clock.edition,
    market: said.market,
    task: said.task,
    section: said.section,
    source: said.source,
    startsWhen: said.startsWhen,
    stopsWhen: said.stopsWhen,
    evidenceAsked: said.evidence,
    period: said.due,
    event: clock.event,
    subject: {
      type: clock.subjectType,
      id: clock.subjectId,
      label: clock.subjectLabel,
      deviceId: clock.deviceId,
    },
    owner: clock.ownerId === null ? null : { id: clock.ownerId, name: clock.ownerName ?? "" },
    state: stateOf(clock, now),
    timeZone: clock.timeZone,
    startedAt: clock.startedAt.toISOString(),
    startedBy: clock.startedBy,
    startEvidence: clock.startEvidence,
    dueAt: clock.dueAt.toISOString(),
    dueOn: clock.dueOn,
    toTheHour: "hours" in said.due,
    used: usedOf(clock, now),
    stop:
      clock.stoppedAt === null || clock.stopEvidence === null
        ? null
        : {
            at: clock.stoppedAt.toISOString(),
            by: clock.stoppedBy ?? "",
            recordedAt: (clock.stopRecordedAt ?? clock.stoppedAt).toISOString(),
            evidence: clock.stopEvidence,
          },
    voided:
      clock.voidedAt === null
        ? null
        : { at: clock.voidedAt.toISOString(), by: clock.voidedBy ?? "", reason: clock.voidReason ?? "" },
    revision: clock.revision,
  };
}
