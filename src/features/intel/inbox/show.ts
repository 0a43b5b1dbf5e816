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
  /** 0 none stated … 5 catastrophic. */
  harm: number;
  components: string[];
}

const HARM_BY_LEVEL: Vulnerability["harm"][] = [null, "negligible", "minor", "serious", "critical", "catastrophic"];

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
  harm: HARM_BY_LEVEL[line.harm] ?? null,
  components: line.components,
  foundAt: line.foundAt.toISOString(),
});
