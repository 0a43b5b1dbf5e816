import { isDigit, type Sign, sign } from "./scan.ts";

/** Token kinds of apk's version reader; of two versions that part ways, the one with the smaller kind next is newer. */
const INVALID = -1;
const DIGIT_OR_ZERO = 0;
const DIGIT = 1;
const LETTER = 2;
const SUFFIX = 3;
const SUFFIX_NUMBER = 4;
const REVISION = 5;
const END = 6;

const BEFORE = ["alpha", "beta", "pre", "rc"];
const AFTER = ["cvs", "svn", "git", "hg", "p"];

interface Cursor {
  text: string;
  at: number;
  kind: number;
}

const isLower = (code: number) => code >= 97 && code <= 122;

/** Decides the kind of the token at the cursor from the kind before it, and steps over its separator. */
function advance(cursor: Cursor): void {
  const { text, at, kind } = cursor;
  const code = text.charCodeAt(at);
  let next = INVALID;
  if (at >= text.length) next = END;
  else if ((kind === DIGIT || kind === DIGIT_OR_ZERO) && isLower(code)) next = LETTER;
  else if (kind === LETTER && isDigit(code)) next = DIGIT;
  else if (kind === SUFFIX && isDigit(code)) next = SUFFIX_NUMBER;
  else {
    if (code === 46) next = DIGIT_OR_ZERO;
    else if (code === 95) next = SUFFIX;
    else if (code === 45 && text.charCodeAt(at + 1) === 114) {
      next = REVISION;
      cursor.at++;
    }
    cursor.at++;
  }
  const mayGoBack =
    (next === DIGIT_OR_ZERO && kind === DIGIT) ||
    (next === SUFFIX && kind === SUFFIX_NUMBER) ||
    (next === DIGIT && kind === LETTER);
  cursor.kind = next < kind && !mayGoBack ? INVALID : next;
}

function suffixValue(cursor: Cursor): number {
  const before = BEFORE.findIndex((word) => cursor.text.startsWith(word, cursor.at));
  const after = before === -1 ? AFTER.findIndex((word) => cursor.text.startsWith(word, cursor.at)) : -1;
  cursor.at += (BEFORE[before] ?? AFTER[after] ?? "").length;
  if (before >= 0) return before - BEFORE.length;
  if (after >= 0) return after;
  cursor.kind = INVALID;
  return -1;
}

/** Value of the token at the cursor; afterwards the cursor stands on the next one. */
function take(cursor: Cursor): number {
  const { text } = cursor;
  const from = cursor.at;
  if (from >= text.length) {
    cursor.kind = END;
    return 0;
  }
  let value = 0;
  let zeros = false;
  if (cursor.kind === DIGIT_OR_ZERO && text.charCodeAt(from) === 48) {
    while (text.charCodeAt(cursor.at) === 48) cursor.at++;
    value = from - cursor.at;
    zeros = true;
  } else if (cursor.kind === LETTER) {
    value = text.charCodeAt(cursor.at++);
  } else if (cursor.kind === SUFFIX) {
    value = suffixValue(cursor);
    if (cursor.at === from) return value;
  } else if (cursor.kind !== INVALID) {
    while (isDigit(text.charCodeAt(cursor.at))) value = value * 10 + text.charCodeAt(cursor.at++) - 48;
  } else return -1;
  if (cursor.at >= text.length) cursor.kind = END;
  else if (zeros) cursor.kind = DIGIT;
  else advance(cursor);
  return value;
}

/** Alpine's order: digits (leading zeros behind a dot sort low), letter, `_alpha … _p` suffixes, `-r` revision. */
function compare(a: string, b: string): Sign {
  const left: Cursor = { text: a, at: 0, kind: DIGIT };
  const right: Cursor = { text: b, at: 0, kind: DIGIT };
  let difference = 0;
  while (difference === 0 && left.kind === right.kind && left.kind !== END && left.kind !== INVALID) {
    const value = take(left);
    const other = take(right);
    difference = value < other ? -1 : value > other ? 1 : 0;
  }
  if (difference !== 0) return sign(difference);
  if (left.kind === right.kind) return 0;
  if (left.kind === SUFFIX && take(left) < 0) return -1;
  if (right.kind === SUFFIX && take(right) < 0) return 1;
  return left.kind > right.kind ? -1 : left.kind < right.kind ? 1 : 0;
}

function parses(text: string): boolean {
  const cursor: Cursor = { text, at: 0, kind: DIGIT };
  if (!isDigit(text.charCodeAt(0))) return false;
  while (cursor.kind !== END && cursor.kind !== INVALID) take(cursor);
  return cursor.kind === END;
}

export const apk = { compare, parses };
