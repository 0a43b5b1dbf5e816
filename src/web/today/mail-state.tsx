import type { Today } from "../../features/work/schema.ts";
import { Mark } from "../kit/mark.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";

/** Notices that reach nobody's mailbox, for whoever can mend it. */
export function MailState({ mail: { waiting, reason, since, refused } }: { mail: NonNullable<Today["mail"]> }) {
  return (
    <Section title="Mail" note="Every notice stands in Cordon; mails wait and are tried again.">
      {reason !== null && since !== null && (
        <p className="note-warn">
          <Mark shape="triangle" />
          <span>
            {counted(waiting, "mail")} not sent since <When at={since} time />: {reason}
          </span>
        </p>
      )}
      {refused.map(({ name, reason: why }) => (
        <p key={name} className="note-warn">
          <Mark shape="triangle" />
          <span>
            The address of {name} is refused, and mails to it are given up: {why}. Invite them with the right one.
          </span>
        </p>
      ))}
    </Section>
  );
}
