import { expect, test } from "vitest";
import { transportOf } from "./mail.ts";

const settings = { host: "mail.hospital.example", tls: "starttls", from: "cordon@hospital.example" } as const;

test.each([
  [settings, { port: 587, secure: false, requireTLS: true, ignoreTLS: false }],
  [
    { ...settings, tls: "implicit" as const },
    { port: 465, secure: true },
  ],
  [
    { ...settings, port: 2525 },
    { port: 2525, requireTLS: true },
  ],
  [
    { ...settings, host: "127.0.0.1", tls: "none" as const },
    { port: 25, requireTLS: false, ignoreTLS: true },
  ],
])("%j", (given, expected) => {
  expect(transportOf(given)).toMatchObject({ ...expected, tls: { rejectUnauthorized: true, minVersion: "TLSv1.2" } });
});

test("a file without certificates is refused at the start, not when a mail is sent", () => {
  for (const caFile of [import.meta.filename, "/nowhere.pem"])
    expect(() => transportOf({ ...settings, caFile })).toThrow(/No certificates can be read/);
});

test.each(["mail.hospital.example", "10.0.0.5", "127.evil.example"])("mail to %s in the clear is refused", (host) => {
  expect(() => transportOf({ ...settings, host, tls: "none" })).toThrow(/encrypted/);
});
