import type { SupportSummary } from "../../../features/intel/support/schema.ts";
import { SUPPORT_BUCKETS, type SupportBucket } from "../../../features/intel/support/schema.ts";
import { Mark, type Shape } from "../../kit/mark.tsx";
import { SUPPORT_WORD } from "../../kit/words.ts";

export const SUPPORT_SHAPE: Record<SupportBucket, Shape> = {
  ended: "cross",
  unmaintained: "diamond",
  limited: "half",
  soon: "triangle",
  longer: "check",
  unknown: "ring",
};

interface Props {
  counts: SupportSummary["counts"];
  onShow: (bucket: SupportBucket) => void;
  shown?: SupportBucket | undefined;
}

/** How many parts are in which state of support; each number shows its parts. */
export function SupportCounts({ counts, onShow, shown }: Props) {
  return (
    <ul className="support-counts">
      {SUPPORT_BUCKETS.filter((bucket) => counts[bucket] > 0 || bucket === "ended" || bucket === "soon").map(
        (bucket) => (
          <li key={bucket}>
            <button
              type="button"
              className={`support-count support-${bucket}`}
              disabled={counts[bucket] === 0}
              aria-pressed={shown === bucket}
              onClick={() => onShow(bucket)}
            >
              <b className="num">{counts[bucket].toLocaleString("en")}</b>
              <span>
                <Mark shape={SUPPORT_SHAPE[bucket]} />
                {SUPPORT_WORD[bucket]}
              </span>
            </button>
          </li>
        ),
      )}
    </ul>
  );
}
