import type { DeviceFunction } from "../../devices/schema.ts";
import { harmOfLevel } from "./priority.ts";
import type { FindingEvent, FindingRow } from "./schema.ts";
import { throughOf, whyHere } from "./why-here.ts";

/** A finding as the database lists it, as far as people see it. */
export interface ListedFacts {
  id: string;
  revision: number;
  deviceId: string;
  deviceName: string;
  releaseId: string;
  releaseVersion: string;
  advisory: string;
  aliases: string[];
  title: string;
  componentName: string;
  componentVersion: string | null;
  purl: string | null;
  cpe: string | null;
  severity: FindingRow["severity"];
  exploited: FindingRow["exploited"];
  epss: FindingRow["epss"];
  harm: number;
  harmFunction: string | null;
  deviceFunctions: DeviceFunction[];
  fixedIn: string[];
  state: FindingRow["state"];
  justification: FindingRow["justification"];
  note: string;
  assigneeId: string | null;
  assigneeName: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  suspect: boolean;
  foundAt: Date;
  goneAt: Date | null;
}

export const placeOf = (f: ListedFacts) => ({
  device: { id: f.deviceId, name: f.deviceName },
  release: { id: f.releaseId, version: f.releaseVersion },
  component: { name: f.componentName, version: f.componentVersion, purl: f.purl, cpe: f.cpe },
});

export const showFinding = (f: ListedFacts): FindingRow => ({
  id: f.id,
  revision: f.revision,
  ...placeOf(f),
  advisory: f.advisory,
  aliases: f.aliases,
  title: f.title,
  severity: f.severity,
  exploited: f.exploited,
  epss: f.epss,
  harm: harmOfLevel(f.harm),
  reachesFunction: f.harm >= 0,
  fixedIn: f.fixedIn,
  state: f.state,
  justification: f.justification,
  note: f.note,
  assignee: f.assigneeId === null ? null : { id: f.assigneeId, name: f.assigneeName ?? "" },
  decidedBy: f.decidedBy,
  decidedAt: f.decidedAt?.toISOString() ?? null,
  suspect: f.suspect,
  foundAt: f.foundAt.toISOString(),
  goneAt: f.goneAt?.toISOString() ?? null,
});

export interface EventRow {
  at: Date;
  byName: string;
  kind: FindingEvent["kind"];
  fromState: FindingEvent["from"];
  toState: FindingEvent["to"];
  justification: FindingEvent["justification"];
  note: string;
  componentVersion: string | null;
}

/** The history, oldest first; that it was found is its first line. */
export const showEvents = (foundAt: Date, events: readonly EventRow[]): FindingEvent[] => [
  {
    at: foundAt.toISOString(),
    by: "Cordon",
    kind: "found",
    from: null,
    to: "new",
    justification: null,
    note: "",
    componentVersion: null,
  },
  ...events.map((event) => ({
    at: event.at.toISOString(),
    by: event.byName,
    kind: event.kind,
    from: event.fromState,
    to: event.toState,
    justification: event.justification,
    note: event.note,
    componentVersion: event.componentVersion,
  })),
];

/** Why a finding stands where it stands. */
export const standsHere = (f: ListedFacts): string =>
  whyHere({
    device: f.deviceName,
    harm: f.harm,
    through: throughOf(f.deviceFunctions, f.harmFunction),
    exploited: f.exploited,
    severity: f.severity,
  });
