/** How a clock makes itself heard, in order of time. `started` tells the owner that it runs. */
export const STAGES = ["started", "half", "most", "last-day", "overdue"] as const;
export type Stage = (typeof STAGES)[number];

const DAY_MS = 86_400_000;

/** When each stage of a clock begins. A clock of a day or less has no `last-day`: its start is that already. */
export function stagesOf(startedAt: Date, dueAt: Date): { stage: Stage; at: Date }[] {
  const [start, due] = [startedAt.getTime(), dueAt.getTime()];
  const at: Record<Stage, number> = {
    started: start,
    half: start + (due - start) * 0.5,
    most: start + (due - start) * 0.8,
    "last-day": due - DAY_MS,
    overdue: due + 1,
  };
  return STAGES.filter((stage) => stage === "started" || at[stage] > start)
    .map((stage) => ({ stage, at: new Date(at[stage]) }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The latest stage reached, and when the next one comes; stages that passed unseen are not made up for one by one. */
export function stageAt(startedAt: Date, dueAt: Date, now: Date): { stage: Stage | null; nextAt: Date | null } {
  const stages = stagesOf(startedAt, dueAt);
  const reached = stages.filter(({ at }) => at <= now);
  return { stage: reached.at(-1)?.stage ?? null, nextAt: stages[reached.length]?.at ?? null };
}
