import type { Advisory, StatedSeverity } from "../schema.ts";
import { clipDetails, clipReferences, clipTitle, instant } from "./bounds.ts";

interface Said {
  id: string;
  source: string;
  aliases?: readonly (string | null | undefined)[];
  title?: string | null | undefined;
  details?: string | null | undefined;
  published?: string | null | undefined;
  modified?: string | null | undefined;
  withdrawn?: string | null | undefined;
  references?: readonly (string | null | undefined)[];
  severities?: readonly StatedSeverity[];
  affected: Advisory["affected"];
}

/** An advisory from what a small format says, bounded like every other. */
export const advisoryOf = (said: Said): Advisory => ({
  id: said.id.slice(0, 200),
  aliases: [...new Set(said.aliases ?? [])].filter((name): name is string => !!name && name !== said.id),
  source: said.source,
  title: clipTitle(said.title || said.details),
  details: clipDetails(said.details || said.title),
  publishedAt: instant(said.published),
  modifiedAt: instant(said.modified) ?? instant(said.published),
  withdrawnAt: instant(said.withdrawn),
  references: clipReferences(said.references ?? []),
  cwes: [],
  severities: [...(said.severities ?? [])],
  affected: said.affected,
});

/** A CVSS vector by its prefix; null for anything else. */
export function vectorSeverity(vector: string | null | undefined, source: string): StatedSeverity | null {
  if (!vector) return null;
  if (vector.startsWith("CVSS:4.")) return { kind: "CVSS_V4", source, value: vector };
  if (vector.startsWith("CVSS:3.")) return { kind: "CVSS_V3", source, value: vector };
  return /^\(?AV:[LAN]\/AC:/.test(vector) ? { kind: "CVSS_V2", source, value: vector.replace(/[()]/g, "") } : null;
}
