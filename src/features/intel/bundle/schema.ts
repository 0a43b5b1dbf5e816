import * as z from "zod";

/** What came of a bundle. `older`: sources that are newer here than in it, and so were left as they are. */
export const BundleReceipt = z.object({
  madeAt: z.iso.datetime(),
  imported: z.array(z.string()),
  older: z.array(z.string()),
  /** The run that builds the index of them. */
  runId: z.uuid(),
});
export type BundleReceipt = z.infer<typeof BundleReceipt>;
