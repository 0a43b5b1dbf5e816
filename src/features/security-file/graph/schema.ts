import * as z from "zod";
import { Harm } from "../../devices/schema.ts";
import { Exploitability } from "../../risk/schema.ts";

/** `planned`: no barrier yet. `tested`: implemented, and the newest result of a test of it is a pass. */
export const ControlStands = z.enum(["planned", "implemented", "tested"]);
export type ControlStands = z.infer<typeof ControlStands>;

/** A security control on the way. */
export const WayControl = z.object({ id: z.string(), name: z.string(), stands: ControlStands });
export type WayControl = z.infer<typeof WayControl>;

export const StepKind = z.enum([
  "component",
  "port",
  "flow",
  "asset",
  "credential",
  "update",
  "zone",
  "element",
  "function",
  "hazard",
  "situation",
  "harm",
]);
export type StepKind = z.infer<typeof StepKind>;

/** How one gets from a step to the next. `part-of`: the whole depends on the part, which gives no hold on its other parts. */
export const StepBy = z.enum([
  "is-in",
  "flow",
  "update",
  "holds",
  "runs-on",
  "part-of",
  "serves",
  "fails",
  "exposes",
  "harms",
]);
export type StepBy = z.infer<typeof StepBy>;

/** One station of a way from a part to a patient. */
export const Step = z.object({
  kind: StepKind,
  id: z.string(),
  name: z.string(),
  /** How it is reached from the step before. Null: the way begins here. */
  by: z.object({ how: StepBy, id: z.string().nullable(), name: z.string(), controls: z.array(WayControl) }).nullable(),
});
export type Step = z.infer<typeof Step>;

/** `direct`: the function depends on where the way begins. `within`: the way stays in one device. `network`: it leaves the device. */
export const Reach = z.enum(["direct", "within", "network"]);
export type Reach = z.infer<typeof Reach>;

const Named = z.object({ id: z.string(), name: z.string() });

/** A way from a part, an element or a threat to a harm. */
export const HarmPath = z.object({
  function: Named,
  /** Null: no hazard, situation or harm is stated for the function. */
  harm: Named.extend({ severity: Harm }).nullable(),
  reach: Reach,
  /** Steps from element to element. */
  distance: z.number().int(),
  sentence: z.string(),
  steps: z.array(Step),
});
export type HarmPath = z.infer<typeof HarmPath>;

/** How far one compromise goes. At worst: whoever holds a system outside a device holds every device that system acts on. */
export const Exposure = z.object({
  elements: z.number().int(),
  devices: z.number().int(),
  patients: z.number().int(),
  /** Units in which the same weakness stands. */
  units: z.number().int(),
  sentence: z.string(),
  /** What acts on patients, most patients first. */
  on: z.array(
    Named.extend({
      devices: z.number().int(),
      patients: z.number().int(),
      steps: z.array(Step),
    }),
  ),
});
export type Exposure = z.infer<typeof Exposure>;

export const EntryKind = z.enum(["port", "service-port", "removable", "user", "external-system"]);
export type EntryKind = z.infer<typeof EntryKind>;

/** Where somebody gets in. */
export const Entry = z.object({
  kind: EntryKind,
  id: z.string(),
  name: z.string(),
  /** How easily somebody gets as far as this. */
  ease: Exploitability,
});
export type Entry = z.infer<typeof Entry>;

/** A way from an entry to a harm. */
export const AttackPath = z.object({
  entry: Entry,
  harm: Named.extend({ severity: Harm }),
  distance: z.number().int(),
  /** Controls on the way that stand, each counted once. */
  standing: z.number().int(),
  /** Controls on the way that are only planned. */
  planned: z.number().int(),
  sentence: z.string(),
  steps: z.array(Step),
});
export type AttackPath = z.infer<typeof AttackPath>;

/** What every way from outside to a harm goes through. */
export const ChokePoint = Named.extend({ kind: z.enum(["element", "flow"]), controls: z.array(WayControl) });
export type ChokePoint = z.infer<typeof ChokePoint>;

/** How a harm is reached from outside. */
export const HarmAttacks = z.object({
  harm: Named.extend({ severity: Harm }),
  /** Fewest steps first. */
  shortest: z.array(AttackPath),
  /** Fewest and weakest controls first, then the easiest entry. */
  worst: z.array(AttackPath),
  entries: z.array(Entry),
  chokePoints: z.array(ChokePoint),
  /** False: the search was cut off, there may be others. */
  complete: z.boolean(),
});
export type HarmAttacks = z.infer<typeof HarmAttacks>;

/** What one thing of a release can do to patients. */
export const WaysOut = z.object({
  /** Elements it is in, or strikes. None: the file does not say; then the ways are empty. */
  elements: z.array(Named),
  /** Worst harm first, then the shortest way. */
  paths: z.array(HarmPath),
  exposure: Exposure,
});
export type WaysOut = z.infer<typeof WaysOut>;
