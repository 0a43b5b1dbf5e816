import { writeFileSync } from "node:fs";
import Table from "cli-table3";
import { formatNamed } from "../../features/security-file/formats/formats.ts";
import type { Loss, LossOutcome, LossReport } from "../../features/security-file/formats/schema.ts";
import { plain } from "../run-action.ts";
import { styleFor } from "../style.ts";

const MAX_ROWS = 30;
const WORDS: Record<LossOutcome, string> = {
  dropped: "dropped",
  changed: "changed",
  "kept-as-text": "kept as text",
  "not-needed": "not needed",
};

/** The losses as a table on standard error, alike ones together; all of them as JSON where a file is named. */
export function tellLosses(report: LossReport, jsonAt: string | null): void {
  if (jsonAt !== null) writeFileSync(jsonAt, `${JSON.stringify(report, null, 2)}\n`);
  const title = formatNamed(report.format).title;
  const into = report.direction === "import" ? `from ${title}` : `in ${title}`;
  if (report.total === 0) {
    process.stderr.write(`Nothing is lost ${into}.\n`);
    return;
  }
  const groups = together(report.losses.filter(({ outcome }) => outcome !== "not-needed"));
  if (groups.length === 0) {
    process.stderr.write(
      `Nothing is lost ${into}; ${report.total} ${report.total === 1 ? "thing is" : "things are"} not needed.\n`,
    );
    return;
  }
  process.stderr.write(`${table(groups.slice(0, MAX_ROWS))}\n`);
  const count = (outcome: LossOutcome) => report.losses.filter((loss) => loss.outcome === outcome).length;
  const unneeded = count("not-needed");
  const unfit = report.total - unneeded;
  const counts = (Object.keys(WORDS) as LossOutcome[])
    .filter((outcome) => outcome !== "not-needed")
    .map((outcome) => `${count(outcome)} ${WORDS[outcome]}`);
  const more = groups.length > MAX_ROWS ? `; ${groups.length - MAX_ROWS} more kinds: --losses FILE has all` : "";
  const besides = unneeded === 0 ? "" : ` ${unneeded} more ${unneeded === 1 ? "is" : "are"} not needed.`;
  process.stderr.write(
    `${unfit} ${unfit === 1 ? "thing does" : "things do"} not fit ${into}: ${counts.join(", ")}${more}.${besides}\n`,
  );
}

interface Group {
  first: Loss;
  names: string[];
  fields: string[];
  /** Ids or places of the things it is about. */
  things: Set<string>;
  count: number;
}

/** Losses of one kind of thing for one reason are one line; lines of text in a description are one whatever the reason. */
function together(losses: readonly Loss[]): Group[] {
  const groups = new Map<string, Group>();
  for (const loss of losses) {
    const key = [loss.outcome, loss.at.kind, loss.outcome === "kept-as-text" ? "" : loss.why, loss.field === null].join(
      "\n",
    );
    const group = groups.get(key) ?? { first: loss, names: [], fields: [], things: new Set<string>(), count: 0 };
    groups.set(key, group);
    group.count++;
    group.things.add(loss.at.id ?? loss.at.pointer ?? loss.at.name);
    const field = loss.field ?? "(all of it)";
    if (!group.fields.includes(field)) group.fields.push(field);
    const name = loss.at.name || loss.at.id || loss.at.pointer || "";
    if (group.names.length < 3 && name !== "" && !group.names.includes(name)) group.names.push(name);
  }
  const order = Object.keys(WORDS);
  return [...groups.values()].sort((a, b) => order.indexOf(a.first.outcome) - order.indexOf(b.first.outcome));
}

function table(groups: readonly Group[]): string {
  const style = styleFor(process.stderr);
  const rows = new Table({
    head: ["", "Where", "Field", "Value", "Why, and what was done instead"],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    colWidths: [14, 34, 24, 30, 60],
  });
  for (const { first, names, fields, things, count } of groups) {
    const { at, value, outcome } = first;
    const kept = outcome === "kept-as-text" && count > 1;
    const why = kept ? "A security file has no place for it" : first.why;
    const instead = kept ? "Lines of the description say it" : first.instead;
    const many = things.size > 1 ? `${things.size} × ` : "";
    const where = `${many}${at.kind}: ${names.join(", ")}${things.size > names.length && names.length > 0 ? ", …" : ""}`;
    const done = count > 1 && /^It is /.test(instead) ? "" : instead;
    rows.push([
      outcome === "dropped" ? style.warn(WORDS[outcome]) : WORDS[outcome],
      plain(names.length === 0 ? where.replace(/: $/, "") : where),
      plain(fields.slice(0, 8).join(", ") + (fields.length > 8 ? ", …" : "")),
      count > 1 ? "" : plain(value.slice(0, 60)),
      plain(done === "" ? why : `${why}. ${done}`),
    ]);
  }
  return rows.toString();
}
