import type { ComponentType } from "./schema.ts";

/** SPDX 2.3 primaryPackagePurpose and SPDX 3 software_primaryPurpose onto component types; sources and archives count as libraries. */
const TYPES: Record<string, ComponentType> = {
  application: "application",
  executable: "application",
  install: "application",
  framework: "framework",
  container: "container",
  platform: "platform",
  operatingsystem: "operating-system",
  filesystemimage: "operating-system",
  diskimage: "operating-system",
  device: "device",
  devicedriver: "device-driver",
  firmware: "firmware",
  file: "file",
  documentation: "file",
  manifest: "file",
  configuration: "file",
  data: "data",
  model: "machine-learning-model",
};

/** `library` when nothing or something else is stated. */
export function purposeType(stated: string | null): ComponentType {
  const key = (stated ?? "").toLowerCase().replaceAll(/[-_ ]/g, "");
  return Object.hasOwn(TYPES, key) ? (TYPES[key] ?? "library") : "library";
}
