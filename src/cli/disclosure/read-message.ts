import { type ParsedMail, simpleParser } from "mailparser";
import { Fault } from "../../lib/fault.ts";

/** What of a mail becomes a report. */
export interface MailedReport {
  title: string;
  text: string;
  /** The address in From; it proves nothing. */
  from: string;
  messageId: string | null;
  attachments: { fileName: string; bytes: Buffer }[];
  /** Attachments that were left out, and why. */
  left: string[];
  /** An automatic answer or a bounce (RFC 3834, RFC 3464): no person reports with it. */
  automatic: boolean;
  /** A program may answer it (RFC 3834, section 2): it is no list's, asks for no silence, and names no other address for what comes back. */
  answerable: boolean;
}

const MOST_TEXT = 50_000;
const MOST_TITLE = 200;

/**
 * Reads one message (RFC 5322, MIME). HTML alone is turned into plain text, images and links into nothing that loads. What is encrypted
 * stays as it is: OpenPGP text in the text, OpenPGP/MIME parts as attachments. Fault `bad_input` when it is no message.
 */
export async function readMessage(
  bytes: Buffer,
  limits: { attachments: number; attachmentBytes: number },
): Promise<MailedReport> {
  const mail = await simpleParser(bytes, {
    skipImageLinks: true,
    skipTextLinks: true,
    skipTextToHtml: true,
    maxHtmlLengthToParse: 1_000_000,
  }).catch((cause) => {
    throw new Fault("bad_input", "This is no mail message", { at: "standard input", cause });
  });
  if (mail.headerLines.length === 0)
    throw new Fault("bad_input", "This is no mail message: it has no header", {
      at: "standard input",
      fix: "Pipe one whole message, as a mail server's alias does",
    });
  const text = textOf(mail);
  const attachments: MailedReport["attachments"] = [];
  const left: string[] = [];
  for (const [i, { filename, content, size }] of mail.attachments.entries()) {
    const fileName = filename ?? `part-${i + 1}`;
    if (attachments.length >= limits.attachments || size > limits.attachmentBytes) left.push(fileName);
    else if (size > 0) attachments.push({ fileName, bytes: content });
  }
  return {
    title: (mail.subject ?? "").replaceAll(/\s+/g, " ").trim().slice(0, MOST_TITLE) || "A report by mail",
    text,
    from: mail.from?.value[0]?.address ?? "",
    messageId: mail.messageId ?? null,
    attachments,
    left,
    automatic: isAutomatic(mail),
    answerable: isAnswerable(mail),
  };
}

function textOf(mail: ParsedMail): string {
  const text = (mail.text ?? (mail.html === false ? "" : wordsOfHtml(mail.html ?? ""))).trim();
  if (text === "" && mail.attachments.length > 0) return "The message has no text; see its attachments.";
  return text === "" ? "The message is empty." : text.slice(0, MOST_TEXT);
}

/** The words of HTML, where the parser made no text of it (HTML inside a multipart): its tags left out, one pass. */
function wordsOfHtml(html: string): string {
  const pieces = html.slice(0, 1_000_000).split("<");
  const words = pieces.map((piece, i) => {
    if (i === 0) return piece;
    const end = piece.indexOf(">");
    if (end === -1) return "";
    return `${/^(br|p|div|li|tr|h\d)\b/i.test(piece) ? "\n" : ""}${piece.slice(end + 1)}`;
  });
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', nbsp: " ", amp: "&" };
  return words.join("").replaceAll(/&(lt|gt|quot|nbsp|amp);/g, (_, name: string) => entities[name] ?? "");
}

function isAutomatic({ headers, headerLines }: ParsedMail): boolean {
  const submitted = String(headers.get("auto-submitted") ?? "no").toLowerCase();
  const empty = headerLines.some(({ key, line }) => key === "return-path" && /^[^:]*:\s*<\s*>\s*$/.test(line));
  return !submitted.startsWith("no") || empty || /bulk|junk/i.test(String(headers.get("precedence") ?? ""));
}

function isAnswerable(mail: ParsedMail): boolean {
  const from = mail.from?.value ?? [];
  const lines = mail.headerLines.map(({ key, line }) => ({ key, text: line.slice(line.indexOf(":") + 1).trim() }));
  const fromList = lines.some(({ key }) => key.startsWith("list-") || key === "mailing-list");
  const silent = lines.some(
    ({ key, text }) => key === "x-auto-response-suppress" || (key === "precedence" && /list/i.test(text)),
  );
  const paths = lines.filter(({ key }) => key === "return-path").map(({ text }) => text.replaceAll(/[<>\s]/g, ""));
  const address = from[0]?.address?.toLowerCase();
  return (
    !isAutomatic(mail) &&
    from.length === 1 &&
    !fromList &&
    !silent &&
    paths.every((path) => path.toLowerCase() === address)
  );
}
