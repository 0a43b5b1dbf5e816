import * as z from "zod";

/** A device as a person names it: from the registry, or somebody else's on the same network. */
export const DeviceProduct = z.object({
  vendor: z.string(),
  name: z.string(),
  model: z.string().nullable(),
  version: z.string().nullable(),
});
export type DeviceProduct = z.infer<typeof DeviceProduct>;

/**
 * An advisory that names vendor, product and version in words, and may mean this device. A person confirms it. `strong`: the
 * product's own words or its model number agree; `weak`: one word does, or one side names the family only.
 */
export const DeviceProposal = z.object({
  /** Index into the products that were asked about. */
  product: z.number().int(),
  advisory: z.string(),
  title: z.string(),
  cves: z.array(z.string()),
  source: z.string(),
  publishedAt: z.string().nullable(),
  vendor: z.string(),
  name: z.string(),
  grade: z.enum(["strong", "weak"]),
  /** Of the version: whether the advisory's words hold it. */
  says: z.enum(["affected", "not-affected", "not-decided"]),
  /** Why vendor, product and version agree, one sentence each. */
  evidence: z.array(z.string()),
  fixedIn: z.array(z.string()),
});
export type DeviceProposal = z.infer<typeof DeviceProposal>;

export const PairVerdict = z.enum(["same", "other"]);
export type PairVerdict = z.infer<typeof PairVerdict>;

/** One of our devices beside a vendor and product as advisories write them, with every advisory that does. */
export const DevicePair = z.object({
  id: z.uuid(),
  revision: z.number().int(),
  device: z.object({ id: z.uuid(), name: z.string(), model: z.string(), manufacturer: z.string() }),
  said: z.object({ vendor: z.string(), name: z.string() }),
  verdict: PairVerdict.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  firstSeenAt: z.iso.datetime(),
  /** Newest advisory first, each with every release it was compared with. */
  matches: z.array(
    z.object({
      advisory: z.string(),
      title: z.string(),
      source: z.string(),
      publishedAt: z.string().nullable(),
      cves: z.array(z.string()),
      fixedIn: z.array(z.string()),
      grade: DeviceProposal.shape.grade,
      release: z.object({ id: z.uuid(), version: z.string() }),
      says: DeviceProposal.shape.says,
      /** Why vendor, product and version agree, one sentence each. */
      evidence: z.array(z.string()),
    }),
  ),
});
export type DevicePair = z.infer<typeof DevicePair>;
