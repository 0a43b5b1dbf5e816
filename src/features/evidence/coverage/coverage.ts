import { clip, dayOf, isoOfDay, lengthOf, type Span, unionOf, without } from "./days.ts";
import type { Coverage, GapReason, ProofTarget, TargetCoverage } from "./schema.ts";

/** One proof of one target. `until` null: from its first day for as long as the target's freshness allows. */
export interface Proof {
  evidenceId: string;
  target: { kind: "control" | "test"; id: string };
  from: string;
  until: string | null;
  cameInOn: string;
  /** Findings in it without a disposition: while there is one, it proves nothing. */
  openFindings: number;
}

export interface CoverageQuestion {
  from: string;
  until: string;
  asOf: string;
  today: string;
}

/** Later than any day a proof may name. */
const NO_END = dayOf("9999-12-31");

/**
 * On which days of a period each target was proven, and why not on the others. A proof holds from its first day to its last; one
 * without a last day holds for the target's freshness, counted from its first. Days after today are left out.
 */
export function coverageOf(
  targets: readonly ProofTarget[],
  proofs: readonly Proof[],
  { from, until, asOf, today }: CoverageQuestion,
): Coverage {
  const period: Span = { from: dayOf(from), until: Math.min(dayOf(until), dayOf(today)) };
  const known = Map.groupBy(
    proofs.filter((proof) => proof.cameInOn <= asOf),
    ({ target }) => keyOf(target),
  );
  const covered = targets.map((target) => coverTarget(target, known.get(keyOf(target)) ?? [], period, dayOf(today)));
  const calendarDays = Math.max(0, period.until - period.from + 1);
  const counts = countDays(covered, period, calendarDays);
  return {
    from,
    until,
    asOf,
    today,
    targets: covered,
    days: counts.map((proven, i) => ({ on: isoOfDay(period.from + i), proven })),
    total: {
      days: calendarDays * targets.length,
      provenDays: covered.reduce((sum, { provenDays }) => sum + provenDays, 0),
      fullDays: targets.length === 0 ? 0 : counts.filter((count) => count === targets.length).length,
      calendarDays,
    },
  };
}

export const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind} ${id}`;

/** The days a proof holds for a target. */
export function spanOf(proof: Pick<Proof, "from" | "until">, freshnessDays: number | null): Span {
  const from = dayOf(proof.from);
  if (proof.until !== null) return { from, until: dayOf(proof.until) };
  return { from, until: freshnessDays === null ? NO_END : from + freshnessDays - 1 };
}

function coverTarget(target: ProofTarget, proofs: readonly Proof[], period: Span, today: number): TargetCoverage {
  const spans = proofs.map((proof) => ({ proof, ...spanOf(proof, target.freshnessDays) }));
  const sound = unionOf(spans.filter(({ proof }) => proof.openFindings === 0));
  const blocked = unionOf(spans.filter(({ proof }) => proof.openFindings > 0));
  const proven = clip(sound, period);
  const gaps = without(period, sound).flatMap((gap) => reasonsIn(gap, sound, blocked));
  const now = sound.find(({ from, until }) => from <= today && today <= until);
  return {
    ...target,
    days: Math.max(0, period.until - period.from + 1),
    provenDays: lengthOf(proven),
    proven: proven.map((span) => ({
      ...daysOf(span),
      evidence: spans
        .filter(({ proof, from, until }) => proof.openFindings === 0 && from <= span.until && until >= span.from)
        .map(({ proof }) => proof.evidenceId),
    })),
    gaps: gaps.map(({ reason, ...span }) => ({ ...daysOf(span), reason })),
    today:
      now !== undefined
        ? "proven"
        : (reasonsIn({ from: today, until: today }, sound, blocked)[0]?.reason ?? "never-proven"),
    provenUntil: now === undefined || now.until >= NO_END ? null : isoOfDay(now.until),
  };
}

const daysOf = ({ from, until }: Span) => ({ from: isoOfDay(from), until: isoOfDay(until) });

/** A gap cut at the days where a proof with open findings begins and ends, each part with its reason. */
function reasonsIn(gap: Span, sound: readonly Span[], blocked: readonly Span[]): (Span & { reason: GapReason })[] {
  const open = clip(blocked, gap).map((span) => ({ ...span, reason: "open-findings" as const }));
  const rest = without(gap, blocked).map((span) => ({
    ...span,
    reason: [...sound, ...blocked].some(({ until }) => until < span.from)
      ? ("expired" as const)
      : ("never-proven" as const),
  }));
  return [...open, ...rest].sort((a, b) => a.from - b.from);
}

/** How many targets were proven on each day: one step up where a span begins, one down after it ends. */
function countDays(targets: readonly TargetCoverage[], period: Span, length: number): number[] {
  const steps = new Array<number>(length + 1).fill(0);
  for (const { proven } of targets)
    for (const { from, until } of proven) {
      const [first, after] = [dayOf(from) - period.from, dayOf(until) - period.from + 1];
      steps[first] = (steps[first] ?? 0) + 1;
      steps[after] = (steps[after] ?? 0) - 1;
    }
  let count = 0;
  return steps.slice(0, length).map((step) => {
    count += step;
    return count;
  });
}
