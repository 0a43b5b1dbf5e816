import type { ControlCategory } from "../../features/security-file/assurance/schema.ts";
import type { CategoryCoverage } from "../../features/security-file/trace/schema.ts";
import { Mark } from "../kit/mark.tsx";
import { CATEGORY_STATE, CATEGORY_WORD } from "./words.ts";

interface Props {
  coverage: readonly CategoryCoverage[];
  chosen: ControlCategory | undefined;
  onChoose: (category: ControlCategory | undefined) => void;
}

/** FDA's eight categories side by side: each with its state, its controls as squares (filled: tests passed), and checkables named. */
export function Coverage({ coverage, chosen, onChoose }: Props) {
  return (
    <ul className="control-coverage" aria-label="FDA's eight categories of controls">
      {coverage.map(({ category, state, controls, checkables, named }, i) => {
        const { word, shape, tone } = CATEGORY_STATE[state];
        const active = controls.filter((one) => one.state !== "not-applicable");
        const passed = active.filter((one) => one.state === "implemented" && one.proof === "passed").length;
        return (
          <li key={category}>
            <button
              type="button"
              className={`control-category category-${tone}`}
              aria-pressed={chosen === category}
              onClick={() => onChoose(chosen === category ? undefined : category)}
            >
              <span className="control-category-name">
                <b>{"abcdefgh"[i]}</b> {CATEGORY_WORD[category]}
              </span>
              <span className={`control-state tone-${tone}`}>
                <Mark shape={shape} /> {word}
              </span>
              <span className="control-squares" aria-hidden="true">
                {active.slice(0, 12).map(({ id, state: own, proof }) => (
                  <i key={id} className={`square-${own === "planned" ? "planned" : proof}`} />
                ))}
              </span>
              <span className="quiet num">
                {active.length === 0 ? "no control" : `${passed} of ${active.length} proven`} · {named.length} of{" "}
                {checkables} checkables
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
