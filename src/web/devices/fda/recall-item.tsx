import type { DeviceRecall } from "../../../features/intel/fda/schema.ts";
import { When } from "../../kit/when.tsx";

const MEANING = {
  I: "It may cause death or serious harm",
  II: "It may cause harm that passes, or serious harm is unlikely",
  III: "It is unlikely to cause harm",
};

/** One recall: how grave, when, why, and why it may be this device. */
export function RecallItem({ recall }: { recall: DeviceRecall }) {
  const { number, classification, initiatedOn, postedOn, reason, rootCause, status, product, evidence, grade } = recall;
  const on = initiatedOn ?? postedOn;
  const facts = [recall.firm, rootCause, ...recall.kNumbers.slice(0, 3)].filter((fact) => fact !== null && fact !== "");
  return (
    <li className="recall">
      <p className="recall-head">
        {classification === null ? (
          <span className="recall-class">Not classified yet</span>
        ) : (
          <span className={`recall-class recall-class-${classification}`} title={MEANING[classification]}>
            Class {classification}
          </span>
        )}
        <a href={recall.url} target="_blank" rel="noreferrer">
          {number}
        </a>
        {on !== null && <When at={on} />}
        {status !== null && <span className="quiet">{status}</span>}
      </p>
      <p className="recall-reason">{reason === "" ? "No reason is given." : reason}</p>
      <p className="recall-facts quiet">{facts.join(" · ")}</p>
      <details>
        <summary>{grade === "strong" ? "Why it is likely this device" : "Why it may be this device"}</summary>
        <ul className="recall-why">
          {evidence.map((line) => (
            <li key={line}>{line}</li>
          ))}
          <li>As the recall describes it: {product}</li>
        </ul>
      </details>
    </li>
  );
}
