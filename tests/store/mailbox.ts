import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** A mail server that keeps what it is sent; `refuse`: it says for now that it cannot. */
export async function mailbox() {
  const received: { envelope: { from: string; to: string[] }; parsed: ParsedMail }[] = [];
  const box = { received, refuse: false, settings: { host: "127.0.0.1", port: 0, tls: "none" as const, from: "" } };
  const smtp = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onMailFrom: (_address, _session, done) =>
      done(box.refuse ? Object.assign(new Error("Try again later"), { responseCode: 451 }) : null),
    onData(stream, { envelope: { mailFrom, rcptTo } }, done) {
      void simpleParser(stream).then((parsed) => {
        const from = mailFrom === false ? "" : mailFrom.address;
        received.push({ envelope: { from, to: rcptTo.map(({ address }) => address) }, parsed });
        done();
      }, done);
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  const { port } = smtp.server.address() as AddressInfo;
  box.settings = { ...box.settings, port, from: "Cordon <cordon@acme.test>" };
  return Object.assign(box, { close: () => new Promise<void>((resolve) => smtp.close(() => resolve())) });
}
