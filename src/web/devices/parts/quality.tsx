import type { SbomUpload } from "../../../features/devices/parts/schema.ts";
import { Mark } from "../../kit/mark.tsx";
import { Section } from "../../kit/section.tsx";
import { ShareBar } from "../../kit/share-bar.tsx";
import { counted } from "../../kit/words.ts";
import { ProblemList } from "./problem-list.tsx";

interface Props {
  upload: SbomUpload;
  onShow: (missing: string) => void;
}

/** The SBOM against the NTIA minimum elements: as a whole, element by element, and what the document itself lacks. */
export function Quality({ upload, onShow }: Props) {
  const { quality } = upload;
  return (
    <>
      <Section
        title="Completeness"
        note="Measured against the NTIA minimum elements for an SBOM: what a regulator's reader checks first."
      >
        <div className="quality-whole">
          <p className="quality-number num">{(Math.floor(quality.complete * 1000) / 10).toLocaleString("en")} %</p>
          <p>
            of {counted(quality.components, "part")} have every minimum element.
            {quality.documentLacks.length === 0 ? (
              " The document itself lacks nothing."
            ) : (
              <b className="tone-warn"> The document itself lacks: {quality.documentLacks.join(", ")}.</b>
            )}
          </p>
        </div>
      </Section>
      <Section title="By element">
        {quality.lacking.every(({ count }) => count === 0) ? (
          <p className="note-good">
            <Mark shape="check" />
            <span>Nothing is missing.</span>
          </p>
        ) : (
          <ul className="elements">
            {quality.lacking.map(({ element, count }) => (
              <li key={element}>
                <span className="element-name">{element}</span>
                <ShareBar share={quality.components === 0 ? 1 : 1 - count / quality.components} label={element} />
                {count === 0 ? (
                  <span className="quiet">complete</span>
                ) : (
                  <button type="button" className="text-button num" onClick={() => onShow(element)}>
                    {counted(count, "part")} {count === 1 ? "lacks" : "lack"} it
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {upload.problems.length > 0 && (
        <Section title="Places that could not be used" count={upload.problems.length}>
          <ProblemList problems={upload.problems} />
        </Section>
      )}
    </>
  );
}
