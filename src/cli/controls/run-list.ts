import Table from "cli-table3";
import { editionName } from "../../features/controls/catalogue/find.ts";
import { showControl } from "../../features/controls/catalogue/show-control.ts";
import { controlsOf } from "../../features/controls/catalogue/walk.ts";
import type { ShownControl } from "../../features/controls/schema.ts";
import { writeOut } from "../output.ts";
import { styleFor } from "../style.ts";
import { wrap } from "../wrap.ts";
import { ownCatalogue, ownCatalogues } from "./own-catalogues.ts";

export interface ListRequest {
  catalogue: string | null;
  format: "table" | "json";
}

/** Prints the catalogues, or the controls of one. */
export async function runList({ catalogue, format }: ListRequest): Promise<number> {
  const { catalogues } = ownCatalogues();
  if (catalogue === null) {
    const counted = catalogues.map((one) => ({
      name: editionName(one),
      title: one.title,
      publisher: one.publisher,
      edition: one.edition,
      controls: [...controlsOf(one)].length,
    }));
    writeOut(format === "json" ? json(counted) : catalogueTable(counted));
    return 0;
  }
  const controls = [...controlsOf(ownCatalogue(catalogues, catalogue))].map(showControl);
  writeOut(format === "json" ? json(controls) : controlTable(controls));
  return 0;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const WIDE = 72;

function catalogueTable(rows: readonly { name: string; title: string; controls: number }[]): string {
  const table = new Table({
    head: ["Catalogue", "Controls", "What it is"],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "right", "left"],
  });
  for (const { name, title, controls } of rows) table.push([name, controls, wrap(title, WIDE)]);
  return `${table}\n`;
}

function controlTable(controls: readonly ShownControl[]): string {
  const style = styleFor(process.stdout);
  const table = new Table({ head: ["Control", "Level", "Title"], style: { head: [], border: [], compact: true } });
  let group: string | undefined;
  for (const { label, level, title, path, parent, withdrawn } of controls) {
    if (path.at(-1) !== group) {
      group = path.at(-1);
      table.push([{ colSpan: 3, content: style.strong(group ?? "") }]);
    }
    const text = `${parent === null ? "" : "  "}${wrap(title, WIDE)}${withdrawn ? " (withdrawn)" : ""}`;
    table.push([label, level === null ? "" : String(level), withdrawn ? style.quiet(text) : text]);
  }
  return `${table}\n`;
}
