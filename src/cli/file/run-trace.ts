import { basename } from "node:path";
import Table from "cli-table3";
import { provisionsOf, referredBy } from "../../features/controls/catalogue/refs.ts";
import { showCatalogue } from "../../features/controls/catalogue/show-control.ts";
import { toComponents } from "../../features/controls/oscal/to-components.ts";
import { type Traced, traceFile } from "../../features/security-file/trace/look.ts";
import type { TraceFrom } from "../../features/security-file/trace/schema.ts";
import { matrixSheet, traceSheets } from "../../features/security-file/trace/sheets.ts";
import { trace } from "../../features/security-file/trace/trace.ts";
import { csvText } from "../../lib/csv.ts";
import { ownCatalogues } from "../controls/own-catalogues.ts";
import { writeOut } from "../output.ts";
import { plain } from "../run-action.ts";
import { styleFor } from "../style.ts";
import { wrap } from "../wrap.ts";
import { readPath } from "./read-path.ts";
import { MOST_OF_RULE, moreOf } from "./run-check.ts";

export interface TraceRequest {
  path: string;
  release: string | null;
  from: TraceFrom;
  format: "table" | "json" | "csv" | "xlsx" | "oscal";
  failOnGap: boolean;
}

/** Prints how a security file hangs together, threat to labeling, and where it does not. Exit code 0, or 1 on a gap when asked to. */
export async function runTrace({ path, release, from, format, failOnGap }: TraceRequest): Promise<number> {
  const { file, at } = await readPath(path, release);
  const catalogues = ownCatalogues().catalogues.map(showCatalogue);
  const traced = traceFile(file, referredBy(file, catalogues));
  switch (format) {
    case "json":
      writeOut(`${JSON.stringify({ path: at, ...traced, from, rows: trace(file, from, traced.gaps) }, null, 2)}\n`);
      break;
    case "csv": {
      const { head, rows } = matrixSheet(file, traced, from);
      writeOut(csvText([head, ...rows]));
      break;
    }
    case "xlsx": {
      const { writeWorkbook } = await import("../../platform/documents/workbook.ts");
      process.stdout.write(await writeWorkbook(traceSheets(file, traced), new Date()));
      break;
    }
    case "oscal": {
      const of = {
        releaseId: at,
        device: basename(path),
        version: release ?? "unreleased",
        manufacturer: "",
        at: new Date(),
      };
      const { document, unknown } = toComponents(file, of, provisionsOf(catalogues));
      for (const { own, ref } of unknown)
        process.stderr.write(
          `cordon: left out: ${plain(own.id)}: no catalogue has ${plain(`${ref.catalog} ${ref.id}`)}.\n`,
        );
      writeOut(`${JSON.stringify(document, null, 2)}\n`);
      break;
    }
    case "table":
      writeOut(tables(traced));
  }
  return failOnGap && traced.gaps.length > 0 ? 1 : 0;
}

const WIDE = 46;

function tables({ coverage, gaps }: Traced): string {
  const style = styleFor(process.stdout);
  const covered = new Table({
    head: ["Category", "State", "Controls", "Tests passed", "Checkables named"],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "left", "right", "right", "right"],
  });
  for (const { category, state, controls, checkables, named } of coverage)
    covered.push([
      category,
      state === "proven" || state === "alternative" ? style.good(state) : style.alarm(state),
      controls.length,
      controls.filter(({ proof }) => proof === "passed").length,
      `${named.length} of ${checkables}`,
    ]);
  const missing = new Table({
    head: ["Rule", "Where", "What is missing", "What to do"],
    style: { head: [], border: [], compact: true },
  });
  for (const [rule, found] of Map.groupBy(gaps, (gap) => gap.rule)) {
    for (const { at, message, fix } of found.slice(0, MOST_OF_RULE))
      missing.push([
        rule,
        wrap(plain(at === null ? "the file" : `${at.id} ${at.name}`), 30),
        wrap(plain(message), WIDE),
        wrap(plain(fix), WIDE),
      ]);
    if (found.length > MOST_OF_RULE) missing.push([rule, { colSpan: 3, content: moreOf(found.length) }]);
  }
  const count = `${gaps.length} ${gaps.length === 1 ? "gap" : "gaps"}.`;
  return `${covered}\n${gaps.length === 0 ? "" : `${missing}\n`}${gaps.length === 0 ? "The chain holds from threat to labeling." : count}\n`;
}
