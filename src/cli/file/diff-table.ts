import Table from "cli-table3";
import { wordFor } from "../../features/security-file/check/structure.ts";
import { said } from "../../features/security-file/diff/said.ts";
import type { FileDiff } from "../../features/security-file/diff/schema.ts";
import { plain } from "../run-action.ts";
import { styleFor } from "../style.ts";

const MAX_ROWS = 200;

/** A difference for a terminal: the proposal first, then what changed, then what no longer holds. */
export function diffTable(diff: FileDiff): string {
  const style = styleFor(process.stdout);
  const { proposal, counts, items, head, invalidated } = diff;
  const may = proposal.impact === "may-impact";
  const title = may ? style.alarm("May impact cybersecurity") : style.good("Unlikely to impact cybersecurity");
  const reasons = proposal.reasons.slice(0, 20).map(({ because }) => `  - ${plain(because)}`);
  const more = proposal.reasons.length > 20 ? [`  - and ${proposal.reasons.length - 20} more`] : [];
  const documents = proposal.documents.map(({ name, basis }) => `  - ${name} (${basis})`);
  const changes = table(
    ["", "What", "Field", "Before", "After"],
    [9, 34, 26, 32, 32],
    [
      ...head.map((field) => ["changed", "the whole file", field.field, said(field, "before"), said(field, "after")]),
      ...items.flatMap(({ change, kind, name, id, fields }) =>
        fields.length === 0
          ? [[change, `${wordFor(kind)} ${name} (${id})`, "", "", ""]]
          : fields.map((field, i) => [
              i === 0 ? change : "",
              i === 0 ? `${wordFor(kind)} ${name} (${id})` : "",
              field.field,
              said(field, "before"),
              said(field, "after"),
            ]),
      ),
    ],
  );
  const broken = table(
    ["No longer holds", "Because", "To do"],
    [40, 50, 46],
    invalidated.map(({ kind, name, id, because, todo }) => [
      `${wordFor(kind)} ${name} (${id})`,
      because.map((one) => one.name).join(" → "),
      todo,
    ]),
  );
  return [
    `${counts.added} added, ${counts.removed} removed, ${counts.changed} changed; ${invalidated.length} no longer hold.`,
    ...(changes === "" ? [] : ["", changes]),
    ...(broken === "" ? [] : ["", broken]),
    "",
    `${title} (FDA premarket guidance ${proposal.section}: a proposal, a person decides), because`,
    ...reasons,
    ...more,
    "A submission holds then",
    ...documents,
  ].join("\n");
}

function table(head: string[], colWidths: number[], rows: readonly string[][]): string {
  if (rows.length === 0) return "";
  const out = new Table({ head, colWidths, wordWrap: true, style: { head: [], border: [], compact: true } });
  for (const row of rows.slice(0, MAX_ROWS)) out.push(row.map(plain));
  const more = rows.length > MAX_ROWS ? `\n${rows.length - MAX_ROWS} more lines: --format json has all` : "";
  return `${out.toString()}${more}`;
}
