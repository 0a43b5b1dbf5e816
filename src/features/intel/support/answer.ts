import type { SupportRecord, SupportStatement } from "../schema.ts";
import { covers } from "../versions/range.ts";
import { chooseCycle } from "./cycle.ts";
import { levelOn } from "./level.ts";
import type { Support, SupportRule } from "./schema.ts";

/** Not known, and what is missing. */
export const gap = (said: string, record: SupportRecord | null = null, rule: SupportRule = "none"): Support => ({
  level: "unknown",
  endsOn: null,
  cycle: null,
  latest: null,
  because: { rule, source: record?.source ?? null, record: record?.record ?? null, said },
});

/** What one record says of one version on a day. */
export function answerOf(record: SupportRecord, version: string | null, day: string, rule: SupportRule): Support {
  const { source, title, statement, cycles, extendedName } = record;
  const because = { rule, source, record: record.record };
  if (statement !== null) {
    const holds = statementHolds(statement, version, day);
    if (!holds) return gap(`${record.record} of ${source} is not about this version on this day`, record, rule);
    return {
      level: statement.level,
      endsOn: null,
      cycle: null,
      latest: null,
      because: { ...because, said: statement.said },
    };
  }
  if (version === null) return gap(`It has no version; ${source} knows ${title} by cycles`, record, rule);
  const choice = chooseCycle(version, cycles);
  if ("gap" in choice) return gap(`${title}: ${choice.gap}`, record, rule);
  const { said, ...level } = levelOn(choice.cycle, day, extendedName);
  const { cycle, latest } = choice.cycle;
  return { ...level, cycle, latest, because: { ...because, said: `${title} ${cycle}: ${said}` } };
}

/** A statement holds from the day after `since`. */
export function statementHolds({ since, versions }: SupportStatement, version: string | null, day: string): boolean {
  if (since !== null && day <= since) return false;
  if (versions === null) return true;
  const { scheme, intervals, exceptions, everyVersion } = versions;
  if (version === null) return everyVersion && exceptions.length === 0;
  if (exceptions.some((interval) => covers(scheme, interval, version))) return false;
  return everyVersion || intervals.some((interval) => covers(scheme, interval, version));
}

/** Of several records the one with the longest cycle name; unknown where such records disagree. Null without any. */
export function best(answers: readonly Support[]): Support | null {
  const known = answers.filter(({ level }) => level !== "unknown");
  const stated = known.find(({ cycle }) => cycle === null);
  if (stated !== undefined) return stated;
  const longest = Math.max(0, ...known.map(({ cycle }) => cycle?.length ?? 0));
  const [first, ...others] = known.filter(({ cycle }) => cycle?.length === longest);
  if (first === undefined) return answers[0] ?? null;
  const other = others.find(({ level, endsOn }) => level !== first.level || endsOn !== first.endsOn);
  if (other === undefined) return first;
  const { rule, source, record } = first.because;
  const said = `Two records disagree: ${first.because.said} (${record}); ${other.because.said} (${other.because.record})`;
  return { level: "unknown", endsOn: null, cycle: null, latest: null, because: { rule, source, record, said } };
}
