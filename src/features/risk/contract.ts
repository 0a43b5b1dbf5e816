import * as z from "zod";
import { base } from "../../lib/contract.ts";
import { NewAnswer, NewRiskDecision, Risk, Waiting } from "./schema.ts";

const about = z.object({ releaseId: z.uuid(), advisory: z.string().min(1).max(200) });
const reads = base.meta({ can: "finding:read" });

/** How bad is it? One vulnerability in one release: harm, scores, decision tables, and controlled or uncontrolled. */
export const riskContract = {
  get: reads
    .route({
      method: "GET",
      path: "/releases/{releaseId}/risks/{advisory}",
      summary: "How bad a vulnerability is in a release",
    })
    .input(about)
    .output(Risk),
  /** Questions to the bedside that nobody answered yet, the worst first. */
  waiting: reads
    .route({ method: "GET", path: "/risks/waiting", summary: "Vulnerabilities that wait for a clinician's answer" })
    .output(z.object({ items: z.array(Waiting) })),
  /** Each question by those it is asked of: a question of another role is refused. */
  answer: base
    .meta({ can: "risk:answer" })
    .route({
      method: "POST",
      path: "/releases/{releaseId}/risks/{advisory}/answers",
      summary: "Answer questions about a risk",
    })
    .input(about.extend({ answers: z.array(NewAnswer).min(1).max(50) }))
    .output(Risk),
  decide: base
    .meta({ can: "risk:decide" })
    .route({
      method: "POST",
      path: "/releases/{releaseId}/risks/{advisory}/decision",
      summary: "Decide whether a risk is controlled",
    })
    .input(about.extend(NewRiskDecision.shape))
    .output(Risk),
  /** Only the newest, and only while nothing depends on it. */
  undo: base
    .meta({ can: "risk:decide" })
    .route({ method: "POST", path: "/risk-decisions/{id}/undo", summary: "Take a risk decision back" })
    .input(z.object({ id: z.uuid() }))
    .output(Risk),
  /** Says which functions a part can reach, with the reason; null: all again. */
  reach: base
    .meta({ can: "risk:decide" })
    .route({
      method: "POST",
      path: "/releases/{releaseId}/risks/{advisory}/reach",
      summary: "Record which functions a part can reach",
    })
    .input(
      about.extend({
        identity: z.string().min(1).max(1_000),
        functions: z.array(z.string().max(200)).max(50).nullable(),
        reason: z.string().trim().min(1).max(4_000),
      }),
    )
    .output(Risk),
};
