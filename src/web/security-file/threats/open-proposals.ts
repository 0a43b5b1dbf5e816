import type { LookAgain, Proposal, Proposals } from "../../../features/security-file/propose/schema.ts";
import type { SecurityFile } from "../../../features/security-file/schema.ts";

export interface Open {
  proposals: Proposal[];
  lookAgain: LookAgain[];
  /** Proposals by what they strike, in the order in which each is met first. */
  groups: { id: string; name: string; proposals: Proposal[] }[];
}

const WHOLE = { id: "", name: "The whole system" };

/** What is still to answer: the server's proposals without those that the file on this page answers already. */
export function openProposals(proposed: Proposals | undefined, file: SecurityFile): Open {
  const answered = new Set(
    file.threats.flatMap(({ id, rule, targets }) => [id, ...targets.map((target) => `${rule} ${target}`)]),
  );
  const isOpen = ({ id, rule, targets }: Proposal) =>
    !answered.has(id) && (targets.length > 1 || !answered.has(`${rule} ${targets[0]}`));
  const groups = new Map<string, Open["groups"][number]>();
  for (const proposal of (proposed?.proposals ?? []).filter(isOpen)) {
    const { id, name } = proposal.group ?? WHOLE;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { id, name, proposals: [proposal] });
    else group.proposals.push(proposal);
  }
  const threats = new Set(file.threats.map(({ id }) => id));
  return {
    proposals: [...groups.values()].flatMap((group) => group.proposals),
    lookAgain: (proposed?.lookAgain ?? []).filter(({ threat }) => threats.has(threat)),
    groups: [...groups.values()],
  };
}
