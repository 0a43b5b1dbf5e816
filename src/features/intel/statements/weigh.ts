import type { Justification, State } from "../findings/schema.ts";
import { cyclonedxJustification } from "../vex/justification.ts";
import { compareStanding } from "../vex/newest.ts";
import type { VexStatement } from "../vex/schema.ts";
import type { Trust, VexRole } from "./schema.ts";

/** A statement with whose it is. `turnedDown`: a person did not follow it. */
export interface Said {
  statementId: string;
  sourceId: string;
  trust: Trust;
  statement: VexStatement;
  turnedDown: boolean;
}

/** A finding as far as statements change it. */
export interface Current {
  state: State;
  /** Who decided it: a person, a statement, or nobody yet. */
  decidedThrough: "person" | "vex" | null;
}

export interface SaidState {
  state: State;
  justification: Justification | null;
  note: string;
}

export interface Weighed {
  /** The statement a finding's state comes from; null: no statement may set it. */
  sets: Said | null;
  /** True: a statement set it before, and none does any more. */
  clears: boolean;
  roles: Map<string, VexRole>;
}

/** What a statement says, as a state of a finding; null where it says nothing a finding could become. */
export function stateSaid({
  status,
  justification,
  originalJustification,
  impact,
  action,
  note,
}: VexStatement): SaidState | null {
  const words = [impact, action, note].filter((text) => text !== null).join(" ");
  switch (status) {
    case "not_affected":
      return {
        state: "not-affected",
        justification: justification === null ? null : cyclonedxJustification(justification, originalJustification),
        note: words,
      };
    case "fixed":
      return { state: "fixed", justification: null, note: words };
    case "affected":
      return { state: "affected", justification: null, note: words };
    case "under_investigation":
      return null;
  }
}

/**
 * What the statements that speak of one finding do to it. The newest one of a source stands for that source. The newest of those that
 * may set sets, but never over a person's decision; the newest of all proposes, where it would change what the finding is then.
 */
export function weigh(current: Current, speaking: readonly Said[], setting: ReadonlySet<Trust>): Weighed {
  const stands = [...Map.groupBy(speaking, ({ sourceId }) => sourceId).values()].map((own) => newest(own));
  const telling = stands
    .filter((said) => said !== null && stateSaid(said.statement) !== null)
    .filter((one) => one !== null);
  const byPerson = current.decidedThrough === "person";
  const sets = byPerson ? null : newest(telling.filter(({ trust }) => setting.has(trust)));
  const clears = sets === null && current.decidedThrough === "vex";
  const state = sets === null ? (clears ? "new" : current.state) : (stateSaid(sets.statement)?.state ?? current.state);
  const open = newest(telling.filter(({ turnedDown }) => !turnedDown));
  const roles = new Map<string, VexRole>(speaking.map(({ statementId }) => [statementId, "speaks"]));
  for (const said of telling) {
    const would = stateSaid(said.statement)?.state;
    if (would === state) roles.set(said.statementId, "agrees");
    else if (said === open) roles.set(said.statementId, "proposes");
  }
  if (sets !== null) roles.set(sets.statementId, "sets");
  return { sets, clears, roles };
}

const newest = (all: readonly Said[]): Said | null =>
  all.reduce<Said | null>(
    (best, one) => (best === null || compareStanding(one.statement, best.statement) > 0 ? one : best),
    null,
  );

/** A source's name as it is remembered. */
export const sourceKey = (author: string | null): string =>
  (author ?? "").trim().replaceAll(/\s+/g, " ").toLowerCase().slice(0, 300);
