import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as pathOf } from "node:path";
import type { SMTPServerOptions } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { join } from "../../src/features/people/members/store.ts";
import { sendMails } from "../../src/flows/send-mail.ts";
import { tell } from "../../src/flows/tell.ts";
import { newId } from "../../src/lib/ids.ts";
import { inScope, type Scope } from "../../src/platform/db.ts";
import type { Log } from "../../src/platform/log.ts";
import { type MailSettings, openMail } from "../../src/platform/mail.ts";
import { certificate } from "../support/certificates.ts";
import { mailbox } from "./mailbox.ts";
import { asSuperuser, type FreshDatabase, freshDatabase, newOrganization } from "./postgres.ts";

let fresh: FreshDatabase;
let folder: string;
let scope: Scope;
let userId: string;
const logged: string[] = [];

const ip = "127.0.0.1";
const hospital = certificate("Hospital authority", {});
const stranger = certificate("Another authority", {});
const trusted = certificate("Mail server", { ip, by: hospital });

const fileOf = (name: string) => pathOf(folder, name);
beforeAll(async () => {
  fresh = await freshDatabase();
  folder = mkdtempSync(pathOf(tmpdir(), "cordon-mail-"));
  writeFileSync(fileOf("password"), "secret word\n", { mode: 0o600 });
  writeFileSync(fileOf("hospital.pem"), `The hospital's authorities\n${stranger.cert}${hospital.cert}`);
  writeFileSync(fileOf("stranger.pem"), stranger.cert);
});
afterAll(async () => {
  await fresh.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One notice waits for a mail. */
beforeEach(async () => {
  await asSuperuser((client) => client.query("truncate notice, mail"), String(fresh.connection.database));
  const works = await newOrganization(fresh.pool, "Works");
  scope = { ...works, actor: { kind: "system", id: "schedule", name: "Cordon" } };
  userId = newId();
  logged.length = 0;
  const ada = { userId, name: "Ada", email: "ada@works.example", roles: ["auditor" as const], joinedAt: start };
  await inScope(fresh.db, scope, async (trx) => {
    await join(trx, scope, ada);
    const said = { title: "Half is gone", happened: "It happened.", safe: "All is safe.", nextStep: "Look" };
    const telling = { ...said, kind: "clock" as const, change: "half", path: "/today" };
    await tell(trx, scope, { ...telling, subject: { type: "clock", id: "c1" } }, { people: [userId] }, start);
  });
});
const start = new Date("2026-11-24T10:00:00Z");
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

/** A mail server for this test that would also take a password in the clear. */
async function mailServer(options: SMTPServerOptions) {
  const box = await mailbox({ allowInsecureAuth: true, ...options });
  onTestFinished(() => box.close());
  const asked = { ...box.settings, tls: "starttls" as const, user: "cordon", passwordFile: fileOf("password") };
  return { box, settings: { ...asked, caFile: fileOf("hospital.pem") } as MailSettings };
}

const log = { ...({} as Log), warn: (_: unknown, message: string) => void logged.push(message) };
const mails = (settings: MailSettings, at: Date) =>
  sendMails(
    {
      ...{ db: fresh.db, log, send: openMail(settings) },
      ...{ publicUrl: "https://cordon.example", signal: new AbortController().signal },
    },
    () => at,
  );
const outcome = async () =>
  inScope(fresh.db, scope, (trx) =>
    trx
      .selectFrom("mail")
      .select(["sentAt", "failedAt", "nextTryAt", "attempts", "reason"])
      .where("userId", "=", userId)
      .executeTakeFirstOrThrow(),
  );

test("after STARTTLS, with a certificate of the hospital's own authority, a mail and the password go out encrypted", async () => {
  const { box, settings } = await mailServer({ key: trusted.key, cert: trusted.cert });
  expect(await mails(settings, after(1))).toBe(1);
  expect(box.signedIn).toEqual([{ password: "secret word", encrypted: true }]);
  expect(box.received).toMatchObject([{ encrypted: true, envelope: { to: ["ada@works.example"] } }]);
  expect(await outcome()).toMatchObject({ sentAt: after(1), failedAt: null });
});

const refusing: [what: string, server: SMTPServerOptions, caFile: string | undefined, reason: RegExp, at: string][] = [
  ["no authority of it is known", trusted, undefined, /certificate is not trusted \(unable to verify/, "mail.caFile"],
  ["another authority is trusted", trusted, "stranger.pem", /certificate is not trusted \(unable/, "mail.caFile"],
  [
    "it is signed by itself",
    certificate("Mail server", { ip }),
    "hospital.pem",
    /certificate is not trusted \(self-signed/,
    "mail.caFile",
  ],
  [
    "it is of another server",
    certificate("Mail server", { ip: "127.0.0.2", by: hospital }),
    "hospital.pem",
    /certificate is not trusted \(.*127\.0\.0\.2/,
    "mail.caFile",
  ],
  [
    "it has run out",
    certificate("Mail server", { ip, by: hospital, endsAt: Date.now() - 60_000 }),
    "hospital.pem",
    /certificate is not trusted \(.*expired/,
    "mail.caFile",
  ],
  ["STARTTLS is not offered", { disabledCommands: ["STARTTLS"] }, "hospital.pem", /not offer encryption/, "mail.tls"],
  ["STARTTLS is hidden on the way", { hideSTARTTLS: true }, undefined, /certificate is not trusted/, "mail.caFile"],
];

test.each(refusing)("nothing is said in the clear and the mail waits when %s", async (_, server, ca, reason, at) => {
  const { key, cert, ...rest } = server;
  const { box, settings } = await mailServer({ ...rest, ...(key === undefined ? {} : { key, cert }) });
  const { caFile: __, ...own } = settings;
  expect(await mails(ca === undefined ? own : { ...own, caFile: fileOf(ca) }, after(1))).toBe(0);
  expect([box.signedIn, box.received]).toEqual([[], []]);
  const waits = { sentAt: null, failedAt: null, nextTryAt: after(2), attempts: 1 };
  expect(await outcome()).toMatchObject({ ...waits, reason: expect.stringMatching(reason) });
  expect(logged).toEqual([`a mail waits: look at ${at}`]);
});

test("what waited goes out once the authority is trusted", async () => {
  const { box, settings } = await mailServer({ key: trusted.key, cert: trusted.cert });
  expect(await mails({ ...settings, caFile: fileOf("stranger.pem") }, after(1))).toBe(0);
  expect(await mails(settings, after(2))).toBe(1);
  expect(box.received).toHaveLength(1);
});

test("a server that wants a sign-in first is tried again", async () => {
  const { box, settings } = await mailServer({ key: trusted.key, cert: trusted.cert });
  box.refuse = 530;
  expect(await mails(settings, after(1))).toBe(0);
  expect(await outcome()).toMatchObject({ failedAt: null, nextTryAt: after(2) });
  expect(logged).toEqual(["a mail waits: look at mail.user"]);
});
