import type { Prop } from "../oscal/schema.ts";

/** The namespace of what Cordon says of a control beside what OSCAL has a place for. */
export const OURS = "urn:cordon:oscal:controls";

type Name =
  | "catalogue"
  | "status"
  | "control"
  | "state"
  | "element"
  | "section"
  | "level"
  | "kind"
  | "by-kind"
  | "proof"
  | "fact"
  | "category";

export const ownProp = (name: Name, value: string): Prop => ({ name, ns: OURS, value });

export const ownValues = (props: readonly Prop[] | undefined, name: Name): string[] =>
  (props ?? []).filter((prop) => prop.ns === OURS && prop.name === name).map((prop) => prop.value);
