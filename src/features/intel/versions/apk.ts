import { compareDigits, compareText, endOfDigits, isDigit, type Sign } from "./scan.ts";

/** Token kinds of apk's version reader; of two versions that part ways, the one with the smaller kind next is newer. */
const FIRST = 0;
const DIGIT = 1;
const LETTER = 2;
const SUFFIX = 3;
const SUFFIX_NUMBER = 4;
const REVISION = 5;
const END = 6;
/** A dot with no digit behind it, and text no rule reads: older than any version proper. */
const EMPTY = 7;
const INVALID = 8;

const BEFORE = ["alpha", "beta", "pre", "rc"];
const AFTER = ["cvs", "svn", "git", "hg", "p"];

const DOT = 46;
const DASH = 45;
const UNDERSCORE = 95;
const SMALL_R = 114;

interface Cursor {
  text: string;
  at: number;
  kind: number;
  /** Where the token just taken starts. */
  from: number;
  /** What a letter or suffix is worth. */
  value: number;
}

const isLower = (code: number) => code >= 97 && code <= 122;

/** Which kinds may stand behind which. */
function follows(before: number, next: number): boolean {
  if (next === DIGIT || next === EMPTY) return before <= LETTER || before === EMPTY;
  if (next === SUFFIX) return before <= SUFFIX_NUMBER || before === EMPTY;
  return before <= next || before === EMPTY;
}

/** Decides the kind of the token at the cursor from the kind before it, and steps over its separator. */
function advance(cursor: Cursor): void {
  const { text, at, kind } = cursor;
  const code = text.charCodeAt(at);
  let next = INVALID;
  if (at >= text.length) next = END;
  else if ((kind <= DIGIT || kind === EMPTY) && isLower(code)) next = LETTER;
  else if (kind === LETTER && isDigit(code)) next = DIGIT;
  else if (kind === SUFFIX && isDigit(code)) next = SUFFIX_NUMBER;
  else if (code === DOT) {
    next = isDigit(text.charCodeAt(at + 1)) ? DIGIT : EMPTY;
    cursor.at++;
  } else if (code === UNDERSCORE) {
    next = SUFFIX;
    cursor.at++;
  } else if (code === DASH && text.charCodeAt(at + 1) === SMALL_R && !isLower(text.charCodeAt(at + 2))) {
    next = REVISION;
    cursor.at += 2;
  }
  cursor.kind = follows(kind, next) ? next : INVALID;
}

/** Steps over a suffix word; its value is negative for what comes before a release. */
function takeSuffix(cursor: Cursor): void {
  for (let i = 0; i < BEFORE.length; i++) {
    const word = BEFORE[i] ?? "";
    if (!cursor.text.startsWith(word, cursor.at)) continue;
    cursor.at += word.length;
    cursor.value = i - BEFORE.length;
    return;
  }
  for (let i = 0; i < AFTER.length; i++) {
    const word = AFTER[i] ?? "";
    if (!cursor.text.startsWith(word, cursor.at)) continue;
    cursor.at += word.length;
    cursor.value = i;
    return;
  }
  cursor.kind = INVALID;
  cursor.value = -BEFORE.length - 1;
}

/** Takes the token at the cursor; afterwards the cursor stands on the next one. */
function take(cursor: Cursor): void {
  const { text, at: from, kind } = cursor;
  cursor.from = from;
  cursor.value = 0;
  if (kind === LETTER) cursor.value = text.charCodeAt(cursor.at++);
  else if (kind === SUFFIX) {
    takeSuffix(cursor);
    if (cursor.at === from) return;
  } else if (kind !== EMPTY) cursor.at = endOfDigits(text, from);
}

const NUMERIC = new Set([FIRST, DIGIT, SUFFIX_NUMBER, REVISION]);

function compareToken(left: Cursor, right: Cursor): Sign {
  if (left.value !== right.value) return left.value < right.value ? -1 : 1;
  if (!NUMERIC.has(left.kind)) return 0;
  const a = left.text;
  const b = right.text;
  const aZero = a.charCodeAt(left.from) === 48;
  const bZero = b.charCodeAt(right.from) === 48;
  if (left.kind !== DIGIT || !(aZero || bZero)) return compareDigits(a, left.from, left.at, b, right.from, right.at);
  return compareText(a, left.from, left.at, b, right.from, right.at, false);
}

const cursorOf = (text: string): Cursor => ({ text, at: 0, kind: FIRST, from: 0, value: 0 });

/** Alpine's order (apk-tools): numbers (behind a dot, leading zeros compare as text), a letter, `_alpha` … `_p`, `-r` revision. */
function compare(a: string, b: string): Sign {
  const left = cursorOf(a);
  const right = cursorOf(b);
  while (left.kind === right.kind) {
    if (left.kind === END || left.kind === INVALID) return 0;
    take(left);
    take(right);
    const order = compareToken(left, right);
    if (order !== 0) return order;
    if (left.kind !== INVALID) advance(left);
    if (right.kind !== INVALID) advance(right);
  }
  if (left.kind === SUFFIX && isBefore(left)) return -1;
  if (right.kind === SUFFIX && isBefore(right)) return 1;
  return left.kind > right.kind ? -1 : 1;
}

function isBefore(cursor: Cursor): boolean {
  takeSuffix(cursor);
  return cursor.value < 0;
}

function parses(text: string): boolean {
  const cursor = cursorOf(text);
  if (!isDigit(text.charCodeAt(0))) return false;
  while (cursor.kind < END) {
    take(cursor);
    if (cursor.kind !== INVALID) advance(cursor);
  }
  return cursor.kind === END;
}

export const apk = { compare, parses };
