import * as z from "zod";

/** Life of a release, in order. */
export const PHASES = [
  "concept",
  "design",
  "development",
  "manufacturing",
  "deployment",
  "maintenance",
  "limited-support",
  "end-of-support",
  "decommissioned",
] as const;
export const Phase = z.enum(PHASES);
export type Phase = z.infer<typeof Phase>;

/** Severity of harm to a patient, worst first (the five levels of ISO/TR 24971, table C). */
export const HARMS = ["catastrophic", "critical", "serious", "minor", "negligible"] as const;
export const Harm = z.enum(HARMS);
export type Harm = z.infer<typeof Harm>;

/** What a device does for a patient or a ward. */
export const FunctionKind = z.enum([
  "life-support",
  "therapy",
  "diagnosis",
  "monitoring",
  "alarm",
  "records",
  "connectivity",
  "service",
]);
export type FunctionKind = z.infer<typeof FunctionKind>;

/** Places by harm level, from none reached (-1) over not stated (0) and negligible (1) to catastrophic (5). Not stated may be anything. */
export const HARM_PLACES = [0, 3, 1, 2, 4, 5, 6] as const;

/** The place of a harm level in every list that puts the worst for a patient first. */
export const placeOfHarm = (level: number): number => HARM_PLACES[level + 1] ?? 0;

/** ISO/TR 24971 words for the five levels, in short. */
export const HARM_MEANING: Record<Harm, string> = {
  catastrophic: "can end in death",
  critical: "permanent impairment or a life in danger",
  serious: "injury that needs medical intervention",
  minor: "injury that heals by itself",
  negligible: "discomfort or inconvenience",
};

/** What a device with such a function does: "a device that …". */
export const FUNCTION_DOES: Record<FunctionKind, string> = {
  "life-support": "keeps a patient alive",
  therapy: "delivers therapy",
  diagnosis: "informs a diagnosis",
  monitoring: "watches a patient",
  alarm: "raises alarms",
  records: "keeps patient records",
  connectivity: "connects other systems",
  service: "is serviced from outside",
};

export const DeviceFunction = z.object({
  kind: FunctionKind,
  name: z.string().trim().min(1).max(200),
  /** Worst harm if this function stops or lies. */
  harm: Harm,
});
export type DeviceFunction = z.infer<typeof DeviceFunction>;

export const InterfaceKind = z.enum(["wired", "wireless", "removable", "service"]);
export type InterfaceKind = z.infer<typeof InterfaceKind>;

export const DeviceInterface = z.object({
  kind: InterfaceKind,
  name: z.string().trim().min(1).max(200),
  /** What is spoken there: "HL7 v2 over MLLP", "BLE 5.2", "USB mass storage". */
  protocol: z.string().trim().max(200),
  /** True: reachable by someone outside the device's own housing and network zone. */
  exposed: z.boolean(),
  notes: z.string().max(2_000),
});
export type DeviceInterface = z.infer<typeof DeviceInterface>;

/** Where units of a release stand, seen from an attacker. `device-network`: a network of their own. */
export const NetworkPosition = z.enum(["isolated", "device-network", "hospital-network", "internet"]);
export type NetworkPosition = z.infer<typeof NetworkPosition>;

/** Kinds of data whose loss, change or reading matters (the classes of MITRE's rubric for medical devices). */
export const DataKind = z.enum(["patient", "diagnosis", "therapy", "workflow", "secrets", "other"]);
export type DataKind = z.infer<typeof DataKind>;

/** Data a release holds or passes on. */
export const DataHeld = z.object({ kind: DataKind, name: z.string().trim().min(1).max(200) });
export type DataHeld = z.infer<typeof DataHeld>;

/** What scoring needs to know of a release besides its interfaces. Null: not stated. */
export const ReleaseContext = z.object({
  networkPosition: NetworkPosition.nullable(),
  dataHeld: z.array(DataHeld).max(50).nullable(),
  /** Patients whose records one unit can hold or reach. */
  patientRecords: z.number().int().min(0).max(1_000_000_000).nullable(),
});
export type ReleaseContext = z.infer<typeof ReleaseContext>;

export const UnitStatus = z.enum(["in-stock", "in-use", "in-repair", "retired"]);
export type UnitStatus = z.infer<typeof UnitStatus>;

export const Unit = z.object({
  id: z.uuid(),
  releaseId: z.uuid(),
  release: z.string(),
  serial: z.string(),
  site: z.string(),
  status: UnitStatus,
  installedOn: z.iso.date().nullable(),
  revision: z.number().int(),
});
export type Unit = z.infer<typeof Unit>;

/** One day a release entered a phase, as recorded: who, when, why. */
export const PhaseChange = z.object({
  phase: Phase,
  /** First day of the phase. */
  since: z.iso.date(),
  note: z.string(),
  recordedAt: z.iso.datetime(),
  recordedBy: z.string(),
});
export type PhaseChange = z.infer<typeof PhaseChange>;

/** Findings of a release by what they ask for. `open`: new, in triage or affected, the component still there. */
export const Counts = z.object({
  open: z.number().int(),
  new: z.number().int(),
  inTriage: z.number().int(),
  affected: z.number().int(),
  exploited: z.number().int(),
  critical: z.number().int(),
  high: z.number().int(),
  medium: z.number().int(),
  low: z.number().int(),
  /** Decided for another version of the component than the one there now. */
  suspect: z.number().int(),
});
export type Counts = z.infer<typeof Counts>;

export const TrendPoint = z.object({ on: z.iso.date(), open: z.number().int(), exploited: z.number().int() });
export type TrendPoint = z.infer<typeof TrendPoint>;

/** Where a word of a sentence leads: a tab of the device page and what it is filtered by (as in the URL). */
export const SentenceLink = z.object({
  tab: z.enum(["overview", "parts", "findings", "fleet", "history"]),
  search: z.record(z.string(), z.string()),
});
export type SentenceLink = z.infer<typeof SentenceLink>;

/** A generated sentence; joined, the parts' texts are the sentence. */
export const SentencePart = z.object({
  text: z.string(),
  tone: z.enum(["plain", "good", "warn", "bad"]),
  link: SentenceLink.nullable(),
});
export type SentencePart = z.infer<typeof SentencePart>;

export const ReleaseBrief = z.object({
  id: z.uuid(),
  version: z.string(),
  phase: Phase,
  phaseSince: z.iso.date(),
  endOfSupportOn: z.iso.date().nullable(),
  sbomId: z.uuid().nullable(),
});
export type ReleaseBrief = z.infer<typeof ReleaseBrief>;

export const DeviceCard = z.object({
  id: z.uuid(),
  name: z.string(),
  model: z.string(),
  manufacturer: z.string(),
  ownerTeam: z.string(),
  functions: z.array(DeviceFunction),
  /** The release looked at first: the one chosen as current. Null: no release yet. */
  release: ReleaseBrief.nullable(),
  releases: z.number().int(),
  units: z.number().int(),
  /** Parts in the current release's SBOM. Null: no SBOM yet. */
  components: z.number().int().nullable(),
  /** Null: never assessed (no SBOM, or no advisories loaded yet). */
  counts: Counts.nullable(),
  sentence: z.array(SentencePart),
  /** Last 30 days on which something changed, oldest first. */
  trend: z.array(TrendPoint),
  updatedAt: z.iso.datetime(),
});
export type DeviceCard = z.infer<typeof DeviceCard>;

export const Device = DeviceCard.extend({
  intendedUse: z.string(),
  /** Goes up with each change; send back the one you saw. */
  revision: z.number().int(),
  releaseList: z.array(ReleaseBrief),
});
export type Device = z.infer<typeof Device>;

export const Release = ReleaseBrief.extend({
  deviceId: z.uuid(),
  notes: z.string(),
  revision: z.number().int(),
  phases: z.array(PhaseChange),
  interfaces: z.array(DeviceInterface),
  ...ReleaseContext.shape,
  units: z.number().int(),
  components: z.number().int().nullable(),
  counts: Counts.nullable(),
  assessedAt: z.iso.datetime().nullable(),
  sentence: z.array(SentencePart),
  trend: z.array(TrendPoint),
});
export type Release = z.infer<typeof Release>;

const name = z.string().trim().min(1).max(200);

export const NewDevice = z.object({
  name,
  model: z.string().trim().max(200).default(""),
  manufacturer: z.string().trim().max(200).default(""),
  ownerTeam: z.string().trim().max(200).default(""),
  intendedUse: z.string().max(10_000).default(""),
  functions: z.array(DeviceFunction).max(50).default([]),
});
export type NewDevice = z.infer<typeof NewDevice>;

export const DeviceChange = z.object({
  revision: z.number().int(),
  name: name.optional(),
  model: z.string().trim().max(200).optional(),
  manufacturer: z.string().trim().max(200).optional(),
  ownerTeam: z.string().trim().max(200).optional(),
  intendedUse: z.string().max(10_000).optional(),
  functions: z.array(DeviceFunction).max(50).optional(),
  currentReleaseId: z.uuid().optional(),
});
export type DeviceChange = z.infer<typeof DeviceChange>;

export const NewRelease = z.object({
  version: name,
  phase: Phase,
  since: z.iso.date(),
  notes: z.string().max(10_000).default(""),
  endOfSupportOn: z.iso.date().nullable().default(null),
  /** Interfaces are taken over from this release. */
  copyFrom: z.uuid().optional(),
  /** True: the device page opens on it. */
  current: z.boolean().default(true),
});
export type NewRelease = z.infer<typeof NewRelease>;

export const ReleaseChange = z.object({
  revision: z.number().int(),
  version: name.optional(),
  notes: z.string().max(10_000).optional(),
  endOfSupportOn: z.iso.date().nullable().optional(),
  interfaces: z.array(DeviceInterface).max(200).optional(),
  ...ReleaseContext.partial().shape,
});
export type ReleaseChange = z.infer<typeof ReleaseChange>;

export const NewUnit = z.object({
  serial: name,
  site: z.string().trim().max(200).default(""),
  status: UnitStatus.default("in-stock"),
  installedOn: z.iso.date().nullable().default(null),
});
export type NewUnit = z.infer<typeof NewUnit>;

export const UnitChange = z.object({
  revision: z.number().int(),
  releaseId: z.uuid().optional(),
  site: z.string().trim().max(200).optional(),
  status: UnitStatus.optional(),
  installedOn: z.iso.date().nullable().optional(),
});
export type UnitChange = z.infer<typeof UnitChange>;
