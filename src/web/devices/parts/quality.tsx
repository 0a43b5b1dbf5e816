import type { SbomUpload } from "../../../features/devices/parts/schema.ts";
import type { NtiaElement } from "../../../features/devices/sbom/schema.ts";
import { Mark } from "../../kit/mark.tsx";
import { ProblemList } from "../../kit/problem-list.tsx";
import { Section } from "../../kit/section.tsx";
import { ShareBar } from "../../kit/share-bar.tsx";
import { counted } from "../../kit/words.ts";

interface Props {
  upload: SbomUpload;
  onShow: (missing: string) => void;
}

/** The SBOM against the NTIA minimum elements: as a whole, element by element, and what the document itself lacks. */
export function Quality({ upload, onShow }: Props) {
  const { quality } = upload;
  const lacking = new Map(quality.lacking.map(({ element, count }) => [element, count]));
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
      <Section title="Of each part">
        <ul className="elements">
          {PART_ELEMENTS.map((element) => {
            const count = lacking.get(element) ?? 0;
            return (
              <li key={element}>
                <span className="element-name">{ELEMENT_WORD[element]}</span>
                <ShareBar
                  share={quality.components === 0 ? 1 : 1 - count / quality.components}
                  label={ELEMENT_WORD[element]}
                />
                {count === 0 ? (
                  <Whole />
                ) : (
                  <button type="button" className="text-button num" onClick={() => onShow(element)}>
                    {counted(count, "part")} {count === 1 ? "lacks" : "lack"} it
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      </Section>
      <Section title="Of the document">
        <ul className="elements">
          {DOCUMENT_ELEMENTS.map((element) => (
            <li key={element}>
              <span className="element-name">{ELEMENT_WORD[element]}</span>
              {quality.documentLacks.includes(element) ? (
                <span className="note-warn">
                  <Mark shape="triangle" />
                  <span>not stated; the tool that makes the SBOM can write it</span>
                </span>
              ) : (
                <Whole />
              )}
            </li>
          ))}
        </ul>
      </Section>
      {upload.problems.length > 0 && (
        <Section title="Places that could not be used" count={upload.problems.length}>
          <ProblemList problems={upload.problems} />
        </Section>
      )}
    </>
  );
}

const Whole = () => (
  <span className="note-good">
    <Mark shape="check" />
    <span>complete</span>
  </span>
);

const PART_ELEMENTS = ["supplier", "name", "version", "identifier", "relationship"] as const;
const DOCUMENT_ELEMENTS = ["author", "timestamp"] as const;
const ELEMENT_WORD: Record<NtiaElement, string> = {
  supplier: "Supplier",
  name: "Name",
  version: "Version",
  identifier: "Unique identifier (purl or CPE)",
  relationship: "Relationship to another part",
  author: "Author of the SBOM",
  timestamp: "Time it was made",
};
