import type { DeviceFunction } from "../../devices/schema.ts";
import { harmOfLevel } from "../findings/priority.ts";
import { throughOf, whyHere } from "../findings/why-here.ts";
import type { Ssvc } from "../schema.ts";
import type { EarlierDecision, Touched, Vulnerability } from "./schema.ts";

export interface LineFacts {
  advisory: string;
  device?: Vulnerability["device"];
  aliases: string[];
  title: string;
  severity: Vulnerability["severity"];
  exploited: Vulnerability["exploited"];
  epss: Vulnerability["epss"];
  ssvc: Ssvc | null;
  total: number;
  open: number;
  new: number;
  inTriage: number;
  affected: number;
  suspect: number;
  releases: number;
  devices: number;
  foundAt: Date;
  deviceNames: { id: string; name: string }[];
  /** -1 none reached, 0 not stated, 1 negligible … 5 catastrophic. */
  harm: number;
  worstDevice: string | null;
  worstFunctions: DeviceFunction[] | null;
  harmFunction: string | null;
  components: string[];
}

export const showVulnerability = (line: LineFacts): Vulnerability => ({
  advisory: line.advisory,
  device: line.device ?? null,
  aliases: line.aliases,
  title: line.title,
  severity: line.severity,
  exploited: line.exploited,
  epss: line.epss,
  findings: {
    total: line.total,
    open: line.open,
    new: line.new,
    inTriage: line.inTriage,
    affected: line.affected,
    suspect: line.suspect,
  },
  releases: line.releases,
  devices: line.deviceNames,
  deviceCount: line.devices,
  harm: harmOfLevel(line.harm),
  reachesFunction: line.harm >= 0,
  standsHere: whyHere({
    device: line.worstDevice,
    harm: line.harm,
    through: throughOf(line.worstFunctions ?? [], line.harmFunction),
    exploited: line.exploited,
    severity: line.severity,
  }),
  components: line.components,
  foundAt: line.foundAt.toISOString(),
});

export interface TouchedFacts {
  id: string;
  revision: number;
  deviceId: string;
  deviceName: string;
  releaseId: string;
  releaseVersion: string;
  identity: string;
  componentName: string;
  componentVersion: string | null;
  purl: string | null;
  cpe: string | null;
  fixedIn: string[];
  isExcluded: boolean;
  state: Touched["state"];
  justification: Touched["justification"];
  note: string;
  suspect: boolean;
  decidedBy: string | null;
  decidedAt: Date | null;
  decidedVersion: string | null;
  because: Touched["because"];
  units: number;
  sites: number;
}

const placeOf = (facts: TouchedFacts) => ({
  device: { id: facts.deviceId, name: facts.deviceName },
  release: { id: facts.releaseId, version: facts.releaseVersion },
  component: { name: facts.componentName, version: facts.componentVersion, purl: facts.purl, cpe: facts.cpe },
});

export const showTouched = (facts: TouchedFacts): Touched => ({
  id: facts.id,
  revision: facts.revision,
  ...placeOf(facts),
  fixedIn: facts.fixedIn,
  state: facts.state,
  justification: facts.justification,
  suspect: facts.suspect,
  because: facts.because,
  units: facts.units,
  sites: facts.sites,
});

export const showEarlier = (facts: TouchedFacts): EarlierDecision => ({
  findingId: facts.id,
  ...placeOf(facts),
  state: facts.state,
  justification: facts.justification,
  note: facts.note,
  decidedBy: facts.decidedBy ?? "",
  decidedAt: (facts.decidedAt ?? new Date(0)).toISOString(),
});
