import Table from "cli-table3";
import type * as z from "zod";
import { periodText } from "../../features/work/clocks/due.ts";
import { Clock } from "../../features/work/clocks/schema.ts";
import { pageOf } from "../../lib/page.ts";
import { writeOut } from "../output.ts";
import { plain } from "../run-action.ts";
import { callServer, serverOf } from "../server/call-server.ts";
import { styleFor } from "../style.ts";

export interface ClocksRequest {
  all: boolean;
  failWhenLate: boolean;
  format: "table" | "json";
  server: string | null;
  key: string | null;
}

const PAGE = 200;
const MOST = 10_000;
const Page = pageOf(Clock);

/** Prints the clocks of an organisation. Exit code 0, or 1 when asked to and one is overdue. */
export async function runClocks({ all, failWhenLate, format, server, key }: ClocksRequest): Promise<number> {
  const target = serverOf(server, key);
  const clocks: Clock[] = [];
  let next: string | null = "";
  while (next !== null && clocks.length < MOST) {
    const query = new URLSearchParams({ show: all ? "all" : "running", limit: String(PAGE) });
    if (next !== "") query.set("cursor", next);
    const page: z.infer<typeof Page> = await callServer(target, `/clocks?${query}`, Page, { method: "GET" });
    clocks.push(...page.items);
    next = page.items.length === 0 ? null : page.next;
  }
  if (next !== null) process.stderr.write(`cordon: there are more: only the first ${clocks.length} are here.\n`);
  if (format === "json") writeOut(`${JSON.stringify(clocks, null, 2)}\n`);
  else
    writeOut(clocks.length === 0 ? `${all ? "No clock was ever started" : "No clock runs"}.\n` : `${table(clocks)}\n`);
  return failWhenLate && clocks.some(({ state }) => state === "late") ? 1 : 0;
}

const WORDS: Record<Clock["state"], string> = {
  running: "runs",
  late: "OVERDUE",
  stopped: "done",
  "stopped-late": "done, late",
  voided: "void",
};

function table(clocks: readonly Clock[]): string {
  const style = styleFor(process.stdout);
  const rows = new Table({
    head: ["Due", "State", "Time used", "What", "About", "Asked by", "Answers"],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "left", "right"],
  });
  for (const clock of clocks) {
    const due = clock.toTheHour
      ? `${clock.dueAt.slice(0, 16).replace("T", " ")} UTC`
      : `${clock.dueOn} (${plain(clock.timeZone)})`;
    const state = WORDS[clock.state];
    rows.push([
      due,
      clock.state === "late" ? style.alarm(state) : state,
      `${Math.floor(clock.used * 100)} % of ${periodText(clock.period)}`,
      plain(clock.task),
      plain(clock.subject.label),
      plain(`${clock.instrument} ${clock.section}`),
      plain(clock.owner?.name ?? "nobody by name"),
    ]);
  }
  return rows.toString();
}
