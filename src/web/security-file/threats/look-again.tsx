import { Button } from "@mantine/core";
import { put } from "../../../features/security-file/edit/edit.ts";
import type { LookAgain } from "../../../features/security-file/propose/schema.ts";
import type { SecurityFile } from "../../../features/security-file/schema.ts";
import type { Editor } from "../editor.ts";

interface Props {
  lookAgain: readonly LookAgain[];
  file: SecurityFile;
  editor: Editor;
  mayEdit: boolean;
  onItem: (id: string) => void;
}

/** Answers that were given while something else was true: a person says that they still stand, or changes them. */
export function LookAgainList({ lookAgain, file, editor, mayEdit, onItem }: Props) {
  const stands = ({ threat: id, since, gone }: LookAgain) => {
    const threat = file.threats.find((one) => one.id === id);
    if (threat === undefined) return;
    const facts = [...threat.facts.filter((fact) => !gone.includes(fact)), ...since.map(({ fact }) => fact)];
    editor.apply([put("threats", { ...threat, facts })]);
  };
  const open = lookAgain.filter(({ threat: id, since, gone, applies }) => {
    const facts = file.threats.find((one) => one.id === id)?.facts ?? [];
    return !applies || since.some(({ fact }) => !facts.includes(fact)) || gone.some((fact) => facts.includes(fact));
  });
  if (open.length === 0) return null;
  return (
    <section className="sf-again" aria-label="Look again">
      <h3>
        Look again <span className="section-count num">{open.length}</span>
      </h3>
      <p className="section-note">The design changed since these were answered.</p>
      <ul>
        {open.map((one) => (
          <li key={one.threat}>
            <button type="button" className="sf-link" onClick={() => onItem(one.threat)}>
              {one.name}
            </button>{" "}
            <span className="quiet">{one.state}</span>
            <p className="quiet">
              {[
                ...(one.applies ? [] : ["Its rule does not apply any more"]),
                ...one.since.map(({ says }) => `Now: ${says}`),
                ...one.gone.map((fact) => `No longer: ${fact.replaceAll("-", " ")}`),
              ].join(" · ")}
            </p>
            {mayEdit && one.applies && (
              <Button size="compact-xs" variant="default" onClick={() => stands(one)}>
                The answer still stands
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
