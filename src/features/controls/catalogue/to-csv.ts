import { csvText } from "../../../lib/csv.ts";
import type { Catalogue } from "../schema.ts";
import { showControl } from "./show-control.ts";
import { controlsOf } from "./walk.ts";

const HEAD = [
  "Id",
  "Label",
  "Title",
  "Statement",
  "Group",
  "Enhances",
  "Level",
  "Only for",
  "Proof",
  "Concerns",
  "Withdrawn",
];

/** A catalogue as rows for a spreadsheet, one control each. */
export const catalogueCsv = (catalogue: Pick<Catalogue, "groups" | "controls">): string =>
  csvText([
    HEAD,
    ...[...controlsOf(catalogue)]
      .map(showControl)
      .map((one) => [
        one.id,
        one.label,
        one.title,
        one.statement ?? "",
        one.path.join(" / "),
        one.parent ?? "",
        one.level === null ? "" : String(one.level),
        one.kinds.join(" "),
        one.proof.join(" "),
        one.facts.join(" "),
        one.withdrawn ? "yes" : "",
      ]),
  ]);
