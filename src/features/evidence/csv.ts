import { Fault } from "../../lib/fault.ts";

export interface CsvRow {
  row: string[];
  /** Line on which the row begins, from 1. */
  line: number;
}

const MOST_CELLS = 200;

/** Rows of RFC 4180 text; blank lines are left out. Fault `bad_input` with `name:line` where a quote never ends. */
export function* readCsv(text: string, name: string, firstLine: number): Generator<CsvRow, null, undefined> {
  const FIELD = /"((?:[^"]|"")*)"[^,\r\n]*|[^,\r\n]*/y;
  let line = firstLine;
  let at = 0;
  while (at < text.length) {
    const began = line;
    const row: string[] = [];
    for (;;) {
      FIELD.lastIndex = at;
      const [whole = "", quoted] = FIELD.exec(text) ?? [];
      if (text[at] === '"' && quoted === undefined)
        throw new Fault("bad_input", "A quoted cell never ends.", {
          at: `${name}:${began}`,
          fix: "Close the quotation mark",
        });
      row.push(quoted === undefined ? whole : quoted.replaceAll('""', '"'));
      if (row.length > MOST_CELLS)
        throw new Fault("bad_input", `A row has more than ${MOST_CELLS} cells.`, { at: `${name}:${began}` });
      line += whole.split("\n").length - 1;
      at += whole.length;
      if (text[at] !== ",") break;
      at++;
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    line++;
    if (row.length > 1 || row[0] !== "") yield { row, line: began };
  }
  return null;
}
