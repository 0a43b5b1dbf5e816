import fc from "fast-check";
import { expect, test } from "vitest";
import { readMessage } from "../../src/cli/disclosure/read-message.ts";

const LIMITS = { attachments: 5, attachmentBytes: 1_000 };
const read = (text: string) => readMessage(Buffer.from(text.replaceAll("\n", "\r\n")), LIMITS);

const PLAIN = `From: Ana Finder <ana@example.org>
To: psirt@example.com
Subject: =?utf-8?q?Pump_answers_on_port_23?=
Message-ID: <one@example.org>
Content-Type: text/plain; charset=utf-8

Telnet is open.
`;

test("a plain message", async () => {
  expect(await read(PLAIN)).toEqual({
    title: "Pump answers on port 23",
    text: "Telnet is open.",
    from: "ana@example.org",
    messageId: "<one@example.org>",
    attachments: [],
    left: [],
    automatic: false,
    answerable: true,
  });
});

const part = (type: string, body: string, more = "") => `--b\nContent-Type: ${type}\n${more}\n${body}\n`;
const mixed = (...parts: string[]) =>
  `From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n${parts.join("")}--b--\n`;

test("attachments are bounded in number and size, and what is left out is named", async () => {
  const file = (name: string, body: string) =>
    part("application/octet-stream", body, `Content-Disposition: attachment; filename="${name}"\n`);
  const mail = await read(
    mixed(
      part("text/plain", "See files."),
      file("big.bin", "x".repeat(2_000)),
      ...["1", "2", "3", "4", "5", "6"].map((n) => file(n, n)),
    ),
  );
  expect(mail.attachments.map(({ fileName }) => fileName)).toEqual(["1", "2", "3", "4", "5"]);
  expect(mail.left).toEqual(["big.bin", "6"]);
});

test("HTML alone becomes plain text without anything that loads", async () => {
  const mail = await read(
    mixed(part("text/html", '<p>Hello <img src="https://track.example/x"><script>x()</script></p>')),
  );
  expect(mail.text).toContain("Hello");
  expect(mail.text).not.toMatch(/track\.example|<script|<img/);
});

test("an OpenPGP/MIME message stays encrypted: its part is kept as it is", async () => {
  const mail = await read(
    "From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/encrypted; boundary=b; protocol=application/pgp-encrypted\n\n" +
      part("application/pgp-encrypted", "Version: 1") +
      part("application/octet-stream", "-----BEGIN PGP MESSAGE-----\nabc\n-----END PGP MESSAGE-----") +
      "--b--\n",
  );
  expect(mail.text).toContain("attachments");
  expect(mail.attachments.map(({ bytes }) => bytes.toString())).toContainEqual(
    expect.stringContaining("BEGIN PGP MESSAGE"),
  );
});

test.each([
  ["an automatic answer", "Auto-Submitted: auto-replied"],
  ["a bounce", "Return-Path: <>"],
  ["bulk mail", "Precedence: bulk"],
])("%s is nobody's report", async (_, header) => expect((await read(`${header}\n${PLAIN}`)).automatic).toBe(true));

test("any bytes are a message or a refusal, within the limits, and never an accident", async () => {
  const header = fc.constantFrom(
    "From",
    "Subject",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
    "Message-ID",
  );
  const value = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom("multipart/mixed; boundary=b", "text/html", "base64", "=?x?b?", "<>", '"'),
  );
  const lines = fc.array(
    fc.tuple(header, value).map(([name, text]) => `${name}: ${text}`),
    { maxLength: 8 },
  );
  const body = fc.array(
    fc.oneof(fc.constantFrom("--b", "--b--", "", "Content-Type: text/plain"), fc.string({ unit: "binary" })),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(lines, body, async (head, rest) => {
      const bytes = Buffer.from([...head, "", ...rest].join("\r\n"));
      const mail = await readMessage(bytes, LIMITS).catch((error: Error) => {
        expect(error.name).toBe("Fault");
        return null;
      });
      if (mail === null) return;
      expect(mail.title).not.toMatch(/[\r\n]/);
      expect(mail.title.length).toBeLessThanOrEqual(200);
      expect(mail.text.length).toBeLessThanOrEqual(50_000);
      expect(mail.attachments.length).toBeLessThanOrEqual(LIMITS.attachments);
    }),
    { numRuns: 50 },
  );
});
