import { controlIndex, editionName } from "../../features/controls/catalogue/find.ts";
import { ownValues } from "../../features/controls/catalogue/own-props.ts";
import { labelOf, showControl } from "../../features/controls/catalogue/show-control.ts";
import { Fault } from "../../lib/fault.ts";
import { writeOut } from "../output.ts";
import { styleFor } from "../style.ts";
import { wrap } from "../wrap.ts";
import { ownCatalogues } from "./own-catalogues.ts";

export interface ShowRequest {
  id: string;
  format: "text" | "json";
}

/** Prints everything that is known of one control, in whichever catalogue it stands. Fault `not_found` without one. */
export async function runShow({ id, format }: ShowRequest): Promise<number> {
  const { catalogues, mappings } = ownCatalogues();
  for (const catalogue of catalogues) {
    const placed = controlIndex(catalogue)(id);
    if (placed === null) continue;
    const control = { catalogue: editionName(catalogue), ...showControl(placed) };
    const same = mappings
      .flatMap(({ rows }) => rows)
      .filter(({ from, components }) => from === control.id || components?.includes(control.id) === true)
      .flatMap(({ from, components = [] }) => (from === control.id ? components : [from]));
    const byKind = ownValues(placed.control.props, "by-kind");
    const enhancements = (placed.control.controls ?? []).map((one) => `${labelOf(one)} ${one.title}`);
    if (format === "json") writeOut(`${JSON.stringify({ ...control, byKind, enhancements, same }, null, 2)}\n`);
    else writeOut(text(control, { byKind, enhancements, same }));
    return 0;
  }
  throw new Fault("not_found", `No catalogue has a control ${id}`, {
    fix: "See the ids with `cordon controls list CATALOGUE`",
  });
}

interface Around {
  byKind: readonly string[];
  enhancements: readonly string[];
  same: readonly string[];
}

function text(control: ReturnType<typeof showControl> & { catalogue: string }, around: Around): string {
  const style = styleFor(process.stdout);
  const { label, title, statement, section, catalogue, path, level, kinds, proof, facts } = control;
  const lines: [string, string][] = [
    ["Where", [catalogue, section ?? "", ...path].filter((one) => one !== "").join(" · ")],
    ["Level", level === null ? "" : `from SL-C ${level} on`],
    ["Only for", kinds.join(", ")],
    ["By kind", around.byKind.join(", ")],
    ["Proof", proof.join(", ")],
    ["Concerns", facts.join(", ")],
    ["More", around.enhancements.join("\n")],
    ["See also", around.same.join(", ")],
  ];
  const told = lines
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${style.quiet(name.padEnd(9))} ${value.replaceAll("\n", `\n${" ".repeat(10)}`)}\n`);
  const head = `${style.strong(`${label} ${title}`)}\n${statement === null ? "" : `${wrap(statement, 100)}\n`}`;
  return `${head}\n${told.join("")}`;
}
