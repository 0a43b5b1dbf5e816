import { Button, Textarea, TextInput } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import type { Risk, RiskWord } from "../../features/risk/schema.ts";
import { Mark } from "../kit/mark.tsx";
import { today } from "../kit/time.ts";
import { When } from "../kit/when.tsx";
import { dayOf, learnedInstant } from "./learned.ts";

interface Props {
  risk: Risk;
  busy: boolean;
  /** `learnedAt`: undefined where it is the day it was found here. */
  onDecide?: (risk: RiskWord, why: string, revision: number, learnedAt: string | undefined) => void;
  onUndo?: (id: string) => void;
}

const WORD: Record<RiskWord, string> = { controlled: "Controlled risk", uncontrolled: "Uncontrolled risk" };
const other = (risk: RiskWord): RiskWord => (risk === "controlled" ? "uncontrolled" : "controlled");

/** Whether the risk is controlled: what was decided, or what we propose and why; one key decides as proposed. */
export function Control({ risk, busy, onDecide, onUndo }: Props) {
  const { proposal, decision, revision } = risk;
  const [asking, setAsking] = useState<RiskWord | null>(null);
  const [again, setAgain] = useState(false);
  const [learned, setLearned] = useState<string | null>(null);
  const known = dayOf(decision?.learnedAt ?? risk.foundAt);
  const open = decision === null || again;
  const learnedAt = learned === null ? decision?.learnedAt : learnedInstant(learned, new Date());
  const choose = useCallback(
    (word: RiskWord) => {
      if (word === proposal.risk && proposal.clear) {
        setAgain(false);
        onDecide?.(word, "", revision, learnedAt);
      } else setAsking(word);
    },
    [proposal, revision, onDecide, learnedAt],
  );
  useEffect(() => {
    if (onDecide === undefined || !open || busy) return;
    const press = (event: KeyboardEvent) => {
      if (event.key !== "r" || event.defaultPrevented || isElsewhere(event)) return;
      event.preventDefault();
      choose(proposal.risk);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [onDecide, open, busy, choose, proposal.risk]);
  const shown = open ? proposal.risk : decision.risk;
  return (
    <div className={`control control-${shown}`}>
      <p className="control-word">
        <Mark shape={shown === "uncontrolled" ? "octagon" : "shield"} />
        <b>{WORD[shown]}</b>
        <span className="quiet">{open ? (proposal.clear ? "proposed" : "proposed, not clear") : "decided"}</span>
      </p>
      {open ? (
        <ul className="control-why">
          {proposal.reasons.map((reason) => (
            <li key={reason}>{reason}.</li>
          ))}
        </ul>
      ) : (
        <Decided decision={decision} />
      )}
      {!open && decision.changed && (
        <p className="note-warn">
          <Mark shape="triangle" /> What it was decided from has changed: look again.
        </p>
      )}
      {onDecide !== undefined && open && (
        <TextInput
          className="control-learned"
          type="date"
          size="xs"
          label="Learned of on"
          description="FDA's 30 and 60 days count from here: the first day anybody of yours knew."
          value={learned ?? known}
          max={today()}
          onChange={(event) => setLearned(event.currentTarget.value === "" ? null : event.currentTarget.value)}
        />
      )}
      {onDecide !== undefined && asking === null && open && (
        <div className="decide-buttons">
          {[proposal.risk, other(proposal.risk)].map((word, i) => (
            <Button
              key={word}
              size="xs"
              variant={i === 0 ? "light" : "default"}
              disabled={busy}
              onClick={() => choose(word)}
              {...(i === 0 ? { rightSection: <kbd>r</kbd> } : {})}
            >
              Decide {word}
            </Button>
          ))}
        </div>
      )}
      {onUndo !== undefined && !open && (
        <div className="decide-buttons">
          <Button size="compact-xs" variant="default" onClick={() => setAgain(true)}>
            Decide again
          </Button>
          <Button size="compact-xs" variant="subtle" disabled={busy} onClick={() => onUndo(decision.id)}>
            Take back
          </Button>
        </div>
      )}
      {asking !== null && (
        <WhyForm
          word={asking}
          busy={busy}
          onCancel={() => setAsking(null)}
          onSubmit={(why) => {
            setAsking(null);
            setAgain(false);
            onDecide?.(asking, why, revision, learnedAt);
          }}
        />
      )}
    </div>
  );
}

function Decided({ decision }: { decision: NonNullable<Risk["decision"]> }) {
  return (
    <p>
      {decision.why !== "" && <span>{decision.why} </span>}
      <small className="quiet">
        {decision.decidedBy}, <When at={decision.decidedAt} />; learned of <When at={decision.learnedAt} bare />
      </small>
    </p>
  );
}

interface WhyProps {
  word: RiskWord;
  busy: boolean;
  onCancel: () => void;
  onSubmit: (why: string) => void;
}

function WhyForm({ word, busy, onCancel, onSubmit }: WhyProps) {
  const [why, setWhy] = useState("");
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(why.trim());
      }}
    >
      <Textarea
        label={`Why is it ${word}?`}
        description="It goes into the ledger with your name"
        value={why}
        required
        autosize
        minRows={2}
        maxLength={4_000}
        data-autofocus
        ref={(field) => field?.focus()}
        onChange={(event) => setWhy(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          onCancel();
        }}
      />
      <div className="form-end">
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="xs" type="submit" loading={busy} disabled={why.trim() === ""}>
          Decide {word}
        </Button>
      </div>
    </form>
  );
}

const isElsewhere = ({ ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean =>
  ctrlKey ||
  metaKey ||
  altKey ||
  (target instanceof HTMLElement &&
    (target.isContentEditable || target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null));
