import { Fault } from "../../../lib/fault.ts";
import { compareUnderType } from "./vers-types.ts";

export type Comparator = "=" | "!=" | "<" | "<=" | ">" | ">=";

export interface Constraint {
  comparator: Comparator;
  version: string;
}

/** A version range specifier. `constraints: "*"` is every version, or none for the type `none`. */
export interface Vers {
  type: string;
  constraints: "*" | readonly Constraint[];
}

/** `strict` refuses what is not canonical; `lenient` sorts, drops blanks and stray pipes, and decodes any encoding. */
export type VersReading = "strict" | "lenient";

const MAX_LENGTH = 100_000;

const refuse = (at: string, reason: string, fix: string) =>
  new Fault("bad_input", `Not a version range (VERS): ${reason}`, { at, fix });

/** Reads a VERS text such as `vers:npm/>=1.0.0|<2.0.0`. Fault `bad_input` names the constraint that is wrong. */
export function parseVers(text: string, reading: VersReading = "lenient"): Vers {
  if (text.length > MAX_LENGTH) throw refuse("vers", `longer than ${MAX_LENGTH} characters`, "Shorten it");
  const bare = reading === "lenient" ? text.replace(/\s+/g, "") : text;
  if (/\s/.test(bare)) throw refuse("vers", "it holds a blank", "Leave blanks out");
  const [, typed, body] = /^vers:([^/]*)\/(.*)$/is.exec(bare) ?? [];
  if (typed === undefined || body === undefined)
    throw refuse("scheme", "it is not vers:type/constraints", "Write vers:npm/>=1.0.0|<2.0.0");
  const type = typed.toLowerCase();
  if (!/^[a-z][a-z0-9.-]*$/.test(type)) throw refuse("type", "the type is no name", "Letters, digits, . and -");
  if (type === "invalid")
    throw refuse("type", "the type invalid is reserved for what is invalid", "Name the ecosystem's type");
  if (body === "*") return checkCanonical({ type, constraints: "*" }, bare, reading);
  if (type === "all" || type === "none")
    throw refuse("constraints", `type ${type} takes only *`, `Write vers:${type}/*`);
  const parts = body.split("|");
  const kept = reading === "lenient" ? parts.filter((part) => part !== "") : parts;
  if (kept.length === 0) throw refuse("constraints", "there is none", "Write * for every version");
  const constraints = kept.map((part, index) => parseConstraint(part, index, reading));
  const compare = (a: Constraint, b: Constraint) => compareUnderType(type, a.version, b.version);
  if (reading === "lenient") return { type, constraints: constraints.toSorted(compare) };
  const small = type === "datetime" ? constraints.findIndex(({ version }) => /[tz]/.test(version)) : -1;
  if (small >= 0)
    throw refuse(`constraints[${small}]`, "a timestamp has a capital T and Z", "Write 2024-01-01T00:00:00Z");
  checkSequence(constraints, compare);
  return checkCanonical({ type, constraints }, bare, reading);
}

/** The text of a range, its constraints in the order given. */
export function formatVers({ type, constraints }: Vers): string {
  if (constraints === "*") return `vers:${type}/*`;
  const parts = constraints.map(
    ({ comparator, version }) => `${comparator === "=" ? "" : comparator}${encode(version)}`,
  );
  return `vers:${type}/${parts.join("|")}`;
}

/** Whether the version lies in the range (vers-spec, "Checking if a version is contained within a range"). */
export function versContains({ type, constraints }: Vers, version: string): boolean {
  if (constraints === "*") return type !== "none";
  const bounds: Bound[] = [];
  let unequal = false;
  for (const { comparator, version: bound } of constraints) {
    const order = compareUnderType(type, version, bound);
    if (order === 0 && comparator.endsWith("=") && comparator !== "!=") return true;
    if (order === 0 && comparator === "!=") return false;
    if (comparator === "!=") unequal = true;
    else if (comparator !== "=") bounds.push({ comparator, order });
  }
  if (bounds.length === 0) return unequal;
  return simplified(bounds).some((bound, i, all) => {
    if (bound.comparator.startsWith("<")) return i === 0 && bound.order < 0;
    const next = all[i + 1];
    return bound.order > 0 && (next === undefined || next.order < 0);
  });
}

interface Bound {
  comparator: Comparator;
  order: -1 | 0 | 1;
}

/** Of lower bounds in a row the first counts, of upper ones the last: the others are said already (vers-spec, "Simplifying"). */
const simplified = (bounds: readonly Bound[]): Bound[] =>
  bounds.filter(({ comparator }, i) =>
    comparator.startsWith(">")
      ? bounds[i - 1]?.comparator.startsWith(">") !== true
      : bounds[i + 1]?.comparator.startsWith("<") !== true,
  );

function parseConstraint(part: string, index: number, reading: VersReading): Constraint {
  const at = `constraints[${index}]`;
  if (part === "") throw refuse(at, "it is empty", "Leave out the extra |");
  const [, sign = "", coded = ""] = /^(>=|<=|!=|=|<|>)?(.*)$/s.exec(part) ?? [];
  if (coded === "") throw refuse(at, `"${sign}" has no version`, "Write the version behind it");
  if (/[<>=!*|]/.test(coded))
    throw refuse(at, "a sign stands where a version should", "Encode < > = ! * | in versions");
  const broken = reading === "strict" ? /%(?![0-9A-F]{2})/ : /%(?![0-9A-Fa-f]{2})/;
  if (broken.test(coded)) throw refuse(at, "broken percent-encoding", "Write % as %25, with capital hex digits");
  return { comparator: comparatorOf(sign), version: decode(coded, at) };
}

function comparatorOf(sign: string): Comparator {
  return sign === ">=" || sign === "<=" || sign === "!=" || sign === "<" || sign === ">" ? sign : "=";
}

/** Sorted, each version once, and of `<` and `>` in turn (vers-spec, "Normalized, canonical representation"). */
function checkSequence(constraints: readonly Constraint[], compare: (a: Constraint, b: Constraint) => number): void {
  let last: Comparator = "!=";
  constraints.forEach((constraint, index) => {
    const at = `constraints[${index}]`;
    const previous = constraints[index - 1];
    const order = previous === undefined ? -1 : compare(previous, constraint);
    if (order === 0) throw refuse(at, "its version stands there twice", "Name each version once");
    if (order > 0) throw refuse(at, "the versions are not in order", "Sort by version, oldest first");
    const { comparator } = constraint;
    if (comparator === "!=") return;
    const opened = last.startsWith(">");
    const closes = comparator.startsWith("<");
    if ((opened && !closes) || (last !== "!=" && !opened && closes))
      throw refuse(at, `${comparator} cannot follow ${last}`, "Leave out what is already said");
    last = comparator;
  });
}

function checkCanonical(range: Vers, text: string, reading: VersReading): Vers {
  if (reading === "strict" && formatVers(range) !== text)
    throw refuse("vers", "it is not canonical", `Write ${formatVers(range)}`);
  return range;
}

function decode(text: string, at: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new Fault("bad_input", "Not a version range (VERS): broken percent-encoding", {
      at,
      fix: "Use UTF-8",
      cause,
    });
  }
}

/** Signs with a meaning, and all that is not printable ASCII. */
const encode = (version: string) =>
  version
    .toWellFormed()
    .replace(/[><=!*|%]|[^!-~]/gu, (sign) => (sign === "*" ? "%2A" : sign === "!" ? "%21" : encodeURIComponent(sign)));
