import type { Harm } from "../../features/devices/schema.ts";
import { HARM_MEANING, HARMS } from "../../features/devices/schema.ts";
import type { Severity } from "../../features/intel/assess/schema.ts";
import type { State } from "../../features/intel/findings/schema.ts";
import { Mark, type Shape } from "./mark.tsx";
import { HARM_WORD, RATING_WORD, STATE_WORD } from "./words.ts";

const HARM_SHAPE: Record<Harm, Shape> = {
  catastrophic: "octagon",
  critical: "triangle",
  serious: "diamond",
  minor: "circle",
  negligible: "ring",
};

/** Harm to a patient: the loudest mark on any page. `bare`: the word "harm" stands at the head of the column already. */
export function HarmBadge({
  harm,
  quiet = false,
  bare = false,
  meaning = `Harm to a patient: ${HARM_MEANING[harm]}`,
}: {
  harm: Harm;
  quiet?: boolean;
  bare?: boolean;
  meaning?: string;
}) {
  return (
    <span className={`harm harm-${harm}${quiet ? " harm-quiet" : ""}`} title={meaning}>
      <Mark shape={HARM_SHAPE[harm]} />
      {HARM_WORD[harm]}
      {bare ? <span className="sr-only"> harm</span> : " harm"}
    </span>
  );
}

/** Worst of the harms stated for a device's functions. */
export const worstHarm = (functions: readonly { harm: Harm }[]): Harm | null =>
  HARMS.find((harm) => functions.some((f) => f.harm === harm)) ?? null;

const STATE_SHAPE: Record<State, Shape> = {
  new: "dot",
  "in-triage": "half",
  affected: "triangle",
  "not-affected": "dash",
  fixed: "check",
  accepted: "shield",
};

/** What was decided about a finding. */
export function StateBadge({ state, suspect = false }: { state: State; suspect?: boolean }) {
  return (
    <span className={`state state-${state}`}>
      <Mark shape={STATE_SHAPE[state]} />
      {STATE_WORD[state]}
      {suspect && (
        <span
          className="state-suspect"
          title="Decided for another version of the part, or in an earlier release under other circumstances"
        >
          look again
        </span>
      )}
    </span>
  );
}

export function ExploitedBadge({ since, ransomware }: { since?: string; ransomware?: boolean }) {
  const title = `Known to be exploited in the wild${since ? ` since ${since}` : ""}${ransomware ? ", also by ransomware" : ""}`;
  return (
    <span className="exploited" title={title}>
      <Mark shape="bolt" />
      <span className="exploited-word">Exploited</span>
    </span>
  );
}

/** CVSS is small print. */
export function Score({ severity }: { severity: Severity }) {
  return (
    <span className="score" title={severity.vector ?? severity.source}>
      <span className={`score-level score-${severity.rating}`} aria-hidden="true" />
      {RATING_WORD[severity.rating]}
      {severity.score !== null && <span className="num"> {severity.score.toFixed(1)}</span>}
    </span>
  );
}
