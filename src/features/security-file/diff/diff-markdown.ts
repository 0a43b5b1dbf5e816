import { wordFor } from "../check/structure.ts";
import { said } from "./said.ts";
import type { FileDiff, ItemName } from "./schema.ts";

/** A difference as Markdown, for a review of the change. `releases` names them: "Pump: 4.1 to 4.2". */
export function diffMarkdown({ counts, items, head, invalidated, proposal }: FileDiff, releases?: string): string {
  const fields = [
    ...head.map((field) => ({ ...field, of: "The whole file" })),
    ...items.flatMap((one) => one.fields.map((field) => ({ ...field, of: named(one) }))),
  ];
  const whole = items.filter((one) => one.fields.length === 0);
  return [
    `## Security file, ${releases === undefined ? "release to release" : cell(releases)}`,
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
const cell = (text: string) => text.replace(/\p{Cc}+/gu, " ").replace(/[\\`*_[\]<>|#!]/g, "\\$&");

function section(title: string, head: readonly string[], rows: readonly string[][]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return ["", `### ${title}`, "", line(head), line(head.map(() => "---")), ...rows.map((row) => line(row.map(cell)))];
}
