import type { Invalidated } from "../../../features/security-file/diff/schema.ts";
import { Section } from "../../kit/section.tsx";
import { ItemLink } from "./item-link.tsx";
import { countOf } from "./words.ts";

interface Props {
  invalidated: readonly Invalidated[];
  release: string;
}

const MOST = 300;

/** What rests on something that changed and was not touched since: what to do, and why. */
export function NoLonger({ invalidated, release }: Props) {
  const kinds = [...new Set(invalidated.map(({ kind }) => kind))];
  return (
    <Section
      title="No longer holds"
      id="no-longer"
      count={invalidated.length}
      note="It rests on something that changed, and nobody has touched it since. An item leaves this list when it is changed in the newer file."
    >
      {kinds.length === 0 && <p className="quiet">Nothing rests on what changed, or all of it was answered.</p>}
      {kinds.map((kind) => {
        const some = invalidated.filter((one) => one.kind === kind);
        return (
          <div key={kind} className="compare-kind">
            <h3>{countOf(some.length, kind)}</h3>
            <p className="section-note">{some[0]?.todo}.</p>
            <ul className="compare-items">
              {some.slice(0, MOST).map(({ id, name, because }) => (
                <li key={id}>
                  <ItemLink item={{ kind, id }} release={release}>
                    {name}
                  </ItemLink>
                  <p className="quiet">
                    Rests on{" "}
                    {because
                      .map((one) => one.name)
                      .reverse()
                      .join(", which rests on ")}
                  </p>
                </li>
              ))}
            </ul>
            {some.length > MOST && <p className="quiet">The first {MOST} are shown; the export has all of them.</p>}
          </div>
        );
      })}
    </Section>
  );
}
