import { isIP } from "node:net";
import { createTransport } from "nodemailer";
import type SMTPTransport from "nodemailer/lib/smtp-transport/index.js";
import { Fault } from "../lib/fault.ts";
import { secretIn } from "./config/config.ts";
import type { ConfigFile } from "./config/schema.ts";

export interface Message {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Stays the same when it is sent again, so that receivers show it once. */
  id: string;
  /** It answers a mail by itself: Message-ID of that one, and who reads what comes back. */
  answers?: { inReplyTo: string | null; replyTo: string | null };
}

/** Sends by SMTP. Fault `unavailable` when trying again may help, `bad_input` when the server refuses the address for good. */
export type SendMail = (message: Message) => Promise<void>;

export type MailSettings = NonNullable<ConfigFile["mail"]>;

const TIMEOUT_MS = 30_000;

/** Null when no mail server is set up. Fault `bad_configuration` when mail would leave this machine unencrypted. */
export function openMail(settings: MailSettings | undefined): SendMail | null {
  if (settings === undefined) return null;
  const transport = createTransport(transportOf(settings));
  return async ({ id, answers, ...message }) => {
    const domain = settings.from.slice(settings.from.lastIndexOf("@") + 1).replace(/>$/, "");
    const headers = { "auto-submitted": answers === undefined ? "auto-generated" : "auto-replied" };
    await transport
      .sendMail({
        ...message,
        from: settings.from,
        messageId: `<${id}@${domain}>`,
        headers,
        ...(answers === undefined ? {} : answering(message.to, answers)),
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      .catch(refuse);
  };
}

/** No bounce comes back for an automatic answer: its envelope has no sender (RFC 3834, section 3.3). */
const answering = (to: string, { inReplyTo, replyTo }: NonNullable<Message["answers"]>) => ({
  envelope: { from: "", to },
  ...(inReplyTo === null ? {} : { inReplyTo, references: inReplyTo }),
  ...(replyTo === null ? {} : { replyTo }),
});

export function transportOf(settings: MailSettings): SMTPTransport.Options {
  const { host, port, tls, user, passwordFile } = settings;
  if (tls === "none" && !isLoopback(host))
    throw new Fault("bad_configuration", "Mail may only leave this machine encrypted", {
      at: "mail.tls",
      fix: "Set mail.tls to starttls or implicit",
    });
  return {
    host,
    port: port ?? (tls === "implicit" ? 465 : tls === "starttls" ? 587 : 25),
    secure: tls === "implicit",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "none",
    tls: { minVersion: "TLSv1.2", rejectUnauthorized: true },
    ...(user === undefined ? {} : { auth: { user, pass: passwordFile === undefined ? "" : secretIn(passwordFile) } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));

/** Codes from 500 on are final (RFC 5321, 4.2.1), when they are about the message and not about signing in. */
function refuse(cause: unknown): never {
  const { responseCode, code, message } = cause as { responseCode?: number; code?: string; message?: string };
  const final = responseCode !== undefined && responseCode >= 500 && code !== "EAUTH";
  throw new Fault(final ? "bad_input" : "unavailable", (message ?? "The mail server does not answer").slice(0, 300), {
    cause,
  });
}
