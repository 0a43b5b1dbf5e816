import * as z from "zod";
import {
  DataHeld,
  DeviceFunction,
  DeviceInterface,
  NetworkPosition,
  Phase,
  ReleaseContext,
  UnitStatus,
} from "../schema.ts";

const name = z.string().trim().min(1).max(200);
/** A path inside the device folder, written with `/`. */
const path = z.string().min(1).max(500);

/** A decision on a finding, as a team keeps it beside the device: the server imports it with its reason. */
export const FileDecision = z.strictObject({
  advisory: name,
  /** As findings show it: `group/name`, or the name alone. */
  component: name,
  state: z.enum(["in-triage", "affected", "not-affected", "fixed", "accepted"]),
  /** A CycloneDX justification; required for not-affected. */
  justification: z.string().max(100).optional(),
  note: z.string().max(10_000),
});
export type FileDecision = z.infer<typeof FileDecision>;

export const FileRelease = z.strictObject({
  version: name,
  notes: z.string().max(10_000).default(""),
  endOfSupportOn: z.iso.date().nullable().default(null),
  /** Oldest first; the last one is the phase the release is in. */
  phases: z
    .array(z.strictObject({ phase: Phase, since: z.iso.date(), note: z.string().max(2_000).default("") }))
    .min(1),
  interfaces: z.array(DeviceInterface.strict()).max(200).default([]),
  networkPosition: NetworkPosition.nullable().default(null),
  dataHeld: z.array(DataHeld.strict()).max(50).nullable().default(null),
  patientRecords: ReleaseContext.shape.patientRecords.default(null),
  sboms: z.array(path).max(20).default([]),
  /** The security file of the release: a document, or a folder of documents. */
  securityFile: path.nullable().default(null),
  units: z
    .array(
      z.strictObject({
        serial: name,
        site: z.string().max(200).default(""),
        status: UnitStatus.default("in-use"),
        installedOn: z.iso.date().nullable().default(null),
      }),
    )
    .max(10_000)
    .default([]),
  decisions: z.array(FileDecision).max(10_000).default([]),
});
export type FileRelease = z.infer<typeof FileRelease>;

/** `device.yaml`: one device in a folder, so that it can live in Git. Releases oldest first; the last is the current one. */
export const DeviceFile = z.strictObject({
  name,
  model: z.string().trim().max(200).default(""),
  manufacturer: z.string().trim().max(200).default(""),
  ownerTeam: z.string().trim().max(200).default(""),
  intendedUse: z.string().max(10_000).default(""),
  functions: z.array(DeviceFunction.strict()).max(50).default([]),
  releases: z.array(FileRelease).min(1).max(500),
});
export type DeviceFile = z.infer<typeof DeviceFile>;
