import * as z from "zod";

/** A recall as the FDA lists it; texts cut at 2,000 characters. Dates are days. */
export const FdaRecall = z.object({
  /** `Z-1234-2026`: one product of a recall. */
  number: z.string(),
  event: z.string().nullable(),
  firm: z.string(),
  product: z.string(),
  reason: z.string(),
  rootCause: z.string().nullable(),
  /** How bad the FDA judges it: I may cause death or serious harm, III is unlikely to cause any. Null: not said yet. */
  classification: z.enum(["I", "II", "III"]).nullable(),
  status: z.string().nullable(),
  initiatedOn: z.iso.date().nullable(),
  postedOn: z.iso.date().nullable(),
  terminatedOn: z.iso.date().nullable(),
  productCode: z.string().nullable(),
  kNumbers: z.array(z.string()),
  /** The FDA's page about it. */
  url: z.url(),
});
export type FdaRecall = z.infer<typeof FdaRecall>;

/** A recall that may be about one of our devices: something to look at, never a finding. */
export const DeviceRecall = FdaRecall.extend({
  grade: z.enum(["strong", "weak"]),
  /** Why firm and product agree, one sentence each. */
  evidence: z.array(z.string()),
  firstSeenAt: z.iso.datetime(),
});
export type DeviceRecall = z.infer<typeof DeviceRecall>;

/** Reports the FDA received about products called so. A count is no rate, and a report no proof of a cause. */
export const ReportCounts = z.object({
  /** What was asked, as openFDA writes it. */
  search: z.string(),
  total: z.number().int(),
  years: z.array(z.object({ year: z.number().int(), reports: z.number().int() })),
  /** The day of the FDA's data; null: it did not say. */
  updatedOn: z.string().nullable(),
});
export type ReportCounts = z.infer<typeof ReportCounts>;

/** Null: the source is not switched on. */
const Standing = z.object({ succeededAt: z.iso.datetime().nullable(), failure: z.string().nullable() }).nullable();

export const DeviceFda = z.object({
  recallSource: Standing,
  reportSource: Standing,
  /** Newest first, at most 200. */
  recalls: z.array(DeviceRecall),
  /** Null: not asked for this device yet, or its name has no word to ask for. */
  reports: ReportCounts.nullable(),
});
export type DeviceFda = z.infer<typeof DeviceFda>;
