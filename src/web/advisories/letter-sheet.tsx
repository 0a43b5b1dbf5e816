import { inColumn, unitColumns } from "../../features/publish/letter/letter-document.ts";
import type { Letter, LetterText, Publisher } from "../../features/publish/schema.ts";
import { counted } from "../kit/words.ts";

const SHOWN_UNITS = 12;

/** About how it looks on paper. */
export function LetterSheet({
  text,
  letter,
  site,
  publisher,
}: {
  text: LetterText;
  letter: Letter;
  site: string | undefined;
  publisher: Publisher | undefined;
}) {
  const sections = [
    ["What happened", text.whatHappened],
    ["What it means for patients", text.patientRisk],
    ["What to do now", text.whatToDo],
    ["The fix", text.fix],
    ["Who answers your questions", text.contact],
  ].filter(([, words]) => words !== "");
  const columns = unitColumns({ site: site ?? null, withdrawn: letter.takesBack });
  const more = letter.unitCount - Math.min(SHOWN_UNITS, letter.units.length);
  return (
    <article className="as-read letter-sheet">
      <header>
        <b>{publisher?.name}</b>
        <small className="as-read-text">
          {[publisher?.postalAddress, publisher?.email, publisher?.phone].filter((line) => line).join("\n")}
        </small>
      </header>
      <p className="as-read-text">{text.recipient}</p>
      <h2>{text.subject}</h2>
      <p>{text.salutation}</p>
      {sections.map(([title, words]) => (
        <section key={title}>
          <h3>{title}</h3>
          <p className="as-read-text">{words}</p>
        </section>
      ))}
      <h3>{site === undefined ? "Which devices" : "Your devices"}</h3>
      {letter.units.length === 0 ? (
        <p className="quiet">No unit is known here. Add units on the device's page, or leave the list out.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              {columns.map(({ key, head }) => (
                <th key={key} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {letter.units.slice(0, SHOWN_UNITS).map((unit) => (
              <tr key={`${unit.device} ${unit.serial}`}>
                {columns.map((column) => (
                  <td key={column.key}>{inColumn(unit, column)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more > 0 && <p className="quiet">and {counted(more, "more unit")} in the file</p>}
      <p className="as-read-text">{text.closing}</p>
    </article>
  );
}
