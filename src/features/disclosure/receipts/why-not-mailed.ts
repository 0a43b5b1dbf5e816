import * as z from "zod";
import type { CaseVia } from "../schema.ts";

const Address = z.email().max(254);
/** Mailboxes that programs write from (RFC 3834, section 2; RFC 2142). */
const PROGRAMS =
  /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|owner-.*|.*-(request|owner|bounces?))([+=].*)?$/i;

export interface Mailed {
  via: CaseVia;
  contact: string;
  /** The mail's own header lets it be answered by a program. */
  answerable: boolean;
}

/**
 * Why a person must send the reporter the link; null: a receipt may go out by itself. Answers to programs, to lists and to ourselves
 * would come back as reports (RFC 3834, section 2). `from`: our sender; null where no mail server is set up.
 */
export function whyNotMailed(
  { via, contact, answerable }: Mailed,
  { mailReceipts, contactEmail }: { mailReceipts: boolean; contactEmail: string },
  from: string | null,
): string | null {
  if (via !== "mail") return "it did not come by mail";
  if (!Address.safeParse(contact).success) return "the mail has no address to answer to";
  if (from === null) return "no mail server is set up";
  if (!mailReceipts) return "receipts by mail are switched off in the intake";
  const [mailbox = ""] = contact.split("@");
  if (!answerable || PROGRAMS.test(mailbox))
    return "it came from a list, or from an address that takes no automatic answer";
  const ours = [contactEmail, addressIn(from)].map((address) => address.toLowerCase());
  return ours.includes(contact.toLowerCase()) ? "it came from our own address" : null;
}

const addressIn = (sender: string): string => /<([^<>]*)>\s*$/.exec(sender)?.[1] ?? sender.trim();
