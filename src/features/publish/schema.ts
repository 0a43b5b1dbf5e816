import * as z from "zod";
import { VexJustification, VexStatus } from "../intel/vex/schema.ts";

const line = (max = 300) => z.string().trim().max(max);
const passage = z.string().trim().max(20_000);
const Web = z.url({ protocol: /^https$/ }).max(2_000);

/** Who publishes (CSAF 2.0, 3.2.1.8.1). */
export const PublisherCategory = z.enum(["vendor", "coordinator", "discoverer", "other", "translator", "user"]);
export type PublisherCategory = z.infer<typeof PublisherCategory>;

/** The organisation as its customers know it: on advisories, on letters, and as a CSAF provider. */
export const PublisherSettings = z.object({
  name: line(200).min(1),
  category: PublisherCategory,
  /** An https address under the publisher's control: in CSAF it stands for the publisher. */
  namespace: Web,
  contact: line(2_000),
  issuingAuthority: line(2_000),
  postalAddress: line(1_000),
  email: z.union([z.literal(""), z.email().max(254)]),
  phone: line(100),
  /** Begins every advisory's number: `EXD` makes `EXD-2026-0001`. */
  idPrefix: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,19}$/, "letters, digits and hyphens, at most 20"),
  /** The segment of the public address, `/csaf/<path>/`. */
  path: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "small letters, digits and hyphens, at most 40"),
  /** True: advisories for everybody (TLP:CLEAR) are served without an account. */
  providerOn: z.boolean(),
  listOnAggregators: z.boolean(),
  mirrorOnAggregators: z.boolean(),
});
export type PublisherSettings = z.infer<typeof PublisherSettings>;

/** Where subscribers read. `main`: this one also answers at the server's well-known address. */
export const ProviderAddresses = z.object({
  metadata: z.string(),
  wellKnown: z.string().nullable(),
  feed: z.string(),
  key: z.string().nullable(),
});

export const Publisher = PublisherSettings.extend({
  /** Empty: not said yet. */
  namespace: z.string(),
  /** 0: never saved; what is shown is a proposal. */
  revision: z.number().int(),
  fingerprint: z.string().nullable(),
  addresses: ProviderAddresses,
  /** Why a subscriber's tool would refuse these addresses, in a sentence; null when nothing speaks against them. */
  warning: z.string().nullable(),
});
export type Publisher = z.infer<typeof Publisher>;

export const Reference = z.object({ summary: line().min(1), url: z.url({ protocol: /^https?$/ }).max(2_000) });
export type Reference = z.infer<typeof Reference>;

export const Acknowledgment = z.object({ name: line(200), organization: line(200), summary: line(1_000) });
export type Acknowledgment = z.infer<typeof Acknowledgment>;

/** What to do about it (CSAF 2.0, 3.2.3.12.1). */
export const RemedyKind = z.enum(["vendor_fix", "mitigation", "workaround", "none_available", "no_fix_planned"]);
export type RemedyKind = z.infer<typeof RemedyKind>;
export const Remedy = z.object({
  kind: RemedyKind,
  details: passage,
  /** When it is there for customers. */
  availableOn: z.iso.date().nullable(),
  url: z.union([z.literal(""), Web]),
});
export type Remedy = z.infer<typeof Remedy>;

/** A release of a device as the advisory names it; kept as it was called when it was written. */
export const AdvisoryProduct = z.object({
  releaseId: z.uuid(),
  deviceId: z.uuid(),
  vendor: line(200),
  name: line(200),
  model: line(200),
  version: line(200),
});
export type AdvisoryProduct = z.infer<typeof AdvisoryProduct>;

/** What is said of one release. Status null: nothing, it is left out. */
export const ProductStatement = z.object({
  releaseId: z.uuid(),
  status: VexStatus.nullable(),
  justification: VexJustification.nullable(),
  /** Not affected: why. */
  impact: passage,
});
export type ProductStatement = z.infer<typeof ProductStatement>;

export const AdvisoryVulnerability = z.object({
  /** A CVE number where there is one. */
  name: line(200).min(1),
  aliases: z.array(line(200)).max(50),
  title: line(500),
  description: passage,
  /** `CWE-79`, or empty. */
  cwe: z.union([z.literal(""), z.string().regex(/^CWE-[1-9]\d{0,5}$/, "a CWE number, as in CWE-787")]),
  /** A CVSS vector, or empty. */
  vector: line(500),
  statements: z.array(ProductStatement).max(500),
  remedies: z.array(Remedy).max(50),
  references: z.array(Reference).max(100),
});
export type AdvisoryVulnerability = z.infer<typeof AdvisoryVulnerability>;

export const TLP = ["WHITE", "GREEN", "AMBER", "RED"] as const;
export const Tlp = z.enum(TLP);
export type Tlp = z.infer<typeof Tlp>;

/** All that a person writes or checks before an advisory goes out. */
export const AdvisoryContent = z.object({
  kind: z.enum(["security-advisory", "vex"]),
  title: line(300),
  /** What happened, for somebody who reads nothing else. */
  summary: passage,
  /** What it means for a patient, in plain words. */
  harm: passage,
  tlp: Tlp,
  distribution: line(2_000),
  /** `interim`: more is coming soon. */
  status: z.enum(["interim", "final"]),
  products: z.array(AdvisoryProduct).max(500),
  vulnerabilities: z.array(AdvisoryVulnerability).max(100),
  references: z.array(Reference).max(100),
  acknowledgments: z.array(Acknowledgment).max(100),
});
export type AdvisoryContent = z.infer<typeof AdvisoryContent>;

/** One thing that is wrong or could be better. `error` keeps an advisory from being published. */
export const Check = z.object({
  level: z.enum(["error", "advice"]),
  /** The place in plain words. */
  where: z.string(),
  reason: z.string(),
  /** What to do; empty when the reason says it. */
  fix: z.string(),
  /** A JSON pointer into the document, and the test of the standard, where it was one. */
  pointer: z.string().nullable(),
  test: z.string().nullable(),
});
export type Check = z.infer<typeof Check>;

/** The document as it would go out now, and what the tests of the standard say about it. */
export const Preview = z.object({ document: z.string().nullable(), checks: z.array(Check), canPublish: z.boolean() });
export type Preview = z.infer<typeof Preview>;

export const AdvisoryState = z.enum(["draft", "published", "withdrawn"]);
export type AdvisoryState = z.infer<typeof AdvisoryState>;

export const AdvisoryRow = z.object({
  id: z.uuid(),
  trackingId: z.string(),
  title: z.string(),
  kind: AdvisoryContent.shape.kind,
  state: AdvisoryState,
  tlp: Tlp,
  /** Of the last published revision. */
  number: z.number().int().nullable(),
  /** Published, and changed since. */
  changed: z.boolean(),
  vulnerabilities: z.array(z.string()),
  devices: z.array(z.object({ id: z.uuid(), name: z.string() })),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string(),
});
export type AdvisoryRow = z.infer<typeof AdvisoryRow>;

export const AdvisoryRevision = z.object({
  number: z.number().int(),
  status: z.enum(["interim", "final"]),
  category: z.string(),
  tlp: Tlp,
  title: z.string(),
  summary: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  keyFingerprint: z.string(),
  publishedAt: z.iso.datetime(),
  publishedBy: z.string(),
});
export type AdvisoryRevision = z.infer<typeof AdvisoryRevision>;

export const Advisory = z.object({
  id: z.uuid(),
  trackingId: z.string(),
  state: AdvisoryState,
  changed: z.boolean(),
  revision: z.number().int(),
  content: AdvisoryContent,
  revisions: z.array(AdvisoryRevision),
  /** Where everybody reads the last revision; null while it is not served. */
  publicUrl: z.string().nullable(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string(),
});
export type Advisory = z.infer<typeof Advisory>;

export const VEX_OUT = ["cyclonedx", "openvex", "csaf"] as const;
export const VexOutFormat = z.enum(VEX_OUT);
export type VexOutFormat = z.infer<typeof VexOutFormat>;

/** A unit that an advisory is about. */
export const LetterUnit = z.object({
  device: z.string(),
  release: z.string(),
  serial: z.string(),
  site: z.string(),
  status: VexStatus,
});
export type LetterUnit = z.infer<typeof LetterUnit>;

/** A letter to a customer: what the advisory says, for people who run the device. Every text can be changed before it goes out. */
export const LetterText = z.object({
  recipient: line(1_000),
  on: z.iso.date(),
  subject: line(300).min(1),
  salutation: line(200),
  whatHappened: passage,
  patientRisk: passage,
  /** One step a line. */
  whatToDo: passage,
  fix: passage,
  contact: passage,
  closing: line(1_000),
});
export type LetterText = z.infer<typeof LetterText>;

export const Letter = z.object({
  text: LetterText,
  units: z.array(LetterUnit),
  /** How many there are; `units` holds the first 2,000. */
  unitCount: z.number().int(),
  /** Sites that have such units. */
  sites: z.array(z.string()),
  /** The letter takes a withdrawn advisory back: nothing is said of how units stand. */
  takesBack: z.boolean(),
});
export type Letter = z.infer<typeof Letter>;
