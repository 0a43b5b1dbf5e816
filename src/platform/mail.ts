import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
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

/**
 * Sends by SMTP. Fault `unavailable` when trying again may help (`at`: the key of the configuration that may be wrong), `bad_input` when
 * the server refuses the address for good.
 */
export type SendMail = (message: Message) => Promise<void>;

export type MailSettings = NonNullable<ConfigFile["mail"]>;

const TIMEOUT_MS = 30_000;

/** Null when no mail server is set up. Fault `bad_configuration` when mail would leave this machine unencrypted, or a file is not as it must be. */
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
  const { host, port, tls, caFile, user, passwordFile } = settings;
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
    tls: {
      minVersion: "TLSv1.2",
      rejectUnauthorized: true,
      ...(caFile === undefined ? {} : { ca: authoritiesIn(caFile) }),
    },
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

/** TLS takes what is no certificate for none at all, and then trusts nobody: said here, at the start. */
function authoritiesIn(path: string): string[] {
  try {
    const found = readFileSync(path, "utf8").match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
    if (found.length === 0) throw new Error("no certificate");
    return found.map((pem) => new X509Certificate(pem).toString());
  } catch (cause) {
    throw new Fault("bad_configuration", `No certificates can be read from ${path}`, {
      at: "mail.caFile",
      fix: "Name a file with certificates in PEM that Cordon may read",
      cause,
    });
  }
}

/** What the server said of the sender, the recipient or the message itself, not of the connection. */
const ABOUT_THE_MESSAGE = ["EENVELOPE", "EMESSAGE"];
const SIGN_IN_FIRST = 530;

/** Codes from 500 on are final (RFC 5321, 4.2.1), when they are about the message. */
function refuse(cause: unknown): never {
  const { responseCode = 0, code = "", message } = cause as { responseCode?: number; code?: string; message?: string };
  const final = responseCode >= 500 && responseCode !== SIGN_IN_FIRST && ABOUT_THE_MESSAGE.includes(code);
  const said = message ?? "The mail server does not answer";
  const [reason, at] = final ? [said] : reasonOf(said, code, responseCode);
  throw new Fault(final ? "bad_input" : "unavailable", reason.slice(0, 300), {
    ...(at === undefined ? {} : { at }),
    cause,
  });
}

/** The connection was not made, or was lost. */
const UNREACHABLE = ["ESOCKET", "ECONNECTION", "ETIMEDOUT", "EDNS"];

/** In words that help, with the key of the configuration that may be wrong. */
function reasonOf(said: string, code: string, responseCode: number): [reason: string, at?: string] {
  if (code === "ETLS") return [`The mail server does not offer encryption (${said})`, "mail.tls"];
  if (code === "ESOCKET" && /certificate/i.test(said))
    return [`The mail server's certificate is not trusted (${said.replace(/; if the root CA.*/, "")})`, "mail.caFile"];
  if (UNREACHABLE.includes(code)) return [`The mail server does not answer (${said})`, "mail.host"];
  if (code === "EAUTH" || responseCode === SIGN_IN_FIRST) return [said, "mail.user"];
  return [said];
}
