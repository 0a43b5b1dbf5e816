import type { ControlGroup, OscalControl } from "../oscal/schema.ts";
import type { Catalogue } from "../schema.ts";

/** A control with where it stands. */
export interface Placed {
  control: OscalControl;
  /** The groups around it, outermost first. */
  groups: readonly ControlGroup[];
  parent: OscalControl | null;
}

/** Every control of a catalogue in the order of the document, each before its enhancements. */
export function* controlsOf(catalogue: Pick<Catalogue, "groups" | "controls">): Generator<Placed, void, undefined> {
  for (const group of catalogue.groups) yield* inGroup(group, []);
  yield* among(catalogue.controls, [], null);
}

function* inGroup(group: ControlGroup, around: readonly ControlGroup[]): Generator<Placed, void, undefined> {
  const groups = [...around, group];
  for (const inner of group.groups ?? []) yield* inGroup(inner, groups);
  yield* among(group.controls ?? [], groups, null);
}

function* among(
  controls: readonly OscalControl[],
  groups: readonly ControlGroup[],
  parent: OscalControl | null,
): Generator<Placed, void, undefined> {
  for (const control of controls) {
    yield { control, groups, parent };
    yield* among(control.controls ?? [], groups, control);
  }
}

/** Every group of a catalogue, each before those in it. */
export function* groupsOf(groups: readonly ControlGroup[]): Generator<ControlGroup, void, undefined> {
  for (const group of groups) {
    yield group;
    yield* groupsOf(group.groups ?? []);
  }
}
