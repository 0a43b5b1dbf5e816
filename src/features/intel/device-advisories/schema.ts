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
