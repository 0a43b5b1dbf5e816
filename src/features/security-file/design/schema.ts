import * as z from "zod";
import { DataKind } from "../../devices/schema.ts";
import { Ids, ItemId, item, Line, Name, Prose } from "../item/schema.ts";

export const Owner = z.enum(["manufacturer", "hospital", "patient", "third-party", "unknown"]);
export type Owner = z.infer<typeof Owner>;

/** A zone (IEC 62443-1-1): things that trust each other. */
export const Zone = z.strictObject({
  ...item,
  /** A zone around this one. */
  parent: ItemId.nullable().default(null),
  /** Who answers for it. */
  owner: Owner.default("unknown"),
  /** 0: hostile, 100: fully trusted. Null: not rated. */
  trust: z.number().int().min(0).max(100).nullable().default(null),
});
export type Zone = z.infer<typeof Zone>;

export const ElementKind = z.enum(["process", "store", "external-system", "user", "hardware"]);
export type ElementKind = z.infer<typeof ElementKind>;

/**
 * A component of an SBOM: a package URL, with or without a version, or the name as lists show it (`group/name`, or the name alone).
 * Without a version it means every version.
 */
export const ComponentRef = z.string().trim().min(1).max(500);
export type ComponentRef = z.infer<typeof ComponentRef>;

/** A process, store, external system, user or piece of hardware of the device or around it. */
export const Element = z.strictObject({
  ...item,
  kind: ElementKind,
  zone: ItemId.nullable().default(null),
  /** The element it is a part of, or runs on. */
  parent: ItemId.nullable().default(null),
  /** False: outside what the file answers for; `description` says why. */
  inScope: z.boolean().default(true),
  technology: Line,
  /** Parts of the SBOM it is made of. */
  components: z.array(ComponentRef).max(5_000).default([]),
  /** Assets it keeps. */
  assets: Ids,
  /** Of this element in one installation (one hospital). */
  instances: z.number().int().min(1).max(10_000_000).default(1),
  /** Patients that one instance acts on at the same time. */
  patientsEach: z.number().int().min(0).max(10_000_000).default(0),
  /** What it does when what it depends on fails, or it is attacked (fail-safe state). Empty: not stated. */
  onFailure: Line,
});
export type Element = z.infer<typeof Element>;

export const PortKind = z.enum(["wired", "wireless", "removable", "service", "debug", "user", "logical"]);
export type PortKind = z.infer<typeof PortKind>;

/** Used, there and unused, switched on only for service, switched off for good, or nobody knows. */
export const PortState = z.enum(["used", "unused", "service-only", "disabled", "unknown"]);
export type PortState = z.infer<typeof PortState>;

export const Direction = z.enum(["in", "out", "both"]);
export type Direction = z.infer<typeof Direction>;

/** An interface of an element: also those that are unused, for debugging, or for service (FDA premarket guidance, App. 2.B). */
export const Port = z.strictObject({
  ...item,
  element: ItemId,
  kind: PortKind,
  state: PortState.default("used"),
  protocol: Line,
  direction: Direction.default("both"),
  /** True: reachable by someone outside the device's own housing and network zone. */
  exposed: z.boolean(),
  /** Who may be at the other end, as the labeling tells users. */
  approvedEndpoints: z.array(Line).max(100).default([]),
  /** What keeps others out: a seal, a key, a switch in software. */
  accessControl: Line,
});
export type Port = z.infer<typeof Port>;

export const AssetKind = z.enum([...DataKind.options, "firmware", "configuration", "log"]);
export type AssetKind = z.infer<typeof AssetKind>;

export const Need = z.enum(["none", "low", "medium", "high"]);
export type Need = z.infer<typeof Need>;

/** What is worth protecting, and how much of each. */
export const Asset = z.strictObject({
  ...item,
  kind: AssetKind,
  confidentiality: Need.default("medium"),
  integrity: Need.default("medium"),
  availability: Need.default("medium"),
});
export type Asset = z.infer<typeof Asset>;

/** How far one leaked credential reaches. */
export const CredentialScope = z.enum(["per-user", "per-unit", "per-site", "per-model", "shared", "unknown"]);
export type CredentialScope = z.infer<typeof CredentialScope>;

/** A key, certificate, password or token, and its life from generation to revocation (App. 2.B). */
export const Credential = z.strictObject({
  ...item,
  kind: z.enum(["password", "pin", "symmetric-key", "private-key", "certificate", "token", "biometric", "other"]),
  scope: CredentialScope.default("unknown"),
  /** In the program or the image itself. */
  hardcoded: z.boolean().default(false),
  /** Set at the factory and the same until somebody changes it. */
  factoryDefault: z.boolean().default(false),
  generation: Line,
  storage: Line,
  configuration: Line,
  transfer: Line,
  maintenance: Line,
  revocation: Line,
});
export type Credential = z.infer<typeof Credential>;

/** Fields of a communication path that text answers (App. 2.B). Empty: not stated, which the check names. */
export const PATH_FIELDS = [
  "functionality",
  "accessControl",
  "errorBehaviour",
  "authentication",
  "authenticationStrength",
  "authorization",
  "cryptography",
  "cryptographyStrength",
  "keyUsage",
  "updateProtection",
  "verifiedWhere",
  "credentialDistribution",
  "identityManagement",
  "sessionStart",
  "sessionEnd",
  "settings",
  "defaults",
] as const;
export const PathField = z.enum(PATH_FIELDS);
export type PathField = z.infer<typeof PathField>;

const stated = Object.fromEntries(PATH_FIELDS.map((field) => [field, Line])) as Record<PathField, typeof Line>;

/** What FDA's premarket guidance asks of each communication path (App. 2.B). */
export const CommunicationPath = z.strictObject({
  /** "TLS 1.3", "HL7 v2.5.1 over MLLP". */
  protocol: Line,
  protocolVersion: Line,
  /** A port, channel or frequency: "8883/tcp", "2.4 GHz". */
  port: Line,
  ...stated,
  /** User roles that may use it. */
  roles: z.array(Line).max(50).default([]),
  credentials: Ids,
  /** True: both ends prove who they are. Null: not stated. */
  mutual: z.boolean().nullable().default(null),
  /** True: an old message cannot be sent again. Null: not stated. */
  antiReplay: z.boolean().nullable().default(null),
  encrypted: z.boolean().nullable().default(null),
  integrityProtected: z.boolean().nullable().default(null),
  /** A cryptography of one's own needs an expert's analysis: its evidence. */
  proprietaryCryptography: z.boolean().default(false),
  expertAnalysis: ItemId.nullable().default(null),
  /** Where data change hands on the way (a gateway, a converter), and what protects them there. */
  handoffs: z
    .array(z.strictObject({ at: z.union([ItemId, Name]), protection: Line }))
    .max(50)
    .default([]),
  /** Fields that do not apply, each with its reason. */
  notApplicable: z
    .array(z.strictObject({ field: PathField, because: Name }))
    .max(PATH_FIELDS.length)
    .default([]),
  evidence: Ids,
});
export type CommunicationPath = z.infer<typeof CommunicationPath>;

export const Carries = z.enum(["data", "command", "code"]);
export type Carries = z.infer<typeof Carries>;

/** What goes from one element to another. */
export const Flow = z.strictObject({
  ...item,
  from: ItemId,
  to: ItemId,
  /** True: the same path carries it back. */
  bothWays: z.boolean().default(false),
  /** Interfaces it leaves and enters by. */
  fromPort: ItemId.nullable().default(null),
  toPort: ItemId.nullable().default(null),
  carries: z.array(Carries).max(3).default(["data"]),
  assets: Ids,
  inScope: z.boolean().default(true),
  path: CommunicationPath.prefault({}),
});
export type Flow = z.infer<typeof Flow>;

/** One stretch of the way of an update: also one the manufacturer does not control. */
export const UpdateStep = z.strictObject({
  name: Name,
  element: ItemId.nullable().default(null),
  /** False: in other hands (a content network, a hospital's network, a technician's stick). */
  controlled: z.boolean(),
  protection: Line,
});

/** The way of an update, end to end (FDA view "updateability and patchability"). */
export const UpdatePath = z.strictObject({
  ...item,
  updates: z.array(ItemId).max(100).default([]),
  steps: z.array(UpdateStep).max(100).default([]),
  /** Who signs, what is verified, by what, before it runs. */
  signing: Line,
  verification: Line,
  /** What happens when it is interrupted, fails, or is older than what runs. */
  onInterruption: Line,
  onFailure: Line,
  rollback: Line,
  /** Regular cycle and out of cycle (FD&C Act 524B(b)(2)). */
  cadence: Line,
});
export type UpdatePath = z.infer<typeof UpdatePath>;

/** A state of the device (power on, standby…) or of the care (programming, alarming…). */
export const State = z.strictObject({ ...item, axis: z.enum(["operational", "clinical"]) });
export type State = z.infer<typeof State>;

/** A security use case: what is done, in which states, over which flows (FDA view "security use cases"). */
export const UseCase = z.strictObject({
  ...item,
  operationalStates: Ids,
  clinicalStates: Ids,
  /** In the order they happen. */
  flows: Ids,
  controls: Ids,
});
export type UseCase = z.infer<typeof UseCase>;

/** What is taken for granted about the system and its surroundings. */
export const Assumption = z.strictObject({ ...item, about: Ids, basis: Line });
export type Assumption = z.infer<typeof Assumption>;

export const View = z.enum(["global", "multi-patient", "update", "use-cases"]);
export type View = z.infer<typeof View>;

const coordinate = z.number().min(-1_000_000).max(1_000_000);

/** Where a person put things on a view; what is not named is placed by the layout engine. Its id is the view's name. */
export const Layout = z.strictObject({
  ...item,
  view: View,
  places: z
    .array(
      z.strictObject({
        of: ItemId,
        x: coordinate,
        y: coordinate,
        width: coordinate.positive().optional(),
        height: coordinate.positive().optional(),
      }),
    )
    .max(20_000)
    .default([]),
  note: Prose,
});
export type Layout = z.infer<typeof Layout>;
