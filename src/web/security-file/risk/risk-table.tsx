import type { Place, WeighedRisk } from "../../../features/security-file/risk/schema.ts";
import { csvText } from "../../../lib/csv.ts";
import { HarmBadge } from "../../kit/badges.tsx";
import { RESIDUAL_TONE, RESIDUAL_WORD, TREATMENT_WORD } from "./words.ts";

interface Props {
  risks: readonly WeighedRisk[];
  opened: string | null;
  onOpen: (id: string) => void;
}

/** The risks as rows: the harm first, where each stands before and after, and what is left. */
export function RiskTable({ risks, opened, onOpen }: Props) {
  return (
    <ol className="risk-rows">
      {risks.map((risk) => (
        <li key={risk.id}>
          <button type="button" className="risk-row" aria-pressed={risk.id === opened} onClick={() => onOpen(risk.id)}>
            <span className="risk-row-head">
              {risk.before.severity === null ? (
                <span className="quiet">No harm reached</span>
              ) : (
                <HarmBadge harm={risk.before.severity} />
              )}
              <b>{risk.name}</b>
              <span className={`risk-left tone-${RESIDUAL_TONE[risk.residual]}`}>{RESIDUAL_WORD[risk.residual]}</span>
            </span>
            <span className="risk-row-facts">
              Exploitability {risk.before.exploitability ?? "not rated"} → {risk.after.exploitability ?? "not rated"}
              {risk.manyPatients && `; up to ${risk.patients.toLocaleString("en")} patients`}
              {`; ${TREATMENT_WORD[risk.treatment].toLowerCase()}`}
            </span>
            {risk.worst !== null && <span className="risk-row-sentence">{risk.worst.sentence}</span>}
            {risk.open.map((open) => (
              <span key={open} className="risk-row-open">
                {open}
              </span>
            ))}
          </button>
        </li>
      ))}
    </ol>
  );
}

const placeCells = ({ exploitability, severity, acceptability }: Place) => [
  exploitability ?? "",
  severity ?? "",
  acceptability ?? "",
];

/** The table of the picture, for a spreadsheet. */
export const risksCsv = (risks: readonly WeighedRisk[]): string =>
  csvText([
    [
      ...["id", "risk", "exploitability before", "severity before", "before"],
      ...["exploitability after", "severity after", "after", "patients", "treatment", "residual", "open", "worst way"],
    ],
    ...risks.map((risk) => [
      ...[risk.id, risk.name, ...placeCells(risk.before), ...placeCells(risk.after), String(risk.patients)],
      ...[risk.treatment, risk.residual, risk.open.join("; "), risk.worst?.sentence ?? ""],
    ]),
  ]);
