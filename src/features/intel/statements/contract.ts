import * as z from "zod";
import { base } from "../../../lib/contract.ts";
import { PageInput, pageOf } from "../../../lib/page.ts";
import { SpokenVex, Trust, VexDocument, VexProposal, VexSource } from "./schema.ts";

const id = z.object({ id: z.uuid() });
const reads = base.meta({ can: "finding:read" });
const decides = base.meta({ can: "finding:decide" });
const manages = base.meta({ can: "vex:manage" });

const Sources = z.object({
  items: z.array(VexSource),
  /** Trusts whose statements set a finding's state; all others propose it. */
  sets: z.array(Trust),
  ruleRevision: z.number().int(),
});

/**
 * What others say of vulnerabilities in our releases. A VEX document is sent as it is, not through this contract:
 * `POST /api/releases/{id}/vex` with the file as body and its name in `x-file-name`; the answer is a `VexReceipt`.
 * `GET /api/vex/{id}/file` gives the very same bytes back.
 */
export const statementsContract = {
  documents: reads
    .route({ method: "GET", path: "/releases/{id}/vex", summary: "VEX documents of a release, newest first" })
    .input(id)
    .output(z.object({ items: z.array(VexDocument) })),
  withdraw: base
    .meta({ can: "vex:upload" })
    .route({
      method: "POST",
      path: "/vex/{id}/withdrawal",
      summary: "Withdraw a VEX document: it sets and proposes nothing any more",
    })
    .input(id)
    .output(VexDocument),
  ofFinding: reads
    .route({ method: "GET", path: "/findings/{id}/vex", summary: "What others say of a finding, newest first" })
    .input(id)
    .output(z.object({ items: z.array(SpokenVex) })),
  proposals: reads
    .route({
      method: "GET",
      path: "/vex/proposals",
      summary: "Statements that would change a finding, and wait for a person",
    })
    .input(PageInput.extend({ releaseId: z.uuid().optional(), findingId: z.uuid().optional() }))
    .output(pageOf(VexProposal)),
  /** Taking one over decides the finding; turning it down is remembered for this statement. */
  answer: decides
    .route({ method: "POST", path: "/vex/proposals", summary: "Follow a statement, or turn it down" })
    .input(
      z.object({
        findingId: z.uuid(),
        statementId: z.uuid(),
        revision: z.number().int(),
        take: z.boolean(),
      }),
    )
    .output(z.object({ changeId: z.uuid().nullable() })),
  sources: reads
    .route({ method: "GET", path: "/vex/sources", summary: "Authors of statements and how far each is trusted" })
    .output(Sources),
  setTrust: manages
    .route({ method: "POST", path: "/vex/sources/{id}/trust", summary: "Say how far an author is trusted" })
    .input(id.extend({ revision: z.number().int(), trust: Trust }))
    .output(Sources),
  setRule: manages
    .route({ method: "POST", path: "/vex/rule", summary: "Say whose statements set a finding's state" })
    .input(z.object({ revision: z.number().int(), sets: z.array(Trust).max(4) }))
    .output(Sources),
};
