import Table from "cli-table3";
import type { Assessment, Finding, Rating } from "../../features/intel/assess/schema.ts";
import { plain } from "../run-action.ts";
import type { Style } from "../style.ts";
import { wrap } from "../wrap.ts";
import {
  ageSentence,
  count,
  headSentence,
  labelOf,
  nextSentence,
  type PartSummary,
  partsByWorst,
  SCOPE_WORD,
} from "./sentences.ts";
import { settledLines } from "./settled.ts";
import { supportLines } from "./support-lines.ts";

export interface TableOptions {
  style: Style;
  /** Width of the terminal. */
  columns: number;
  /** Every finding and every unmatched component, not only the first. */
  all: boolean;
}

const SHOWN_FINDINGS = 50;
const SHOWN_REASONS = 8;

/** The assessment for people: what was found and how old the knowledge is, worst first, what could not be decided, what to do next. */
export function toTable(assessment: Assessment, { style, columns, all }: TableOptions): string {
  const { findings } = assessment;
  const shown = all ? findings : findings.slice(0, SHOWN_FINDINGS);
  const age = ageSentence(assessment);
  const rest = findings.length - shown.length;
  return [
    style.strong(headSentence(assessment)),
    age.old ? style.warn(`! ${age.text}`) : style.quiet(age.text),
    ...(shown.length > 0 ? [findingLines(shown, style, columns)] : []),
    ...(rest > 0 ? [style.quiet(`… and ${rest} milder findings (--all shows them)`)] : []),
    ...partLines(findings, style, all),
    ...settledLines(assessment, style, all),
    ...supportLines(assessment, style, all),
    ...unmatchedLines(assessment, style, all),
    ...problemLines(assessment, style, all),
    nextSentence(assessment),
    "",
  ].join("\n");
}

const FIXED_WIDTHS = { component: 28, advisory: 20, severity: 18, epss: 7, fixed: 16 };
const BORDERS = 22;

/** A frame where it fits, else a few lines for each finding. */
function findingLines(findings: readonly Finding[], style: Style, columns: number): string {
  const used = Object.values(FIXED_WIDTHS).reduce((sum, width) => sum + width, BORDERS);
  return columns < used
    ? findings.map((finding) => narrowLines(finding, style, columns)).join("\n")
    : findingsTable(findings, style, columns);
}

function narrowLines(finding: Finding, style: Style, columns: number): string {
  const { component, scope, advisory, exploited, epss, fixedIn, disputed } = finding;
  const indented = (text: string) => wrap(plain(text), columns - 3).replace(/^/gm, "   ");
  const facts = [
    fixedIn.length === 0 ? "no fix known" : `fixed in ${fixedIn.slice(0, 2).join(", ")}`,
    ...(epss === null ? [] : [`EPSS ${share(epss.score)}`]),
    ...(disputed ? ["disputed"] : []),
    ...(scope === undefined ? [] : [SCOPE_WORD[scope]]),
  ];
  return [
    severityCell(finding, style),
    indented(advisory),
    ...(exploited === null ? [] : [`   ${style.alarm("▲ exploited")}`]),
    indented(labelOf(component)),
    indented(facts.join("; ")),
  ].join("\n");
}

const share = (score: number) => `${(score * 100).toFixed(score < 0.1 ? 1 : 0)} %`;

function findingsTable(findings: readonly Finding[], style: Style, columns: number): string {
  const used = Object.values(FIXED_WIDTHS).reduce((sum, width) => sum + width, BORDERS);
  const title = columns - used;
  const { component, advisory, severity, epss, fixed } = FIXED_WIDTHS;
  const wide = title >= 24;
  const table = new Table({
    head: ["Component", "Vulnerability", "Severity", "EPSS", "Fixed in", ...(wide ? ["What"] : [])],
    colWidths: [component, advisory, severity, epss, fixed, ...(wide ? [title] : [])].map((width) => width + 2),
    style: { head: [], border: [], compact: true },
  });
  for (const finding of findings) {
    table.push([
      `${wrap(plain(labelOf(finding.component)), component)}${finding.scope === undefined ? "" : `\n(${SCOPE_WORD[finding.scope]})`}`,
      `${wrap(plain(finding.advisory), advisory)}${finding.exploited === null ? "" : `\n${style.alarm("▲ exploited")}`}${finding.disputed ? "\n(disputed)" : ""}${finding.disagreement === undefined ? "" : "\n≠ sources differ"}`,
      severityCell(finding, style),
      finding.epss === null ? "—" : share(finding.epss.score),
      wrap(plain(finding.fixedIn.slice(0, 2).join(", ")), fixed) || "—",
      ...(wide ? [wrap(clip(plain(finding.title), title * 2 - 12), title)] : []),
    ]);
  }
  return table.toString();
}

const SHOWN_PARTS = 8;
const MANY = 12;

/** A long list is read by its parts: one update often ends many findings. */
function partLines(findings: readonly Finding[], style: Style, all: boolean): string[] {
  const parts = partsByWorst(findings);
  if (findings.length < MANY || parts.length < 2) return [];
  const shown = all ? parts : parts.slice(0, SHOWN_PARTS);
  const width = Math.max(...shown.map(({ part }) => Math.min(plain(part).length, 40)));
  const words = ({ total, exploited, critical, high }: PartSummary) =>
    [
      count(total, "finding"),
      ...(exploited > 0 ? [`${exploited} exploited`] : []),
      ...(critical > 0 ? [`${critical} critical`] : []),
      ...(high > 0 ? [`${high} high`] : []),
    ].join(", ");
  return [
    style.strong(`By part (${parts.length})`),
    ...shown.map(
      (sum) =>
        `  ${clip(plain(sum.part), 40).padEnd(width)}  ${words(sum)}${sum.fix === null ? "" : `; newest fix named ${plain(sum.fix)}`}`,
    ),
    ...(parts.length > shown.length ? [style.quiet(`  … and ${parts.length - shown.length} more`)] : []),
  ];
}

const MARK: Record<Rating, string> = {
  critical: "●●●●",
  high: "●●● ",
  medium: "●●  ",
  low: "●   ",
  none: "    ",
  unknown: "?   ",
};

function severityCell({ severity }: Finding, style: Style): string {
  const text = `${MARK[severity.rating]} ${severity.score?.toFixed(1) ?? ""}${severity.score === null ? "" : " "}${severity.rating === "unknown" ? "not rated" : severity.rating}`;
  return severity.rating === "critical" ? style.alarm(text) : severity.rating === "high" ? style.warn(text) : text;
}

function unmatchedLines({ unmatched }: Assessment, style: Style, all: boolean): string[] {
  if (unmatched.length === 0) return [];
  const parts = unmatched.map(({ component, reason }) => ({
    what: labelOf(component),
    reason,
  }));
  return [
    style.strong(`Not decided: ${count(unmatched.length, "component")} nothing can be said about`),
    ...byReason(parts, style, all),
  ];
}

function problemLines({ problems }: Assessment, style: Style, all: boolean): string[] {
  if (problems.length === 0) return [];
  return [
    style.strong("Lacking or not readable in the input"),
    ...byReason(
      problems.map(({ at, reason }) => ({ what: at, reason })),
      style,
      all,
    ),
  ];
}

const SHOWN_NAMES = 4;

/** One line for each reason with the first names it holds for; with `all`, one line for each name. */
function byReason(lines: readonly { what: string; reason: string }[], style: Style, all: boolean): string[] {
  if (all) return lines.map(({ what, reason }) => `  ${plain(what)}: ${plain(reason)}`);
  const groups = [...Map.groupBy(lines, ({ reason }) => reason)].sort(([, a], [, b]) => b.length - a.length);
  const shown = groups.slice(0, SHOWN_REASONS);
  const rest = lines.length - shown.reduce((sum, [, group]) => sum + group.length, 0);
  return [
    ...shown.map(([reason, group]) => {
      const names = group.slice(0, SHOWN_NAMES).map(({ what }) => clipStart(plain(what), 60));
      const more = group.length > names.length ? ` and ${(group.length - names.length).toLocaleString("en")} more` : "";
      return `  ${plain(reason).replace(/\.$/, "")}: ${names.join(", ")}${more}`;
    }),
    ...(rest > 0 ? [style.quiet(`  … and ${rest.toLocaleString("en")} more (--all shows each)`)] : []),
  ];
}

const clipStart = (text: string, length: number) => (text.length > length ? `…${text.slice(1 - length)}` : text);
const clip = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
