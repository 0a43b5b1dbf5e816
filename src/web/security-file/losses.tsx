import type { Loss, LossReport } from "../../features/security-file/formats/schema.ts";
import { counted } from "../kit/words.ts";

const OUTCOME: Record<Loss["outcome"], string> = {
  dropped: "left out",
  changed: "changed",
  "kept-as-text": "kept as text",
  "not-needed": "not needed",
};

const SHOWN = 200;

/** What did not fit from one format into the other, item by item. */
export function Losses({ report }: { report: LossReport }) {
  if (report.total === 0) return <p>Everything had a place.</p>;
  return (
    <>
      <p className="section-note">
        {counted(report.total, "thing")} did not fit as they were.
        {report.losses.length > SHOWN && ` The first ${SHOWN} of them:`}
      </p>
      <div className="table-scroll sf-losses">
        <table className="table sf-loss-table">
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col">What</th>
              <th scope="col">Became</th>
            </tr>
          </thead>
          <tbody>
            {report.losses.slice(0, SHOWN).map((loss) => (
              <tr key={`${loss.at.kind} ${loss.at.id} ${loss.at.pointer} ${loss.field} ${loss.value}`}>
                <th scope="row">
                  {loss.at.name}
                  <small>{loss.at.kind}</small>
                </th>
                <td>
                  {loss.field ?? "all of it"}
                  <small>{loss.value}</small>
                </td>
                <td>
                  {OUTCOME[loss.outcome]}
                  <small>{[loss.why, loss.instead].filter((one) => one !== "").join(". ")}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
