import type { Counts, Device, DeviceCard, DeviceFunction, Phase, ReleaseBrief, TrendPoint } from "../schema.ts";
import { safetySentence } from "./safety-sentence.ts";

/** What the database knows of a release, as far as a card or a sentence needs it. */
export interface ReleaseFacts {
  id: string;
  deviceId: string;
  version: string;
  phase: Phase;
  phaseSince: string;
  endOfSupportOn: string | null;
  sbomId: string | null;
  assessedAt: Date | null;
  assessedVulnerabilities: number | null;
}

export interface SbomFacts {
  components: number;
  quality: { complete: number };
  uploadedAt: Date;
}

export interface DayFacts extends Counts {
  onDay: string;
}

export interface DeviceFacts {
  id: string;
  name: string;
  model: string;
  manufacturer: string;
  ownerTeam: string;
  intendedUse: string;
  functions: DeviceFunction[];
  revision: number;
  updatedAt: Date;
}

export const briefOf = (release: ReleaseFacts): ReleaseBrief => ({
  id: release.id,
  version: release.version,
  phase: release.phase,
  phaseSince: release.phaseSince,
  endOfSupportOn: release.endOfSupportOn,
  sbomId: release.sbomId,
});

/** What is said of one release wherever it is shown: counts, trend, sentence. `days` oldest first. */
export function standingOf(
  functions: readonly DeviceFunction[],
  release: ReleaseFacts,
  sbom: SbomFacts | undefined,
  days: readonly DayFacts[],
  today: string,
) {
  const last = days.at(-1);
  const counts = release.assessedAt === null || last === undefined ? null : countsOf(last);
  return {
    components: sbom?.components ?? null,
    counts,
    trend: days.map(({ onDay, open, exploited }): TrendPoint => ({ on: onDay, open, exploited })),
    sentence: safetySentence({
      functions,
      phase: release.phase,
      endOfSupportOn: release.endOfSupportOn,
      sbom:
        sbom === undefined
          ? null
          : {
              components: sbom.components,
              incomplete: Math.round(sbom.components * (1 - sbom.quality.complete)),
              uploadedOn: sbom.uploadedAt.toISOString().slice(0, 10),
            },
      counts,
      comparedOn: release.assessedAt?.toISOString().slice(0, 10) ?? null,
      comparedWith: release.assessedVulnerabilities,
      today,
    }),
  };
}

export function cardOf(
  device: DeviceFacts,
  releases: number,
  units: number,
  current: { release: ReleaseFacts; sbom: SbomFacts | undefined; days: readonly DayFacts[] } | undefined,
  today: string,
): DeviceCard {
  const standing =
    current === undefined
      ? { components: null, counts: null, trend: [], sentence: NO_RELEASE }
      : standingOf(device.functions, current.release, current.sbom, current.days, today);
  return {
    id: device.id,
    name: device.name,
    model: device.model,
    manufacturer: device.manufacturer,
    ownerTeam: device.ownerTeam,
    functions: device.functions,
    release: current === undefined ? null : briefOf(current.release),
    releases,
    units,
    ...standing,
    updatedAt: device.updatedAt.toISOString(),
  };
}

const NO_RELEASE: Device["sentence"] = [
  { text: "No release yet", tone: "warn", link: { tab: "overview", search: {} } },
  { text: ": add one, then give it an SBOM.", tone: "plain", link: null },
];

const countsOf = (day: DayFacts): Counts => ({
  open: day.open,
  new: day.new,
  inTriage: day.inTriage,
  affected: day.affected,
  exploited: day.exploited,
  critical: day.critical,
  high: day.high,
  medium: day.medium,
  low: day.low,
  suspect: day.suspect,
});
