import type { Part } from "../../../features/devices/parts/schema.ts";
import { Mark } from "../../kit/mark.tsx";
import { RATING_WORD } from "../../kit/words.ts";

/** Open findings on a part: how many and how bad, or why nobody can know. */
export function PartFindings({ part }: { part: Part }) {
  if (part.findings === 0)
    return part.unmatched === null ? (
      <span className="cell-dim">none</span>
    ) : (
      <span className="cell-dim" title={part.unmatched}>
        cannot be looked up
      </span>
    );
  return (
    <span className={`part-findings${part.exploited ? " tone-bad" : ""}`}>
      {part.exploited ? (
        <Mark shape="bolt" />
      ) : (
        <span className={`score-level score-${part.worst ?? "unknown"}`} aria-hidden="true" />
      )}
      <b className="num">{part.findings}</b>
      <span className="quiet">
        {part.exploited ? "exploited" : part.worst === null ? "" : RATING_WORD[part.worst].toLowerCase()}
      </span>
    </span>
  );
}

export const partName = ({ group, name }: Pick<Part, "group" | "name">): string =>
  group === null ? name : `${group}/${name}`;

/** CycloneDX's scope of a part. */
export const SCOPE_WORD: Record<NonNullable<Part["scope"]>, string> = {
  required: "required",
  optional: "optional",
  excluded: "excluded: not shipped",
};
