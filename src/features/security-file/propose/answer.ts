import type { Item } from "../schema.ts";
import { Threat } from "../threats/schema.ts";
import type { Proposal } from "./schema.ts";

/** The threat that a proposal becomes when somebody accepts it as it stands: its mitigations are planned, the facts behind it kept. */
export function acceptProposal(proposal: Proposal): Item<"threats"> {
  const { id, name, description, category, lifecycle, targets, rule, because, mitigations } = proposal;
  return Threat.parse({
    id,
    name,
    description,
    category,
    lifecycle,
    targets,
    rule,
    facts: [...new Set(because.map(({ fact }) => fact))],
    mitigations: mitigations.map((one) => ({ name: one.name, state: "planned" })),
  });
}

/** The same, kept as rejected with its reason: it is not proposed again. */
export const rejectProposal = (proposal: Proposal, reason: string): Item<"threats"> => ({
  ...acceptProposal(proposal),
  state: "rejected",
  reason,
  mitigations: [],
});
