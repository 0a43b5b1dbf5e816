import type { SupportCycle, SupportEnd } from "../schema.ts";
import type { Support } from "./schema.ts";

type Level = Pick<Support, "level" | "endsOn"> & { said: string };

/** An end's own day still counts as supported. `day` as `2026-11-01`; such texts compare as days. */
const isOver = (end: SupportEnd, day: string): boolean => end === "ended" || (isDay(end) && day > end);
const isDay = (end: SupportEnd): end is string => end !== null && end !== "open" && end !== "ended";
const dayIn = (end: SupportEnd): string | null => (isDay(end) ? end : null);

/** What a cycle's dates mean on a day. Extended support counts as `limited`: only those who have it are served. */
export function levelOn(cycle: SupportCycle, day: string, extendedName: string | null): Level {
  const { activeUntil, securityUntil, extendedUntil } = cycle;
  const extended = extendedName ?? "Extended support";
  if (securityUntil === null)
    return { level: "unknown", endsOn: null, said: "The record does not say how long it is supported" };
  if (!isOver(securityUntil, day)) {
    const only = isOver(activeUntil, day);
    const until = isDay(securityUntil) ? `until ${securityUntil}` : "with no end announced";
    return {
      level: only ? "security-only" : "active",
      endsOn: dayIn(securityUntil),
      said: only ? `Only security fixes, ${until}; active support ended${on(activeUntil)}` : `Supported ${until}`,
    };
  }
  const over = `Support ended${on(securityUntil)}`;
  if (extendedUntil === null) return { level: "ended", endsOn: dayIn(securityUntil), said: over };
  if (isOver(extendedUntil, day))
    return {
      level: "ended",
      endsOn: latestDay(securityUntil, extendedUntil),
      said: `${over}, ${extended}${on(extendedUntil)}`,
    };
  const runs = isDay(extendedUntil) ? `runs until ${extendedUntil}` : "runs with no end announced";
  return {
    level: "limited",
    endsOn: dayIn(extendedUntil),
    said: `${over}; ${extended} ${runs}, for those who have it`,
  };
}

const on = (end: SupportEnd): string => (isDay(end) ? ` on ${end}` : ", on a day not stated");

/** Where one of two ended supports has no day, the later of them is not known. */
const latestDay = (a: SupportEnd, b: SupportEnd): string | null => (isDay(a) && isDay(b) ? (a > b ? a : b) : null);
