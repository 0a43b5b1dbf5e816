export interface CsvRow {
  row: string[];
  /** Line on which the row begins, from 1. */
  line: number;
}

/** Rows of a comma-separated text (RFC 4180: quoted fields may hold commas, line ends and doubled quotes). Blank lines are left out. */
export function* readCsv(
  text: string,
  report: (at: string, reason: string) => void,
): Generator<CsvRow, void, undefined> {
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

/** A cell that a spreadsheet would take for a formula begins with one of these; also in full width, and after a tab or a line end. */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;

/** Rows as a comma-separated text (RFC 4180). What a spreadsheet would take for a formula gets a `'` in front: `openCell` takes it off. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");

function csvCell(text: string): string {
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/u.test(guarded) || guarded === "" ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** The text of a cell that `csvText` wrote. */
export const openCell = (cell: string): string => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell);
