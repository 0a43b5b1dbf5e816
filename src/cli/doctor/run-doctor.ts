import { readConfig } from "../../platform/config/config.ts";
import { plain } from "../run-action.ts";
import { styleFor } from "../style.ts";
import type { Check } from "./check.ts";
import { databaseChecks } from "./database.ts";
import { machineChecks } from "./machine.ts";

export async function runDoctor(format: "table" | "json"): Promise<number> {
  const config = readConfig(process.env);
  const now = new Date();
  const checks = [...machineChecks(config, now), ...(await databaseChecks(config))];
  const isBad = checks.some(({ state }) => state === "bad");
  if (format === "json") console.log(JSON.stringify({ checkedAt: now.toISOString(), ok: !isBad, checks }, null, 2));
  else for (const check of checks) console.log(describe(check));
  return isBad ? 1 : 0;
}

function describe({ name, state, found, why, fix }: Check): string {
  const style = styleFor(process.stdout);
  const mark = { ok: style.good("ok  "), warn: style.warn("warn"), bad: style.alarm("bad ") }[state];
  const reason = [why, fix].filter((line) => line !== undefined).map((line) => `\n       ${plain(line)}`);
  return `${mark}  ${style.strong(plain(name))}: ${plain(found)}${reason.join("")}`;
}
