import type { MailTrouble } from "../../features/work/notices/schema.ts";
import { Mark } from "../kit/mark.tsx";
import { When } from "../kit/when.tsx";

/** My notices do not reach my mailbox: why, and who mends it. */
export function MailTroubleNote({ trouble: { reason, since, refused } }: { trouble: MailTrouble }) {
  return (
    <p className="note-warn" role="status">
      <Mark shape="triangle" />
      <span>
        {refused ? (
          <>
            The mail server refused your address (<When at={since} />
            ): {reason}. Ask an administrator whether the address is right. Every notice stands here.
          </>
        ) : (
          <>
            Mails to you wait since <When at={since} time />: {reason}. They are tried again by themselves;
            administrators see it on Today. Every notice stands here.
          </>
        )}
      </span>
    </p>
  );
}
