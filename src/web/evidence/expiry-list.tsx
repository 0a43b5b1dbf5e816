import type { TargetCoverage } from "../../features/evidence/coverage/schema.ts";
import { Mark } from "../kit/mark.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { STANDING_SHAPE, STANDING_WORD } from "./words.ts";

interface Props {
  expiring: readonly { target: TargetCoverage; on: string | null; daysLeft: number | null }[];
}

/** Work before it happens: what is not proven today, and what will not be soon. */
export function ExpiryList({ expiring }: Props) {
  if (expiring.length === 0) return null;
  return (
    <Section title="To prove again" count={expiring.length} note="Not proven today, or not any more within 60 days.">
      <ul className="evidence-expiry">
        {expiring.map(({ target, on, daysLeft }) => (
          <li key={`${target.kind} ${target.id}`}>
            <span className={`standing standing-${daysLeft === null ? target.today : "expiring"}`}>
              <Mark shape={daysLeft === null ? STANDING_SHAPE[target.today] : "diamond"} />
              {daysLeft === null ? STANDING_WORD[target.today] : "Expires"}
            </span>
            <span>
              <b>{target.name}</b> <small className="quiet">{target.kind === "test" ? "test" : "control"}</small>
            </span>
            <span>{on === null ? <span className="quiet">{lastOf(target)}</span> : <When at={on} />}</span>
            <span className="quiet">
              {target.freshnessDays === null ? "does not age" : `every ${target.freshnessDays} days`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function lastOf({ proven, today }: TargetCoverage): string {
  if (today === "open-findings") return "its evidence has findings nobody decided on";
  const last = proven.at(-1);
  return last === undefined ? "no proof in the period" : `last proven on ${last.until}`;
}
