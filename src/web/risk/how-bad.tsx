import { Select } from "@mantine/core";
import { useState } from "react";
import type { Risk } from "../../features/risk/schema.ts";
import { useMay } from "../api/me.ts";
import { Chance } from "../findings/chance.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";
import { Control } from "./control.tsx";
import { Inputs } from "./inputs.tsx";
import { Reach } from "./reach.tsx";
import { useRisk } from "./use-risk.ts";
import { OUTCOME_WORD } from "./words.ts";

interface Props {
  advisory: string;
  /** Releases it touches, the worst first. */
  places: readonly { releaseId: string; label: string }[];
}

/** How bad it is for a patient: whether the risk is controlled, and folded away what says so. */
export function HowBad({ advisory, places }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  const place = places.find(({ releaseId }) => releaseId === chosen) ?? places[0];
  if (place === undefined) return null;
  return (
    <section className="how-bad" aria-label="How bad">
      <h3>How bad</h3>
      {places.length > 1 && (
        <Select
          size="xs"
          aria-label="In which release"
          allowDeselect={false}
          data={places.map(({ releaseId, label }) => ({ value: releaseId, label }))}
          value={place.releaseId}
          onChange={setChosen}
        />
      )}
      <InRelease key={place.releaseId} advisory={advisory} releaseId={place.releaseId} />
    </section>
  );
}

function InRelease({ advisory, releaseId }: { advisory: string; releaseId: string }) {
  const may = useMay();
  const risk = useRisk(releaseId, advisory);
  const { data, error, refetch } = risk.query;
  if (error !== null && data === undefined) return <ProblemNotice error={error} onRetry={refetch} />;
  if (data === undefined) return <LoadingRows rows={4} />;
  return (
    <>
      <Control
        risk={data}
        busy={risk.busy}
        {...(may("risk:decide") ? { onDecide: risk.decide, onUndo: risk.undo } : {})}
      />
      <Facts risk={data} />
      <Reach risk={data} {...(may("risk:decide") ? { onReach: risk.reach } : {})} />
      <Inputs risk={data} busy={risk.busy} onAnswer={risk.answer} />
    </>
  );
}

/** The small print: what a machine says, beside what this device makes of it. */
function Facts({ risk }: { risk: Risk }) {
  const { score, exploited, rubric, severity } = risk;
  return (
    <dl className="facts">
      <dt>In use</dt>
      <dd className="num">{counted(risk.units, "unit")}</dd>
      <dt>KEV</dt>
      <dd>
        {exploited === null ? (
          "not in CISA's known exploited"
        ) : (
          <>
            exploited since <When at={exploited.since} />
            {exploited.ransomware && <b>, also by ransomware</b>}
          </>
        )}
      </dd>
      <dt>EPSS</dt>
      <dd>
        <Chance epss={risk.epss} />
      </dd>
      <dt>CVSS</dt>
      <dd className="num">
        {score === null ? (
          severity.score === null ? (
            <span className="cell-dim">no vector</span>
          ) : (
            severity.score.toFixed(1)
          )
        ) : (
          <>
            {score.base.score.toFixed(1)} → <b>{score.device.score.toFixed(1)}</b> on this device
          </>
        )}
      </dd>
      <dt>Rubric</dt>
      <dd className="num">
        {rubric.score.toFixed(1)}, {rubric.known} of {rubric.needed} answers known
      </dd>
      {risk.ssvc.map(({ table, outcome, possible }) => (
        <div key={table} className="facts-pair">
          <dt>{table === "ssvc-supplier" ? "SSVC" : "BOD 26-04"}</dt>
          <dd>
            {OUTCOME_WORD[outcome] ?? outcome}
            {possible.length > 1 && <span className="quiet"> at most: not all inputs are known</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
