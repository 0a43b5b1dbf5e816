import * as z from "zod";
import { base } from "../../lib/contract.ts";
import { PageInput, pageOf } from "../../lib/page.ts";
import { Coverage, ProofTarget, TargetCoverage } from "./coverage/schema.ts";
import { Disposition, Evidence, FindingState, KeptFinding, ProofRef } from "./stored/schema.ts";

const release = z.object({ releaseId: z.uuid() });
const one = z.object({ id: z.uuid() });
const reads = base.meta({ can: "evidence:read" });
const adds = base.meta({ can: "evidence:add" });
const decides = base.meta({ can: "evidence:decide" });

/** Evidence of a release: what proves which control on which days, and what is done about what tests found. Files go through plain routes. */
export const evidenceContract = {
  list: reads
    .route({ method: "GET", path: "/releases/{releaseId}/evidence", summary: "Evidence of a release, newest first" })
    .input(release.extend({ withdrawn: z.coerce.boolean().default(false) }))
    .output(z.object({ items: z.array(Evidence), more: z.boolean() })),
  get: reads
    .route({ method: "GET", path: "/evidence/{id}", summary: "One piece of evidence" })
    .input(one)
    .output(Evidence),
  targets: reads
    .route({
      method: "GET",
      path: "/releases/{releaseId}/proof-targets",
      summary: "Controls and tests that evidence can prove",
    })
    .input(release)
    .output(z.object({ items: z.array(ProofTarget) })),
  coverage: reads
    .route({
      method: "GET",
      path: "/releases/{releaseId}/evidence/coverage",
      summary: "On which days of a period each control was proven, and what expires",
    })
    .input(
      release.extend({
        from: z.iso.date().optional(),
        until: z.iso.date().optional(),
        /** As it was known on that day; else today. */
        asOf: z.iso.date().optional(),
        expiringWithinDays: z.coerce.number().int().min(0).max(730).default(60),
      }),
    )
    .output(
      Coverage.extend({
        expiring: z.array(
          z.object({ target: TargetCoverage, on: z.iso.date().nullable(), daysLeft: z.number().int().nullable() }),
        ),
      }),
    ),
  link: adds
    .route({ method: "POST", path: "/evidence/{id}/proofs", summary: "Say what evidence proves" })
    .input(one.extend({ proves: z.array(ProofRef).min(1).max(200) }))
    .output(Evidence),
  unlink: adds
    .route({
      method: "POST",
      path: "/evidence-proofs/{id}/removal",
      summary: "Take back that evidence proves something",
    })
    .input(one)
    .output(Evidence),
  /** It stays, with the reason, and proves nothing any more. */
  withdraw: adds
    .route({ method: "POST", path: "/evidence/{id}/withdrawal", summary: "Withdraw evidence" })
    .input(one.extend({ because: z.string().trim().min(1).max(4_000) }))
    .output(Evidence),
  findings: reads
    .route({
      method: "GET",
      path: "/releases/{releaseId}/test-findings",
      summary: "What tests found, the gravest first, with its disposition",
    })
    .input(
      PageInput.extend({
        ...release.shape,
        state: FindingState.optional(),
        evidenceId: z.uuid().optional(),
      }),
    )
    .output(pageOf(KeptFinding)),
  /** All of them or none. */
  decide: decides
    .route({
      method: "POST",
      path: "/test-findings/dispositions",
      summary: "Decide what is done about findings of tests",
    })
    .input(
      z.object({
        findings: z
          .array(one.extend({ revision: z.number().int() }))
          .min(1)
          .max(200),
        /** Null: open again. */
        disposition: Disposition.nullable(),
      }),
    )
    .output(z.object({ items: z.array(KeptFinding) })),
};
