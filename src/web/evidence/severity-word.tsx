import type { Rating } from "../../features/intel/assess/schema.ts";
import { Mark, type Shape } from "../kit/mark.tsx";
import { RATING_WORD } from "../kit/words.ts";

const SHAPE: Record<Rating, Shape> = {
  critical: "octagon",
  high: "triangle",
  medium: "diamond",
  low: "circle",
  unknown: "half",
  none: "ring",
};

/** A rating of a test's finding, in word and shape. */
export function SeverityWord({ severity, count }: { severity: Rating; count?: number }) {
  const word = severity === "none" ? "Observation" : RATING_WORD[severity];
  return (
    <span className={`test-severity test-${severity}`}>
      <Mark shape={SHAPE[severity]} />
      {count === undefined ? word : `${count.toLocaleString("en")} ${word.toLowerCase()}`}
    </span>
  );
}
