import { Fault } from "../../../lib/fault.ts";
import type { Loss } from "../schema.ts";
import { type Cell, type CellSheet, MDS2_GROUPS, type Mds2Answer, type Mds2Form, type Mds2Word } from "./schema.ts";

const ID = new RegExp(`^(${MDS2_GROUPS.join("|")})[ -]?(\\d{1,3}(?:\\.\\d{1,3}){0,3})$`, "i");
const MAX_TEXT = 4_000;
const MAX_NOTE = 8_000;

/**
 * The answers of a filled MDS2 form of 2019, wherever its sheets have the columns: question ids, an answer, a note. The questions
 * themselves are not kept. What cannot be used is named in place; Fault `bad_input` when no sheet holds answers.
 */
export function readMds2(sheets: readonly CellSheet[], name: string): Mds2Form {
  const answers = new Map<string, Mds2Answer>();
  const unanswered = new Set<string>();
  const losses: Loss[] = [];
  for (const sheet of sheets) {
    const layout = layoutOf(sheet);
    if (layout === null) continue;
    for (const { row, cells } of sheet.rows) {
      const at = (column: number | null) => cells.find((cell) => cell.column === column);
      const id = idIn(at(layout.id));
      if (id === null) continue;
      const place = `${sheet.name}!${row}`;
      const used = [at(layout.answer), at(layout.note)];
      if (used.some((cell) => cell?.formula === true)) {
        losses.push({ at: place, what: `${id} is answered by a formula, which is not worked out` });
        continue;
      }
      const text = used[0]?.text.trim() ?? "";
      const note = used[1]?.text.trim() ?? "";
      if (text === "" && note === "") {
        unanswered.add(id);
        continue;
      }
      const word = wordIn(text);
      if (text.length > MAX_TEXT || note.length > MAX_NOTE)
        losses.push({ at: place, what: `The text of ${id} is cut` });
      const answer = { id, word, text: word === null ? text.slice(0, MAX_TEXT) : "", note: note.slice(0, MAX_NOTE) };
      const known = answers.get(id);
      if (known === undefined) answers.set(id, answer);
      else if (JSON.stringify(known) !== JSON.stringify(answer))
        losses.push({ at: place, what: `${id} is answered twice, and not alike: the first counts` });
    }
  }
  if (answers.size === 0)
    throw new Fault("bad_input", "No sheet has a column of MDS2 question ids with answers beside it", {
      at: name,
      fix: "Give the filled form of MDS2 2019 (ids as MPII-1), with Yes, No, N/A or See Note as answers",
    });
  const ordered = [...answers.values()].sort((a, b) => rank(a.id) - rank(b.id));
  return { answers: ordered, unanswered: [...unanswered].filter((id) => !answers.has(id)), losses };
}

interface Layout {
  id: number;
  answer: number;
  note: number | null;
}

/** Which columns hold what: ids where most ids are, answers where most of the four words are, the note by its heading or next to it. */
function layoutOf({ rows }: CellSheet): Layout | null {
  const id = most(rows.flatMap(({ cells }) => cells.filter((cell) => idIn(cell) !== null)));
  if (id === null) return null;
  const asked = rows.filter(({ cells }) => cells.some((cell) => cell.column === id && idIn(cell) !== null));
  const answer = most(
    asked.flatMap(({ cells }) => cells.filter((cell) => cell.column !== id && wordIn(cell.text) !== null)),
  );
  if (answer === null) return null;
  const first = asked[0]?.row ?? 0;
  const headings = rows.filter(({ row }) => row < first).flatMap(({ cells }) => cells);
  const titled = headings.findLast(
    (cell) =>
      cell.column !== answer && cell.column !== id && /\bnotes?\b|comment/i.test(cell.text) && cell.text.length < 40,
  );
  const beside = asked.some(({ cells }) => cells.some((cell) => cell.column === answer + 1)) ? answer + 1 : null;
  return { id, answer, note: titled?.column ?? beside };
}

function most(cells: readonly Cell[]): number | null {
  const counts = [...Map.groupBy(cells, (cell) => cell.column)].sort(([, a], [, b]) => b.length - a.length);
  return counts[0]?.[0] ?? null;
}

function idIn(cell: Cell | undefined): string | null {
  if (cell === undefined || cell.formula) return null;
  const [, group = "", number = ""] = ID.exec(cell.text.trim()) ?? [];
  return group === "" ? null : `${group.toUpperCase()}-${number}`;
}

const WORDS: readonly (readonly [RegExp, Mds2Word])[] = [
  [/^yes$/i, "yes"],
  [/^no$/i, "no"],
  [/^(n\/?a|not applicable)$/i, "not-applicable"],
  [/^see notes?( *#? *\d+)?$/i, "see-note"],
];

const wordIn = (text: string): Mds2Word | null => WORDS.find(([shape]) => shape.test(text.trim()))?.[1] ?? null;

/** In the order of the form: by group, then number by number. */
function rank(id: string): number {
  const [group = "", number = ""] = id.split("-");
  const parts = number.split(".").map(Number);
  return [MDS2_GROUPS.indexOf(group as "DOC"), ...[0, 1, 2].map((i) => parts[i] ?? 0)].reduce(
    (sum, one) => sum * 1_000 + one,
    0,
  );
}
