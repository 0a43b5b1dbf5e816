import type { Letter, LetterText, Publisher } from "../../features/publish/schema.ts";
import { counted } from "../kit/words.ts";
import { STATUS_WORD } from "./words.ts";

const SHOWN_UNITS = 12;

/** About how it looks on paper. */
export function LetterSheet({
  text,
  letter,
  publisher,
}: {
  text: LetterText;
  letter: Letter;
  publisher: Publisher | undefined;
}) {
  const sections = [
    ["What happened", text.whatHappened],
    ["What it means for patients", text.patientRisk],
    ["What to do now", text.whatToDo],
    ["The fix", text.fix],
    ["Who answers your questions", text.contact],
  ].filter(([, words]) => words !== "");
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
      <h3>Your devices</h3>
      {letter.units.length === 0 ? (
        <p className="quiet">No unit is known here. Add units on the device's page, or leave the list out.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Device</th>
              <th scope="col">Serial number</th>
              <th scope="col">Site</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {letter.units.slice(0, SHOWN_UNITS).map((unit) => (
              <tr key={`${unit.device} ${unit.serial}`}>
                <td>
                  {unit.device} {unit.release}
                </td>
                <td>{unit.serial}</td>
                <td>{unit.site}</td>
                <td>{STATUS_WORD[unit.status]}</td>
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
