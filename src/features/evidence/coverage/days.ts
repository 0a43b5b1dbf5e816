/** Days as whole numbers since 1970-01-01, so that spans are arithmetic. */
export const dayOf = (iso: string): number => Math.round(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / 86_400_000);
export const isoOfDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** From the first to the last day, both with. */
export interface Span {
  from: number;
  until: number;
}

/** The same days as spans that neither touch nor overlap, in order. */
export function unionOf(spans: readonly Span[]): Span[] {
  const union: Span[] = [];
  for (const { from, until } of [...spans].filter((one) => one.from <= one.until).sort((a, b) => a.from - b.from)) {
    const last = union.at(-1);
    if (last !== undefined && from <= last.until + 1) last.until = Math.max(last.until, until);
    else union.push({ from, until });
  }
  return union;
}

/** What of the spans lies in the period. */
export const clip = (spans: readonly Span[], period: Span): Span[] =>
  spans.flatMap(({ from, until }) => {
    const cut = { from: Math.max(from, period.from), until: Math.min(until, period.until) };
    return cut.from <= cut.until ? [cut] : [];
  });

/** Days of the period that are in none of the spans, which must be a union. */
export function without(period: Span, union: readonly Span[]): Span[] {
  const rest: Span[] = [];
  let from = period.from;
  for (const span of clip(union, period)) {
    if (span.from > from) rest.push({ from, until: span.from - 1 });
    from = span.until + 1;
  }
  return from <= period.until ? [...rest, { from, until: period.until }] : rest;
}

export const lengthOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, { from, until }) => sum + until - from + 1, 0);
