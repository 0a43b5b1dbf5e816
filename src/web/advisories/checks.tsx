import type { Check, Preview } from "../../features/publish/schema.ts";
import { Mark } from "../kit/mark.tsx";
import { counted } from "../kit/words.ts";

/** What keeps it from going out, then what would make it better. */
export function Checks({
  checks,
  canPublish,
  checking,
}: Pick<Preview, "checks" | "canPublish"> & { checking: boolean }) {
  const errors = checks.filter(({ level }) => level === "error");
  const advice = checks.filter(({ level }) => level === "advice");
  return (
    <section aria-label="Checks" aria-busy={checking}>
      <p className={canPublish ? "note-good" : "note-bad"} role="status">
        <Mark shape={canPublish ? "check" : "cross"} />
        <b>
          {canPublish
            ? "Valid CSAF 2.0, ready to go out"
            : `${counted(errors.length, "thing")} to do before it can go out`}
        </b>
      </p>
      {errors.length > 0 && <CheckList checks={errors} />}
      {advice.length > 0 && (
        <details className="advice">
          <summary>{counted(advice.length, "piece")} of advice</summary>
          <CheckList checks={advice} />
        </details>
      )}
    </section>
  );
}

const CheckList = ({ checks }: { checks: readonly Check[] }) => (
  <ul className="check-list">
    {checks.map((one) => (
      <li key={`${one.where} ${one.reason} ${one.pointer}`}>
        <b>{one.where}</b>
        <span>{one.reason}</span>
        {one.fix !== "" && <small>{one.fix}</small>}
        {one.test !== null && (
          <small className="quiet">
            CSAF {one.test} <code>{one.pointer}</code>
          </small>
        )}
      </li>
    ))}
  </ul>
);
