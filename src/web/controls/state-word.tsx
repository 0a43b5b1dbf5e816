import { Mark } from "../kit/mark.tsx";
import type { Said } from "./words.ts";

/** A state as a shape and a word, coloured. */
export const StateWord = ({ said: { word, shape, tone } }: { said: Said }) => (
  <span className={`control-state tone-${tone}`}>
    <Mark shape={shape} /> {word}
  </span>
);
