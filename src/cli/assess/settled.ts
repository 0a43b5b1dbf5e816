import type { Assessment, Settled } from "../../features/intel/assess/schema.ts";
import type { VexPart, VexStatement } from "../../features/intel/vex/schema.ts";
import { plain } from "../run-action.ts";
import type { Style } from "../style.ts";
import { count, labelOf } from "./sentences.ts";

const SHOWN = 12;

/** Why a finding is settled, in one line: what is said, why, by whom, when. */
export function becauseSentence({ vex }: Settled): string {
  const said = vex.status === "fixed" ? "fixed" : "not affected";
  const reason = vex.justification?.replaceAll("_", " ") ?? null;
  const because = [reason, vex.impact ?? vex.note].filter((one) => one !== null).join(": ");
  const who = [vex.author, vex.issuedAt?.slice(0, 10) ?? "not dated"].filter((one) => one !== null).join(", ");
  return `${said}${because === "" ? "" : ` (${because})`}, ${who}`;
}

/** How much of the VEX that was given met a finding; null where none was given. */
export function vexSentence({ settled = [], vex }: Assessment): string | null {
  if (vex === undefined) return null;
  const refused = vex.refused.length === 0 ? "" : `, ${count(vex.refused.length, "statement or file")} refused`;
  return `VEX: ${count(vex.statements, "statement")}, ${vex.used} met a finding, ${count(settled.length, "finding")} settled${refused}.`;
}

/** The settled findings as a short list of their own, then statements that met nothing and what was refused. */
export function settledLines(assessment: Assessment, style: Style, all: boolean): string[] {
  const sentence = vexSentence(assessment);
  const { settled = [], vex } = assessment;
  if (sentence === null || vex === undefined) return [];
  const lines = <T>(items: readonly T[], show: (item: T) => string) => [
    ...(all ? items : items.slice(0, SHOWN)).map((item) => `  ${plain(show(item))}`),
    ...(all || items.length <= SHOWN ? [] : [style.quiet(`  … and ${items.length - SHOWN} more (--all shows them)`)]),
  ];
  return [
    style.strong(sentence),
    ...lines(settled, (one) => `${labelOf(one.component)}: ${one.advisory} ${becauseSentence(one)}`),
    ...(vex.unused.length === 0 ? [] : [style.quiet(`Met no finding: ${count(vex.unused.length, "statement")}`)]),
    ...(all ? lines(vex.unused, unusedSentence) : lines(vex.unused.slice(0, 3), unusedSentence)),
    ...(vex.refused.length === 0 ? [] : [style.warn("Refused:")]),
    ...lines(vex.refused, ({ at, reason }) => `${at}: ${reason}`),
  ];
}

export function unusedSentence({ vulnerabilities, products, subcomponents, status, source }: VexStatement): string {
  const parts = subcomponents.length > 0 ? `${namesOf(subcomponents)} in ${namesOf(products)}` : namesOf(products);
  return `${vulnerabilities[0] ?? ""} ${status.replaceAll("_", " ")}: ${parts} (${source.document} ${source.at})`;
}

function namesOf(parts: readonly VexPart[]): string {
  const [first] = parts;
  const name = first?.purls[0] ?? first?.cpes[0] ?? first?.name ?? first?.ref ?? "a part without identity";
  return parts.length > 1 ? `${name} and ${parts.length - 1} more` : name;
}
