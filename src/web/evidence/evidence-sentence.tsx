import type { Coverage } from "../../features/evidence/coverage/schema.ts";
import type { Evidence } from "../../features/evidence/stored/schema.ts";
import { counted } from "../kit/words.ts";

interface Props {
  coverage: Pick<Coverage, "targets" | "total">;
  files: readonly Evidence[];
}

/** The answer: what is proven today, on how many days, and what waits for a person. */
export function EvidenceSentence({ coverage: { targets, total }, files }: Props) {
  const proven = targets.filter(({ today }) => today === "proven").length;
  const standing = files.filter(({ withdrawn }) => withdrawn === null);
  if (targets.length === 0)
    return (
      <p className="safety-sentence">
        {standing.length === 0
          ? "Nothing is proven yet: the security file names no control that is implemented, and nobody gave evidence."
          : `${counted(standing.length, "file")} of evidence, linked to no control yet.`}
      </p>
    );
  const waiting = standing.reduce((sum, { openFindings }) => sum + openFindings, 0);
  const share = total.days === 0 ? 0 : Math.floor((total.provenDays / total.days) * 100);
  return (
    <p className="safety-sentence">
      <b>
        {proven} of {counted(targets.length, "control or test", "controls and tests")}
      </b>{" "}
      {proven === 1 ? "is" : "are"} proven today. Over the period they were proven on <b>{share} %</b> of days, all of
      them together on {counted(total.fullDays, "day")} of {total.calendarDays}.
      {waiting > 0 && (
        <>
          {" "}
          <b className="tone-bad">{counted(waiting, "finding")}</b> of tests {waiting === 1 ? "waits" : "wait"} for a
          decision: until then that evidence proves nothing.
        </>
      )}
    </p>
  );
}
