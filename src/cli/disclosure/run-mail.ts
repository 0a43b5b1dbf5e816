import { REPORT_LIMITS, ReportReceipt } from "../../features/disclosure/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { callServer, serverOf } from "../server/call-server.ts";
import { readMessage } from "./read-message.ts";

export interface MailRequest {
  server: string | null;
  key: string | null;
  input: AsyncIterable<Buffer>;
}

/** sysexits.h EX_TEMPFAIL: the mail server keeps the message in its queue and tries again. */
const TRY_AGAIN = 75;
const MOST_BYTES = 25 * 1024 * 1024;

/** Hands one mailed report to the server. Exit code 0; 75 when the mail server should try again; 2 when it never can. */
export async function runMail({ server, key, input }: MailRequest): Promise<number> {
  const target = serverOf(server, key);
  const mail = await readMessage(await readAll(input), REPORT_LIMITS);
  if (mail.automatic) {
    process.stderr.write("cordon: an automatic message; no case was opened\n");
    return 0;
  }
  const left = mail.left.length === 0 ? "" : `\n\n[Not taken over, too many or too large: ${mail.left.join(", ")}]`;
  const form = new FormData();
  const fields = {
    via: "mail",
    title: mail.title,
    product: "see the text",
    reproduce: mail.text + left,
    contact: mail.from,
    answerable: mail.answerable ? "yes" : "no",
  };
  for (const [name, text] of Object.entries(fields)) form.set(name, text);
  if (mail.messageId !== null) form.set("sourceId", mail.messageId);
  for (const { fileName, bytes } of mail.attachments)
    form.append("attachment", new File([new Uint8Array(bytes)], fileName));
  try {
    const receipt = await callServer(target, "/disclosure/reports", ReportReceipt, { method: "POST", body: form });
    process.stdout.write(`${receipt.number}${receipt.unchanged ? " (known already)" : ""}\n`);
    return 0;
  } catch (fault) {
    if (!(fault instanceof Fault) || !["unavailable", "too_many"].includes(fault.code)) throw fault;
    process.stderr.write(`cordon: ${fault.message}; the mail server should try again\n`);
    return TRY_AGAIN;
  }
}

async function readAll(input: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Fault("too_large", "The message is larger than 25 MB", { at: "standard input" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
