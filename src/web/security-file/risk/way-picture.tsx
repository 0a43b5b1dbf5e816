import type { Step } from "../../../features/security-file/graph/schema.ts";
import { BY_WORD, STEP_WORD } from "./words.ts";

/** A way from a part to a patient, from left to right: its stations, and on each arrow the controls that stand there. */
export function WayPicture({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="way" aria-label="The way to harm">
      {steps.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a way may pass things of one id at different places
        <li key={i} className={`way-step way-${step.kind}`}>
          {step.by !== null && (
            <span className="way-by">
              <span>
                {BY_WORD[step.by.how]} {step.by.name}
              </span>
              {step.by.controls.slice(0, 3).map((control) => (
                <span
                  key={control.id}
                  className={`way-control way-${control.stands}`}
                  title={
                    control.stands === "planned"
                      ? "Only planned: no barrier yet"
                      : `A control that is ${control.stands}`
                  }
                >
                  {control.name}
                  {control.stands === "planned" && " (planned)"}
                </span>
              ))}
              {step.by.controls.length > 3 && (
                <span className="quiet">and {step.by.controls.length - 3} more controls</span>
              )}
            </span>
          )}
          <span className="way-thing">
            <small>{STEP_WORD[step.kind]}</small>
            {step.name}
          </span>
        </li>
      ))}
    </ol>
  );
}
