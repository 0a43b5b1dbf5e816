import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { MailSettings } from "../../src/platform/mail.ts";

/** In the clear, without passwords, as on this machine only. */
const CLEAR: SMTPServerOptions = { disabledCommands: ["AUTH", "STARTTLS"] };

/** A mail server that keeps what it is sent and who signed in; `refuse`: the code with which it says that it cannot. */
export async function mailbox(options: SMTPServerOptions = CLEAR) {
  const received: { envelope: { from: string; to: string[] }; parsed: ParsedMail; encrypted: boolean }[] = [];
  const signedIn: { password: string | null | undefined; encrypted: boolean }[] = [];
  const settings: MailSettings = { host: "127.0.0.1", tls: "none", from: "Cordon <cordon@acme.test>" };
  const box = { received, signedIn, refuse: 0, settings };
  const smtp = new SMTPServer({
    onAuth({ password }, { secure }, done) {
      signedIn.push({ password, encrypted: secure });
      done(null, { user: "cordon" });
    },
    onMailFrom: (_address, _session, done) =>
      done(box.refuse > 0 ? Object.assign(new Error("Try again later"), { responseCode: box.refuse }) : null),
    onData(stream, { envelope: { mailFrom, rcptTo }, secure }, done) {
      void simpleParser(stream).then((parsed) => {
        const from = mailFrom === false ? "" : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        received.push({ envelope: { from, to }, parsed, encrypted: secure });
        done();
      }, done);
    },
    ...options,
  });
  // A client that does not trust it hangs up: no news here.
  smtp.on("error", () => {});
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  const { port } = smtp.server.address() as AddressInfo;
  box.settings = { ...settings, port };
  return Object.assign(box, { close: () => new Promise<void>((resolve) => smtp.close(() => resolve())) });
}
