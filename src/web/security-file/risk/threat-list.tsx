import type { Ranked } from "../../../features/security-file/risk/schema.ts";
import { HarmBadge } from "../../kit/badges.tsx";

interface Props {
  threats: readonly Ranked[];
  opened: string | null;
  onOpen: (id: string) => void;
}

/** Threats in the order of what they do to a patient. */
export function ThreatList({ threats, opened, onOpen }: Props) {
  return (
    <ol className="risk-rows">
      {threats.map((threat) => (
        <li key={threat.id}>
          <button
            type="button"
            className="risk-row"
            aria-pressed={threat.id === opened}
            onClick={() => onOpen(threat.id)}
          >
            <span className="risk-row-head">
              {threat.severity === null ? (
                <span className="quiet">No harm reached</span>
              ) : (
                <HarmBadge harm={threat.severity} />
              )}
              <b>{threat.name}</b>
              {threat.patients > 1 && (
                <span className="quiet num">up to {threat.patients.toLocaleString("en")} patients</span>
              )}
            </span>
            <span className="risk-row-sentence">{threat.sentence}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
