import { wordFor } from "../../features/security-file/check/structure.ts";
import type { FileDiff, ItemName } from "../../features/security-file/diff/schema.ts";
import { plain } from "../run-action.ts";
import { said } from "./diff-table.ts";

/** A difference as Markdown, for a review of the change. */
export function diffMarkdown({ counts, items, head, invalidated, proposal }: FileDiff): string {
  const fields = [
    ...head.map((field) => ({ ...field, of: "The whole file" })),
    ...items.flatMap((one) => one.fields.map((field) => ({ ...field, of: named(one) }))),
  ];
  const whole = items.filter((one) => one.fields.length === 0);
  return [
    "## Security file, release to release",
    "",
    `${counts.added} added, ${counts.removed} removed, ${counts.changed} changed; ${invalidated.length} no longer hold.`,
    "",
    `### ${proposal.impact === "may-impact" ? "May impact cybersecurity" : "Unlikely to impact cybersecurity"}`,
    "",
    `A proposal by FDA premarket guidance ${proposal.section}; a person decides.`,
    "",
    ...proposal.reasons.map(({ because }) => `- ${cell(because)}`),
    "",
    "A submission holds then:",
    "",
    ...proposal.documents.map(({ name, basis }) => `- ${cell(name)} (${cell(basis)})`),
    ...section(
      "Added and removed",
      ["", "What"],
      whole.map((one) => [one.change, named(one)]),
    ),
    ...section(
      "Changed",
      ["What", "Field", "Before", "After"],
      fields.map((field) => [field.of, field.field, said(field, "before"), said(field, "after")]),
    ),
    ...section(
      "No longer holds",
      ["What", "Because", "To do"],
      invalidated.map((one) => [named(one), one.because.map(({ name }) => name).join(" → "), one.todo]),
    ),
  ].join("\n");
}

const named = ({ kind, name, id }: ItemName) => `${wordFor(kind)} ${name} (${id})`;

/** Text that stays one cell and no markup: names come from files of others. */
const cell = (text: string) => plain(text).replace(/[\\`*_[\]<>|#!]/g, "\\$&");

function section(title: string, head: readonly string[], rows: readonly string[][]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return ["", `### ${title}`, "", line(head), line(head.map(() => "---")), ...rows.map((row) => line(row.map(cell)))];
}
