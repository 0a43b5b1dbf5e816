import { ControlCategory, TestMethod } from "../../security-file/assurance/schema.ts";
import type { ControlGroup, OscalControl, Parameter, Part, Prop } from "../oscal/schema.ts";
import {
  ArchitectureFact,
  CapabilityLevel,
  type Catalogue,
  ComponentKind,
  type ShownCatalogue,
  type ShownControl,
} from "../schema.ts";
import { ownValues } from "./own-props.ts";
import { controlsOf, type Placed } from "./walk.ts";

/** How people write its id: the plain label, else any label, else the id in capitals. */
export function labelOf({ id, props }: { id?: string | undefined; props?: readonly Prop[] | undefined }): string {
  const labels = (props ?? []).filter((prop) => prop.name === "label");
  return (labels.find((prop) => prop.class === undefined) ?? labels[0])?.value ?? (id ?? "").toUpperCase();
}

/** Withdrawn controls stay in NIST's catalogues, marked by a property. */
export const isWithdrawn = ({ props }: OscalControl): boolean =>
  (props ?? []).some((prop) => prop.name === "status" && prop.value.toLowerCase() === "withdrawn");

/** What a control asks for: the prose of its statement with all items under it and its parameters' words, null without one. */
export function statementOf({ parts, params }: Pick<OscalControl, "parts" | "params">): string | null {
  const lines = (parts ?? []).filter((part) => part.name === "statement").flatMap((part) => proseOf(part, ""));
  return lines.length === 0
    ? null
    : fillIn(lines.join("\n"), new Map((params ?? []).map((param) => [param.id, param])), { left: MAX_INSERTED });
}

function proseOf(part: Part, indent: string): string[] {
  const label = part.props?.find((prop) => prop.name === "label" && prop.class === undefined)?.value;
  const own = part.prose === undefined ? [] : [`${indent}${label === undefined ? "" : `${label} `}${part.prose}`];
  const inner = part.prose === undefined ? indent : `${indent}  `;
  return [...own, ...(part.parts ?? []).flatMap((one) => proseOf(one, inner))];
}

const INSERT = /\{\{\s*insert:\s*param,\s*([^\s{}]{1,200})\s*\}\}/g;

/** A choice may insert other parameters: without a bound a few lines could ask for more text than there is memory. */
const MAX_INSERTED = 100_000;

/** Inserted parameters by their value, else by what may stand there, in brackets. */
function fillIn(text: string, params: ReadonlyMap<string, Parameter>, budget: { left: number }): string {
  return text.replace(INSERT, (all, id: string) => {
    const param = params.get(id);
    if (param === undefined || budget.left <= 0) return all;
    const { values, select, label } = param;
    const choice = select?.choice?.join("; ");
    const words = choice === undefined ? (label ?? id) : `${HOW_MANY[select?.["how-many"] ?? "one"]} of: ${choice}`;
    const said = values?.join(", ") ?? words;
    budget.left -= said.length;
    return values === undefined ? `[${fillIn(said, params, budget)}]` : said;
  });
}

const HOW_MANY = { one: "one", "one-or-more": "one or more" };

export function showControl({ control, groups, parent }: Placed): ShownControl {
  const { id, title, props } = control;
  const level = CapabilityLevel.safeParse(Number(ownValues(props, "level")[0]));
  return {
    id,
    label: labelOf(control),
    title,
    statement: statementOf(control),
    section: ownValues(props, "section")[0] ?? around(groups, "section")[0] ?? null,
    proof: known(TestMethod.options, ownValues(props, "proof")),
    facts: known(ArchitectureFact.options, ownValues(props, "fact")),
    level: level.success ? level.data : null,
    kinds: known(ComponentKind.options, ownValues(props, "kind")),
    category: known(ControlCategory.options, around(groups, "category"))[0] ?? null,
    withdrawn: isWithdrawn(control),
    path: groups.map((group) => `${labelOf(group)} ${group.title}`),
    parent: parent?.id ?? null,
  };
}

/** What the groups around it say, the innermost first. */
const around = (groups: readonly ControlGroup[], name: "section" | "category"): string[] =>
  groups.toReversed().flatMap((group) => ownValues(group.props, name));

const known = <T extends string>(words: readonly T[], values: readonly string[]): T[] =>
  words.filter((word) => values.includes(word));

export const showCatalogue = (catalogue: Catalogue): ShownCatalogue => ({
  catalogue: catalogue.catalogue,
  title: catalogue.title,
  publisher: catalogue.publisher,
  edition: catalogue.edition,
  controls: [...controlsOf(catalogue)].map(showControl),
});
