import { Button } from "@mantine/core";
import type { Proposal } from "../../features/intel/inbox/schema.ts";
import { StateBadge } from "../kit/badges.tsx";
import { counted, JUSTIFICATION_WORD } from "../kit/words.ts";

interface Props {
  proposal: Proposal;
  /** Open findings of the line. */
  open: number;
  onAccept?: () => void;
}

const RULE_WORD: Record<Proposal["rule"], string> = {
  "vex-statement": "A VEX statement says so",
  "same-part-elsewhere": "Decided so for the same part elsewhere",
  "excluded-by-sbom": "The SBOM says it is not shipped",
  "fixed-version-present": "The fixed version is in it",
  "still-below-fix": "Still below the fix",
};

/** What Cordon would decide and on what evidence. It decides nothing: a person accepts it with one key. */
export function Proposed({ proposal: { rule, decision, reason, evidence, findings }, open, onAccept }: Props) {
  return (
    <section className="proposed" aria-label="Proposed decision">
      <h3>Proposed</h3>
      <p className="proposed-what">
        <StateBadge state={decision.state} />
        {decision.justification !== null && <span>{JUSTIFICATION_WORD[decision.justification]}</span>}
        {findings.length < open && (
          <span className="quiet">
            for {findings.length} of {counted(open, "open finding")}
          </span>
        )}
      </p>
      <p>{reason}.</p>
      <p className="quiet">
        {RULE_WORD[rule]}: {evidence.map(({ text }) => text).join(" · ")}
      </p>
      {onAccept !== undefined && (
        <Button size="xs" onClick={onAccept} rightSection={<kbd>p</kbd>}>
          Accept
        </Button>
      )}
    </section>
  );
}
