import type { DeviceFunction } from "../../devices/schema.ts";
import { harmOfLevel } from "../findings/priority.ts";
import { whyHere } from "../findings/why-here.ts";
import type { Vulnerability } from "./schema.ts";

export interface LineFacts {
  advisory: string;
  aliases: string[];
  title: string;
  severity: Vulnerability["severity"];
  exploited: Vulnerability["exploited"];
  epss: Vulnerability["epss"];
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
    through: line.worstFunctions?.find((f) => f.name === line.harmFunction) ?? null,
    exploited: line.exploited,
    severity: line.severity,
  }),
  components: line.components,
  foundAt: line.foundAt.toISOString(),
});
