import type { CaseDetail } from "../../features/disclosure/schema.ts";
import { When } from "../kit/when.tsx";

/** Whether the reporter has the link to the case; when not, what a person does about it. */
export function CaseReceipt({ report: { receipt, contact }, mayHandle }: { report: CaseDetail; mayHandle: boolean }) {
  if (receipt === null || receipt.state === "handed") return null;
  const { state, reason, at } = receipt;
  if (state === "sent")
    return (
      <p className="section-note">
        A receipt with the link went to {contact}, <When at={at} time />.
      </p>
    );
  if (state === "waiting")
    return (
      <p className="section-note">
        The receipt with the link goes to {contact} within minutes.
        {reason !== null && <> It was not taken yet: {reason}.</>}
      </p>
    );
  return (
    <p className="section-note">
      <b className="tone-warn">The reporter has no link yet</b>: {reason}.
      {mayHandle && (
        <>
          {" "}
          Press <b>New link for the reporter</b> and send it
          {contact === "" ? " the way the report came." : ` to ${contact}.`}
        </>
      )}
    </p>
  );
}
