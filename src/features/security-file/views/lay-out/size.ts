import type { Box, Line, Socket } from "../picture.ts";
import { PORT_STATE_WORD } from "../words.ts";
import { cut, textWidth, wrap } from "./text.ts";

export const NAME_SIZE = 17;
export const SUB_SIZE = 11;
export const ROW_HEIGHT = 20;
export const NAME_LINE = 20;
export const SUB_LINE = 15;
export const LABEL_HEIGHT = 18;
const MIN_WIDTH = 132;
const MAX_WIDTH = 216;
const PADDING = 14;
const HEAD_PADDING = 9;
/** Room for the figure over a name. */
export const FIGURE_HEIGHT = 26;

/** What stands in a box, broken into lines, and how large that makes it. */
export interface BoxText {
  width: number;
  height: number;
  /** Height of the part above the interfaces. */
  head: number;
  name: string[];
  sub: string[];
  rows: { socket: Socket; text: string }[];
}

const rowText = ({ name, state }: Socket) => (state === "used" ? name : `${name} (${PORT_STATE_WORD[state]})`);

export function boxText(box: Pick<Box, "name" | "sub" | "sockets" | "shape">): BoxText {
  const widest = Math.max(
    textWidth(box.name, NAME_SIZE) > MAX_WIDTH - 2 * PADDING ? MAX_WIDTH : textWidth(box.name, NAME_SIZE) + 2 * PADDING,
    Math.min(textWidth(box.sub, SUB_SIZE) + 2 * PADDING, MAX_WIDTH),
    ...box.sockets.map((socket) => textWidth(rowText(socket), SUB_SIZE) + 2 * PADDING),
  );
  const width = Math.ceil(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, widest)) / 4) * 4;
  const room = width - 2 * PADDING;
  const name = wrap(box.name, NAME_SIZE, room, 3);
  const sub = box.sub === "" ? [] : wrap(box.sub, SUB_SIZE, room, 2);
  const figure = box.shape === "user" || box.shape === "patients" ? FIGURE_HEIGHT : 0;
  const head = 2 * HEAD_PADDING + figure + name.length * NAME_LINE + sub.length * SUB_LINE;
  const rows = box.sockets.map((socket) => ({ socket, text: cut(rowText(socket), SUB_SIZE, room) }));
  return { width, height: head + (rows.length === 0 ? 0 : rows.length * ROW_HEIGHT + 8), head, name, sub, rows };
}

/** Height of the middle of an interface's row, from the top of the box. */
export const rowMiddle = (text: Pick<BoxText, "head">, row: number): number =>
  text.head + row * ROW_HEIGHT + ROW_HEIGHT / 2;

const LABEL_MOST = 112;
const MARK = 17;

/** The words of a line, cut to a width. */
export const lineText = (line: Pick<Line, "label">, most = LABEL_MOST): string =>
  most === 0 ? "" : cut(line.label, SUB_SIZE, most);

/** Signs before the words of a line: its number, a lock, a command, code. */
export function lineMarks(
  line: Pick<Line, "number" | "encrypted" | "carries">,
): ("number" | "lock" | "command" | "code")[] {
  return [
    ...(line.number === null ? [] : (["number"] as const)),
    ...(line.encrypted ? (["lock"] as const) : []),
    ...(line.carries.includes("command") ? (["command"] as const) : []),
    ...(line.carries.includes("code") ? (["code"] as const) : []),
  ];
}

export const numberWidth = (number: string): number => Math.max(16, textWidth(number, SUB_SIZE) + 9);

/** Width of a label whose words are at most so wide. */
export function labelWidth(line: Line, most = LABEL_MOST): number {
  const marks = lineMarks(line).reduce(
    (sum, mark) => sum + (mark === "number" ? numberWidth(line.number ?? "") + 3 : MARK),
    0,
  );
  return Math.ceil(marks + textWidth(lineText(line, most), SUB_SIZE) + 12);
}
