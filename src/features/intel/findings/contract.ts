import * as z from "zod";
import { base } from "../../../lib/contract.ts";
import { PageInput, pageOf } from "../../../lib/page.ts";
import { Decision, DecisionReceipt, FindingDetail, FindingFilter, FindingRow, FindingSort } from "./schema.ts";

const id = z.object({ id: z.uuid() });
const reads = base.meta({ can: "finding:read" });
const decides = base.meta({ can: "finding:decide" });

/** Advisories that touch components of releases, and what was decided about them. */
export const findingsContract = {
  list: reads
    .route({ method: "GET", path: "/findings", summary: "Findings, worst for a patient first" })
    .input(PageInput.extend(FindingFilter.shape).extend({ sort: FindingSort.default("harm") }))
    .output(pageOf(FindingRow)),
  get: reads
    .route({ method: "GET", path: "/findings/{id}", summary: "One finding: why we say so, and its history" })
    .input(id)
    .output(FindingDetail),
  decide: decides
    .route({ method: "POST", path: "/findings/{id}/decision", summary: "Decide a finding" })
    .input(id.extend({ revision: z.number().int(), decision: Decision }))
    .output(DecisionReceipt),
  /** All or as many as nobody else changed: each with the revision that was seen. */
  decideMany: decides
    .route({ method: "POST", path: "/findings/decisions", summary: "Decide several findings alike" })
    .input(
      z.object({
        findings: z
          .array(id.extend({ revision: z.number().int() }))
          .min(1)
          .max(1_000),
        decision: Decision,
      }),
    )
    .output(DecisionReceipt),
  /** Every open finding of one vulnerability, in the releases or the device named, or in all. */
  decideVulnerability: decides
    .route({
      method: "POST",
      path: "/vulnerabilities/{advisory}/decision",
      summary: "Decide a vulnerability everywhere",
    })
    .input(
      z.object({
        advisory: z.string().min(1).max(200),
        releaseIds: z.array(z.uuid()).max(1_000).optional(),
        /** Only in this device. */
        deviceId: z.uuid().optional(),
        decision: Decision,
      }),
    )
    .output(DecisionReceipt),
  assign: decides
    .route({ method: "POST", path: "/findings/{id}/assignee", summary: "Say who looks into it" })
    .input(id.extend({ revision: z.number().int(), userId: z.string().max(100).nullable() }))
    .output(FindingDetail),
  /** Takes a decision back where nothing was decided on top of it. */
  undo: decides
    .route({ method: "POST", path: "/findings/undo", summary: "Take a decision back" })
    .input(z.object({ changeId: z.uuid() }))
    .output(DecisionReceipt),
};
