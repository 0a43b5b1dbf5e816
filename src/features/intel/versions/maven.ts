import { compareDigits, endOfDigits, isDigit, looksLikeHash, type Sign, sign } from "./scan.ts";

/** Known qualifiers in their order; any other word comes after `sp`, by the alphabet (Maven POM reference). */
const QUALIFIERS: Record<string, number> = {
  alpha: 1,
  beta: 2,
  milestone: 3,
  rc: 4,
  cr: 4,
  snapshot: 5,
  "": 6,
  final: 6,
  ga: 6,
  release: 6,
  sp: 7,
};
const SHORT: Record<string, string> = { a: "alpha", b: "beta", m: "milestone" };
const RELEASE = 6;
const OTHER_WORD = 8;

interface Token {
  /** 0 word, 1 number behind a hyphen, 2 number behind a dot. */
  kind: 0 | 1 | 2;
  rank: number;
  text: string;
}

const isNull = (token: Token) => (token.kind === 0 ? token.rank === RELEASE : token.text === "");

function tokenOf(text: string, from: number, to: number, dotted: boolean): Token {
  if (from === to) return { kind: dotted ? 2 : 1, rank: 0, text: "" };
  if (isDigit(text.charCodeAt(from))) {
    let i = from;
    while (i < to && text.charCodeAt(i) === 48) i++;
    return { kind: dotted ? 2 : 1, rank: 0, text: text.slice(i, to) };
  }
  const word = text.slice(from, to);
  const full = (isDigit(text.charCodeAt(to)) ? SHORT[word] : undefined) ?? word;
  const rank = Object.hasOwn(QUALIFIERS, full) ? (QUALIFIERS[full] ?? OTHER_WORD) : OTHER_WORD;
  return { kind: 0, rank, text: rank === OTHER_WORD ? full : "" };
}

/** Splits at `.`, `-`, `_` and wherever digits meet letters; empties in front of a hyphen, a word and the end fall away. */
function tokens(version: string): Token[] {
  const text = version.toLowerCase();
  const list: Token[] = [];
  let dotted = true;
  for (let i = 0; i <= text.length; ) {
    let end = endOfDigits(text, i);
    if (end === i) while (end < text.length && !isBreak(text.charCodeAt(end)) && !isDigit(text.charCodeAt(end))) end++;
    const token = tokenOf(text, i, end, dotted);
    if (token.kind !== 2) trim(list);
    list.push(token);
    if (end >= text.length) break;
    const separated = isBreak(text.charCodeAt(end));
    dotted = separated && text.charCodeAt(end) === 46;
    i = separated ? end + 1 : end;
  }
  trim(list);
  return list;
}

const isBreak = (code: number) => code === 46 || code === 45 || code === 95;

function trim(list: Token[]): void {
  for (let last = list.at(-1); last !== undefined && isNull(last); last = list.at(-1)) list.pop();
}

/** Words before `sp` < the end < later words < `-number` < `.number`. */
function place(token: Token | undefined): number {
  if (token === undefined) return RELEASE - 0.5;
  return token.kind === 0 ? token.rank : OTHER_WORD + token.kind;
}

function compare(a: string, b: string): Sign {
  if (a === b) return 0;
  const left = tokens(a);
  const right = tokens(b);
  for (let i = 0; i < left.length || i < right.length; i++) {
    const x = left[i];
    const y = right[i];
    const difference = place(x) - place(y);
    if (difference !== 0) return sign(difference);
    if (x === undefined || y === undefined) return 0;
    const order =
      x.kind === 0
        ? sign(x.text < y.text ? -1 : x.text > y.text ? 1 : 0)
        : compareDigits(x.text, 0, x.text.length, y.text, 0, y.text.length);
    if (order !== 0) return order;
  }
  return 0;
}

const parses = (text: string) => isDigit(text.charCodeAt(0)) && !looksLikeHash(text);

export const maven = { compare, parses };
