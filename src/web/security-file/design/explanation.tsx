import { useMemo } from "react";
import type { View } from "../../../features/security-file/design/schema.ts";
import type { SecurityFile } from "../../../features/security-file/schema.ts";
import { explain } from "../../../features/security-file/views/explain.ts";
import { Section } from "../../kit/section.tsx";

interface Props {
  file: SecurityFile;
  view: View;
  of: string | undefined;
  onOpen: (id: string) => void;
}

const MOST_ROWS = 200;

/** The text beside the picture, made of the same model. */
export function Explanation({ file, view, of, onOpen }: Props) {
  const passages = useMemo(() => explain(file, view, of), [file, view, of]);
  return (
    <div className="sf-text">
      {passages.map(({ heading, sentences, list }) => (
        <Section title={heading} key={heading}>
          {sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {list.length > 0 && (
            <ul className="sf-list">
              {list.slice(0, MOST_ROWS).map(({ id, text }) => (
                <li key={`${id} ${text}`}>
                  <button type="button" className="sf-link" onClick={() => onOpen(id)}>
                    {text}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </Section>
      ))}
    </div>
  );
}
