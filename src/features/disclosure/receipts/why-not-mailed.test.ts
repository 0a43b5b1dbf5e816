import { expect, test } from "vitest";
import { type Mailed, whyNotMailed } from "./why-not-mailed.ts";

const MAIL: Mailed = { via: "mail", contact: "ana@finder.test", answerable: true };
const INTAKE = { mailReceipts: true, contactEmail: "psirt@acme.test" };
const FROM = "Cordon <cordon@acme.test>";

test("a person's mail is answered by itself", () => {
  expect(whyNotMailed(MAIL, INTAKE, FROM)).toBeNull();
});

test.each<[string, Partial<Mailed>, { mailReceipts?: boolean }, string | null]>([
  ["it did not come by mail", { via: "person" }, {}, FROM],
  ["the mail has no address", { contact: "" }, {}, FROM],
  ["the mail has no address", { contact: "Ana <ana@finder.test>, b@finder.test" }, {}, FROM],
  ["no mail server", {}, {}, null],
  ["switched off", {}, { mailReceipts: false }, FROM],
  ["from a list", { answerable: false }, {}, FROM],
  ["from a list", { contact: "MAILER-DAEMON@finder.test" }, {}, FROM],
  ["from a list", { contact: "no-reply@finder.test" }, {}, FROM],
  ["from a list", { contact: "bounces+ana@finder.test" }, {}, FROM],
  ["from a list", { contact: "vuln-request@finder.test" }, {}, FROM],
  ["our own address", { contact: "PSIRT@acme.test" }, {}, FROM],
  ["our own address", { contact: "cordon@acme.test" }, {}, FROM],
])("%s", (why, mail, intake, from) => {
  expect(whyNotMailed({ ...MAIL, ...mail }, { ...INTAKE, ...intake }, from)).toContain(why);
});
