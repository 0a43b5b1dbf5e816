import * as z from "zod";

export const Hash = z.object({ algorithm: z.string(), value: z.string() });
export type Hash = z.infer<typeof Hash>;

/** CycloneDX component types; SPDX purposes are mapped onto them. */
export const ComponentType = z.enum([
  "application",
  "framework",
  "library",
  "container",
  "platform",
  "operating-system",
  "device",
  "device-driver",
  "firmware",
  "file",
  "machine-learning-model",
  "data",
  "cryptographic-asset",
]);
export type ComponentType = z.infer<typeof ComponentType>;

/** One part of a device, as its SBOM states it. `version` null: the document names none. */
export const Component = z.object({
  /** Identity inside the document: CycloneDX bom-ref, SPDX SPDXID / spdxId; made up (`#n`) where the document has none. */
  ref: z.string(),
  type: ComponentType,
  group: z.string().nullable(),
  name: z.string(),
  version: z.string().nullable(),
  purl: z.string().nullable(),
  /** CPE 2.2 or 2.3 names as written. */
  cpes: z.array(z.string()),
  hashes: z.array(Hash),
  supplier: z.string().nullable(),
  /** SPDX identifiers or expressions, else the name as written. */
  licenses: z.array(z.string()),
  /** `ref` of the component this one is nested in. */
  parent: z.string().nullable(),
});
export type Component = z.infer<typeof Component>;

/** Something in the document that could not be used: where it is and why. The rest was read. */
export const Problem = z.object({ at: z.string(), reason: z.string() });
export type Problem = z.infer<typeof Problem>;

export const SbomFormat = z.object({
  standard: z.enum(["CycloneDX", "SPDX"]),
  version: z.string(),
  encoding: z.enum(["json", "xml", "tag-value", "json-ld"]),
});
export type SbomFormat = z.infer<typeof SbomFormat>;

export const Sbom = z.object({
  format: SbomFormat,
  /** CycloneDX serialNumber or SPDX documentNamespace. */
  serial: z.string().nullable(),
  name: z.string().nullable(),
  createdAt: z.string().nullable(),
  authors: z.array(z.string()),
  tools: z.array(z.string()),
  /** What the document describes (CycloneDX metadata.component, SPDX documentDescribes). Also among `components` in SPDX only. */
  subject: Component.nullable(),
  components: z.array(Component),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
  problems: z.array(Problem),
});
export type Sbom = z.infer<typeof Sbom>;
