import type { Part } from "../../../features/devices/parts/schema.ts";
import { bucketOf } from "../../../features/intel/support/bucket.ts";
import { Mark } from "../../kit/mark.tsx";
import { dateText } from "../../kit/time.ts";
import { When } from "../../kit/when.tsx";
import { LEVEL_WORD } from "../../kit/words.ts";
import { SUPPORT_SHAPE } from "./support-counts.tsx";

type Support = NonNullable<Part["support"]>;

const today = () => new Date().toISOString().slice(0, 10);

/** In a row: the state in a word, and the day. */
export function PartSupport({ support }: { support: Part["support"] }) {
  if (support === null || support.level === "unknown")
    return (
      <span className="cell-dim" title={support?.because.said ?? "Not looked up yet"}>
        not known
      </span>
    );
  const bucket = bucketOf(support, today());
  return (
    <span className={`support-word support-${bucket}`} title={support.because.said}>
      <Mark shape={SUPPORT_SHAPE[bucket]} />
      {support.endsOn === null
        ? LEVEL_WORD[support.level]
        : `${bucket === "ended" ? "ended" : bucket === "limited" ? "limited to" : "until"} ${dateText(support.endsOn, new Date(), false)}`}
    </span>
  );
}

/** In the panel: level, end, cycle, and how it is known. */
export function SupportFacts({ support }: { support: Support }) {
  const { level, endsOn, cycle, latest, because } = support;
  return (
    <section>
      <h3>Support</h3>
      <dl className="facts">
        <dt>Level</dt>
        <dd>
          <PartSupport support={support} />
          {level === "security-only" && <span className="quiet"> security fixes only</span>}
        </dd>
        {endsOn !== null && (
          <>
            <dt>Ends</dt>
            <dd>
              <When at={endsOn} />
            </dd>
          </>
        )}
        {cycle !== null && (
          <>
            <dt>Cycle</dt>
            <dd className="num">
              {cycle}
              {latest !== null && <span className="quiet">, newest {latest}</span>}
            </dd>
          </>
        )}
        <dt>How it is known</dt>
        <dd>
          {because.said}
          {because.source !== null && (
            <small className="quiet">
              {" "}
              {because.source}
              {because.record !== null && `, ${because.record}`}, matched by {because.rule.replaceAll("-", " ")}
            </small>
          )}
        </dd>
      </dl>
    </section>
  );
}
