import type { AdvisoryRow } from "../../features/publish/schema.ts";
import { Mark } from "../kit/mark.tsx";
import { STATE_WORD } from "./words.ts";

const SHAPE = { draft: "ring", published: "check", withdrawn: "cross" } as const;
const TONE = { draft: "state", published: "state state-fixed", withdrawn: "state" } as const;

/** How far an advisory is; what changed since it was published is said too. */
export function AdvisoryBadge({ state, number, changed }: Pick<AdvisoryRow, "state" | "number" | "changed">) {
  return (
    <span className={TONE[state]}>
      <Mark shape={SHAPE[state]} />
      {STATE_WORD[state]}
      {number !== null && <span className="num"> {number}</span>}
      {changed && <span className="state-suspect">changed since</span>}
    </span>
  );
}
