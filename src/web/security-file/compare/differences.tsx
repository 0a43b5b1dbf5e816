import { byArea } from "../../../features/security-file/diff/areas.ts";
import type { FieldDifference, FileDiff } from "../../../features/security-file/diff/schema.ts";
import { Section } from "../../kit/section.tsx";
import { fieldWord, KIND_WORD } from "../form/words.ts";
import { ItemLink } from "./item-link.tsx";
import { type NameOf, sidesOf } from "./sides.ts";
import { AREA_WORD, CHANGE_SIGN } from "./words.ts";

interface Props {
  diff: FileDiff;
  was: NameOf;
  is: NameOf;
  releaseOf: (id: string) => string;
}

const MOST = 300;

/** What differs, area by area: what came and went, and of what changed each field with both values. */
export function Differences({ diff, was, is, releaseOf }: Props) {
  return (
    <>
      {byArea(diff).map(({ area, items }) => (
        <Section key={area} title={AREA_WORD[area]} count={items.length}>
          <ul className="compare-items">
            {items.slice(0, MOST).map(({ item, fields }) => (
              <li key={item.id}>
                <p className={`change change-${item.change}`}>
                  <b aria-hidden="true">{CHANGE_SIGN[item.change]}</b>
                  <ItemLink item={item} release={releaseOf(item.id)}>
                    {item.name}
                  </ItemLink>{" "}
                  <span className="quiet">
                    {KIND_WORD[item.kind].toLowerCase()}, {item.change}
                  </span>
                </p>
                {fields.length > 0 && <Fields of={item.name} fields={fields} was={was} is={is} />}
              </li>
            ))}
          </ul>
          {items.length > MOST && <p className="quiet">The first {MOST} are shown; the export has all of them.</p>}
        </Section>
      ))}
      {diff.head.length > 0 && (
        <Section title="The file as a whole" count={diff.head.length}>
          <Fields of="The file as a whole" fields={diff.head} was={was} is={is} />
        </Section>
      )}
    </>
  );
}

function Fields({ of, fields, was, is }: { of: string; fields: readonly FieldDifference[]; was: NameOf; is: NameOf }) {
  return (
    <table className="sf-table compare-fields" aria-label={`Fields of ${of}`}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => {
          const { before, after, same } = sidesOf(field, was, is);
          return (
            <tr key={field.field}>
              <th scope="row">
                {fieldWord(field.field.replace("path.", ""))}
                {same > 0 && <small>{same} unchanged</small>}
              </th>
              <td>{lines(before)}</td>
              <td>{lines(after)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const lines = (texts: readonly string[]) =>
  texts.length === 0 ? <span className="quiet">–</span> : texts.map((text) => <div key={text}>{text}</div>);
