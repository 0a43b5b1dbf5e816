import type { Report } from "../feed.ts";

export interface CsvRow {
  row: string[];
  /** Line on which the row begins, from 1. */
  line: number;
}

/** Rows of a comma-separated text (RFC 4180: quoted fields may hold commas, line ends and doubled quotes). Blank lines are left out. */
export function* readCsv(text: string, report: Report): Generator<CsvRow, void, undefined> {
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const began = line;
    const row: string[] = [];
    for (;;) {
      const field = text[at] === '"' ? quoted(text, at) : bare(text, at);
      if (field === null) {
        report(`line ${began}`, "A quoted field never ends");
        return;
      }
      row.push(field.value);
      line += field.lines;
      at = field.end;
      if (text[at] !== ",") break;
      at += 1;
    }
    if (text[at] === "\r") at += 1;
    if (text[at] === "\n") at += 1;
    line += 1;
    if (row.length > 1 || row[0] !== "") yield { row, line: began };
  }
}

interface Field {
  value: string;
  end: number;
  lines: number;
}

const FIELD = /[^,\r\n]*/y;

function bare(text: string, at: number): Field {
  FIELD.lastIndex = at;
  const value = FIELD.exec(text)?.[0] ?? "";
  return { value, end: at + value.length, lines: 0 };
}

function quoted(text: string, at: number): Field | null {
  let from = at + 1;
  let value = "";
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return null;
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      const rest = bare(text, quote + 1);
      return { value: value + rest.value, end: rest.end, lines: value.split("\n").length - 1 };
    }
    value += '"';
    from = quote + 2;
  }
}
