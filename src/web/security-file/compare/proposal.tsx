import { Aspect, type FileDiff } from "../../../features/security-file/diff/schema.ts";
import { counted } from "../../kit/words.ts";
import { ItemLink } from "./item-link.tsx";
import { ASPECT_WORD } from "./words.ts";

interface Props {
  diff: FileDiff;
  /** The version compared with. */
  since: string;
  releaseOf: (id: string) => string;
}

const LISTED = 200;
const listed = new Intl.ListFormat("en-GB");

/** FDA VII.D first: whether the change may impact cybersecurity, why, and which documents follow. */
export function ProposalPart({ diff: { proposal }, since, releaseOf }: Props) {
  const { impact, section, reasons, documents } = proposal;
  const about = Aspect.options.filter((aspect) => reasons.some((one) => one.aspect === aspect));
  const first = about.flatMap((aspect) => reasons.filter((one) => one.aspect === aspect).slice(0, 1));
  const more = reasons.filter((one) => !first.includes(one));
  const list = (some: typeof reasons) => (
    <ul>
      {some.map(({ because, at }) => (
        <li key={because}>
          {at === null ? (
            because
          ) : (
            <ItemLink item={at} release={releaseOf(at.id)}>
              {because}
            </ItemLink>
          )}
        </li>
      ))}
    </ul>
  );
  return (
    <section className="compare-proposal" aria-label="What the FDA asks then">
      <p className="compare-sentence">
        {impact === "may-impact" ? (
          <>
            The change since {since} <span className="tone-bad">may impact cybersecurity</span>: it touches{" "}
            {listed.format(about.map((aspect) => ASPECT_WORD[aspect]))}.
          </>
        ) : (
          <>
            The change since {since} is <span className="tone-good">unlikely to impact cybersecurity</span>: it touches
            nothing that security rests on.
          </>
        )}
      </p>
      <p className="section-note">
        A proposal by section {section} of FDA's premarket guidance, from what differs in the two files. A person
        decides.
      </p>
      <div className="compare-two">
        <div>
          <h3>Because</h3>
          {list(first)}
          {more.length > 0 && (
            <details>
              <summary>{counted(more.length, "more reason")}</summary>
              {list(more.slice(0, LISTED))}
              {more.length > LISTED && <p className="quiet">The export has all of them.</p>}
            </details>
          )}
        </div>
        <div>
          <h3>{impact === "may-impact" ? "The full set of documents follows" : "These documents follow"}</h3>
          <ul>
            {documents.map(({ name, basis }) => (
              <li key={name}>
                {name} <small className="quiet">{basis}</small>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}
