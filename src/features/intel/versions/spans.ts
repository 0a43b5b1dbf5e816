import { Fault } from "../../../lib/fault.ts";
import type { Comparator, Constraint, Vers } from "./vers.ts";
import { compareUnderType } from "./vers-types.ts";

/** One unbroken stretch of versions, with single ones cut out of it. Null bounds are open. */
export interface Span {
  from: { version: string; inclusive: boolean } | null;
  to: { version: string; inclusive: boolean } | null;
  except: readonly string[];
}

export const EVERY: Span = { from: null, to: null, except: [] };

export const pointSpan = (version: string): Span => ({
  from: { version, inclusive: true },
  to: { version, inclusive: true },
  except: [],
});

/** What a range's text cannot mean, with the part at fault. */
export const unreadable = (part: string, fix: string) =>
  new Fault("bad_input", `This is no version range: "${part.slice(0, 60)}"`, { at: "range", fix });

/** What all constraints allow at once; null when no version can. */
export function intersectionOf(type: string, constraints: readonly Constraint[]): Span | null {
  let { from, to }: Span = EVERY;
  const except: string[] = [];
  const compare = (a: string, b: string) => compareUnderType(type, a, b);
  for (const { comparator, version } of constraints) {
    const bound = { version, inclusive: comparator.endsWith("=") };
    if (comparator === "!=") except.push(version);
    if (comparator.startsWith(">") || comparator === "=") {
      const order = from === null ? 1 : compare(version, from.version);
      if (order > 0 || (order === 0 && !bound.inclusive)) from = bound;
    }
    if (comparator.startsWith("<") || comparator === "=") {
      const order = to === null ? -1 : compare(version, to.version);
      if (order < 0 || (order === 0 && !bound.inclusive)) to = bound;
    }
  }
  const excepted = (at: Span["from"]) => at !== null && except.some((version) => compare(version, at.version) === 0);
  const within = except.filter(
    (version) => ![from, to].some((at) => at !== null && compare(version, at.version) === 0),
  );
  if (excepted(from)) from = from && { ...from, inclusive: false };
  if (excepted(to)) to = to && { ...to, inclusive: false };
  const order = from === null || to === null ? -1 : compare(from.version, to.version);
  const empty = order > 0 || (order === 0 && !(from?.inclusive === true && to?.inclusive === true));
  return empty ? null : { from, to, except: within };
}

/** The constraints of a VERS range that holds the spans: sorted, overlapping ones joined. Touching ones stay apart. */
export function unionOf(type: string, spans: readonly Span[]): Vers["constraints"] {
  const compare = (a: string, b: string) => compareUnderType(type, a, b);
  const sorted = spans.toSorted((a, b) => {
    if (a.from === null || b.from === null) return a.from === b.from ? 0 : a.from === null ? -1 : 1;
    return compare(a.from.version, b.from.version) || Number(b.from.inclusive) - Number(a.from.inclusive);
  });
  const joined: Span[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    const overlaps =
      last !== undefined && (last.to === null || span.from === null || compare(span.from.version, last.to.version) < 0);
    if (!overlaps) joined.push(span);
    else joined[joined.length - 1] = { from: last.from, to: laterEnd(last.to, span.to, compare), except: last.except };
  }
  if (joined.length === 0) throw unreadable("", "The parts exclude each other");
  const constraints = joined.flatMap(constraintsOf);
  return constraints.length === 0 ? "*" : constraints.toSorted((a, b) => compare(a.version, b.version));
}

function laterEnd(a: Span["to"], b: Span["to"], compare: (a: string, b: string) => number): Span["to"] {
  if (a === null || b === null) return null;
  const order = compare(a.version, b.version);
  return order > 0 || (order === 0 && a.inclusive) ? a : b;
}

function constraintsOf({ from, to, except }: Span): Constraint[] {
  const single = from !== null && from.version === to?.version;
  if (single) return [{ comparator: "=", version: from.version }];
  const bound = (sign: "<" | ">", at: Span["from"]): Constraint[] => {
    const comparator: Comparator = at?.inclusive === true ? `${sign}=` : sign;
    return at === null ? [] : [{ comparator, version: at.version }];
  };
  return [
    ...bound(">", from),
    ...except.map((version): Constraint => ({ comparator: "!=", version })),
    ...bound("<", to),
  ];
}
