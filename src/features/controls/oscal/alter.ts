import type { Loss } from "../schema.ts";
import type { Add, Alter, Link, OscalControl, Parameter, Part, Prop, Remove } from "./schema.ts";
import { some } from "./select.ts";

/** A control after a profile removed and added what it says, in that order. */
export function alterControl(control: OscalControl, alter: Alter, lost: (loss: Loss) => void): OscalControl {
  const after = (alter.removes ?? []).reduce((one, remove) => removeFrom(one, remove), control);
  return (alter.adds ?? []).reduce((one, add) => addTo(one, add, lost), after);
}

interface Removable {
  id?: string | undefined;
  name?: string | undefined;
  class?: string | undefined;
  ns?: string | undefined;
}

/** All that a remove names must hold; one that names nothing removes nothing. */
function isMeant(item: Removable, kind: "param" | "prop" | "link" | "part", remove: Remove): boolean {
  const asked: (readonly [string | undefined, string | undefined])[] = [
    [remove["by-name"], item.name],
    [remove["by-class"], item.class],
    [remove["by-id"], item.id],
    [remove["by-item-name"], kind],
    [remove["by-ns"], item.ns],
  ];
  const named = asked.filter(([wanted]) => wanted !== undefined);
  return named.length > 0 && named.every(([wanted, has]) => wanted === has);
}

function removeFrom(control: OscalControl, remove: Remove): OscalControl {
  const { params = [], props = [], links = [], parts = [], ...rest } = control;
  return {
    ...rest,
    ...some(
      "params",
      params.filter((one) => !isMeant(one, "param", remove)).map((one) => withoutProps(one, remove)),
    ),
    ...some("props", keptProps(props, remove)),
    ...some("links", keptLinks(links, remove)),
    ...some("parts", keptParts(parts, remove)),
  };
}

const keptProps = (props: readonly Prop[], remove: Remove) => props.filter((one) => !isMeant(one, "prop", remove));
const keptLinks = (links: readonly Link[], remove: Remove) =>
  links.filter((one) => !isMeant({ name: one.rel }, "link", remove));

const keptParts = (parts: readonly Part[], remove: Remove): Part[] =>
  parts
    .filter((part) => !isMeant(part, "part", remove))
    .map(({ parts: inner = [], props = [], links = [], ...part }) => ({
      ...part,
      ...some("props", keptProps(props, remove)),
      ...some("links", keptLinks(links, remove)),
      ...some("parts", keptParts(inner, remove)),
    }));

const withoutProps = ({ props = [], links = [], ...param }: Parameter, remove: Remove): Parameter => ({
  ...param,
  ...some("props", keptProps(props, remove)),
  ...some("links", keptLinks(links, remove)),
});

type Holder = Pick<OscalControl, "params" | "props" | "links" | "parts">;

function addTo(control: OscalControl, add: Add, lost: (loss: Loss) => void): OscalControl {
  const target = add["by-id"];
  const { position = "ending" } = add;
  if (target === undefined || target === control.id) {
    const title = add.title ?? control.title;
    return { ...control, ...joined(control, add, position === "before" || position === "starting"), title };
  }
  const found = intoParts(control.parts ?? [], add, target, position);
  if (found !== null) return { ...control, parts: found };
  const at = (control.params ?? []).findIndex(({ id }) => id === target);
  const param = control.params?.[at];
  if (param !== undefined) {
    const atStart = position === "before" || position === "starting";
    if (position === "starting" || position === "ending") {
      const { params: _, parts: __, ...own } = joined(param, { props: add.props, links: add.links }, atStart);
      return { ...control, params: (control.params ?? []).with(at, { ...param, ...own }) };
    }
    return { ...control, params: (control.params ?? []).toSpliced(atStart ? at : at + 1, 0, ...(add.params ?? [])) };
  }
  lost({ at: control.id, what: `Something is added to ${target}, which this control does not have` });
  return control;
}

function joined(holder: Holder, add: Pick<Add, "params" | "props" | "links" | "parts">, first: boolean): Holder {
  const join = <T>(old: readonly T[] = [], added: readonly T[] = []) =>
    first ? [...added, ...old] : [...old, ...added];
  return {
    ...some("params", join(holder.params, add.params)),
    ...some("props", join(holder.props, add.props)),
    ...some("links", join(holder.links, add.links)),
    ...some("parts", join(holder.parts, add.parts)),
  };
}

/** The parts with something added at the one with this id, however deep; null when none has it. */
function intoParts(
  parts: readonly Part[],
  add: Add,
  target: string,
  position: NonNullable<Add["position"]>,
): Part[] | null {
  for (const [i, part] of parts.entries()) {
    if (part.id === target) {
      if (position === "before") return parts.toSpliced(i, 0, ...(add.parts ?? []));
      if (position === "after") return parts.toSpliced(i + 1, 0, ...(add.parts ?? []));
      const { params: _, ...own } = joined(part, add, position === "starting");
      return parts.with(i, { ...part, ...own, ...(add.title === undefined ? {} : { title: add.title }) });
    }
    const inner = intoParts(part.parts ?? [], add, target, position);
    if (inner !== null) return parts.with(i, { ...part, parts: inner });
  }
  return null;
}
