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

/** CycloneDX: whether the device needs the part to run, may do without it, or is shipped without it (tests, build tools). */
export const ComponentScope = z.enum(["required", "optional", "excluded"]);
export type ComponentScope = z.infer<typeof ComponentScope>;

/** One part of a device, as its SBOM states it. `version` null: the document names none. */
export const Component = z.object({
  /** Identity inside the document: CycloneDX bom-ref, SPDX SPDXID / spdxId; made up (`#n`) where the document has none. */
  ref: z.string(),
  type: ComponentType,
  /** Absent: the document says nothing of it. */
  scope: ComponentScope.optional(),
  group: z.string().nullable(),
  name: z.string(),
  version: z.string().nullable(),
  purl: z.string().nullable(),
  /**
   * The source package a distribution built it from, as package URLs write it in `upstream`: "openssl@1.1.1n-0+deb11u3". Absent: its
   * package URL names it, or the document does not say.
   */
  source: z.string().optional(),
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

/** The minimum elements of an SBOM (NTIA, "The Minimum Elements For a Software Bill of Materials", 2021, table 1). */
export const NtiaElement = z.enum(["supplier", "name", "version", "identifier", "relationship", "author", "timestamp"]);
export type NtiaElement = z.infer<typeof NtiaElement>;

/** How an SBOM stands against the minimum elements. */
export const SbomQuality = z.object({
  /** Components looked at: all but plain files, unless the document lists only files. */
  components: z.number().int(),
  /** Share of them with every element, 0 to 1; 0 when there is none. */
  complete: z.number(),
  /** Of the two elements a document states once: author and timestamp. */
  documentLacks: z.array(NtiaElement),
  /** How many components lack an element, most frequent first. */
  lacking: z.array(z.object({ element: NtiaElement, count: z.number().int() })),
  /** What each incomplete component lacks, in document order. */
  incomplete: z.array(z.object({ ref: z.string(), missing: z.array(NtiaElement) })),
});
export type SbomQuality = z.infer<typeof SbomQuality>;

/** One difference between two SBOMs: a component that came or went (`from`, `to` null), or what of it is not as before. */
export const ComponentChange = z.object({
  kind: z.enum(["added", "removed", "version", "supplier", "license", "hash"]),
  before: Component.nullable(),
  after: Component.nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type ComponentChange = z.infer<typeof ComponentChange>;

export const SbomDiff = z.object({
  added: z.number().int(),
  removed: z.number().int(),
  /** Components that are in both and differ. */
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** Removed, then added, then changed ones; each group by name. */
  changes: z.array(ComponentChange),
});
export type SbomDiff = z.infer<typeof SbomDiff>;
