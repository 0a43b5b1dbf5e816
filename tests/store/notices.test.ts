import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { join } from "../../src/features/people/members/store.ts";
import type { Role } from "../../src/features/people/schema.ts";
import { DEFAULT_PREFERENCES } from "../../src/features/work/notices/preferences.ts";
import type { Telling } from "../../src/features/work/notices/schema.ts";
import { checkDelivery } from "../../src/features/work/notices/signature.ts";
import { countNotices, markRead, pageOfNotices, writePreferences } from "../../src/features/work/notices/store.ts";
import { insertWebhook } from "../../src/features/work/notices/webhooks/store.ts";
import { outbox, startClocks } from "../../src/features/work/work.ts";
import { callWebhooks } from "../../src/flows/call-webhooks.ts";
import { escalateClocks } from "../../src/flows/escalate-clocks.ts";
import { sendMails } from "../../src/flows/send-mail.ts";
import { tell } from "../../src/flows/tell.ts";
import { today } from "../../src/flows/today.ts";
import { newId } from "../../src/lib/ids.ts";
import { inScope, type Scope } from "../../src/platform/db.ts";
import { publicPost } from "../../src/platform/files/public-post.ts";
import { SILENT } from "../../src/platform/log.ts";
import { openMail, type SendMail } from "../../src/platform/mail.ts";
import { asSuperuser, type FreshDatabase, freshDatabase, newOrganization } from "./postgres.ts";

let fresh: FreshDatabase;
let smtp: SMTPServer;
let send: SendMail | null;
let hook: Server;
let scope: Scope;
let cordon: Scope;
let people: Record<"ada" | "ben" | "cy", string>;
const received: { to: string; message: string }[] = [];
const called: { headers: IncomingMessage["headers"]; body: string }[] = [];
let answer = 200;
let refuse = false;

beforeAll(async () => {
  fresh = await freshDatabase();
  smtp = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo: (address, _, done) =>
      done(
        refuse && address.address.startsWith("ben")
          ? Object.assign(new Error("No such user"), { responseCode: 550 })
          : null,
      ),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join();
        received.push({ to, message: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", () => resolve()));
  const { port } = smtp.server.address() as AddressInfo;
  send = openMail({ host: "127.0.0.1", port, tls: "none", from: "Cordon <cordon@works.example>" });
  hook = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    called.push({ headers: request.headers, body });
    response.writeHead(answer).end();
  });
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", () => resolve()));
});
afterAll(async () => {
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  hook.close();
  await fresh.close();
});

const member = async (name: string, roles: Role[]) => {
  const userId = newId();
  const person = { userId, name, email: `${name}@works.example`, roles, joinedAt: new Date() };
  await inScope(fresh.db, scope, (trx) => join(trx, scope, person));
  return userId;
};
beforeEach(async () => {
  const truncate = "truncate notice, mail, webhook_delivery, clock";
  await asSuperuser((client) => client.query(truncate), String(fresh.connection.database));
  scope = await newOrganization(fresh.pool, "Works");
  cordon = { ...scope, actor: { kind: "system", id: "schedule", name: "Cordon" } };
  people = {
    ada: await member("ada", ["product-security"]),
    ben: await member("ben", ["administrator"]),
    cy: await member("cy", ["auditor"]),
  };
  received.length = 0;
  called.length = 0;
  answer = 200;
  refuse = false;
});

const telling = (change: string): Telling => ({
  kind: "clock",
  subject: { type: "clock", id: "c1" },
  change,
  title: `Half the time is gone (${change})`,
  happened: "It happened.",
  safe: "All is safe.",
  nextStep: "Look",
  path: "/today/clocks?clock=c1",
});
const start = new Date("2026-11-24T10:00:00Z");
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const tellAll = (change: string, as = cordon, at = start) =>
  inScope(fresh.db, scope, (trx) =>
    tell(trx, as, telling(change), { roles: ["product-security", "administrator"] }, at),
  );
const mails = (at: Date, by = send) =>
  sendMails(
    { db: fresh.db, log: SILENT, send: by, publicUrl: "https://cordon.example", signal: new AbortController().signal },
    () => at,
  );
const unread = (userId: string) => inScope(fresh.db, scope, (trx) => countNotices(trx, scope, userId, true, 100));
const messageId = (message: string) => /^Message-ID: (.*)$/im.exec(message)?.[1];

test("a change is told once to each whom it concerns, and never to who made it", async () => {
  await Promise.all([tellAll("half"), tellAll("half"), tellAll("half")]);
  await tellAll("most", { ...scope, actor: { kind: "user", id: people.ada, name: "Ada" } });
  expect([await unread(people.ada), await unread(people.ben), await unread(people.cy)]).toEqual([1, 2, 0]);
  const other = await newOrganization(fresh.pool, "Other");
  const seen = await inScope(fresh.db, other, (trx) =>
    pageOfNotices(trx, other, people.ada, { below: null, unread: false, limit: 10 }),
  );
  expect(seen).toEqual([]);
});

test("a change that is rolled back tells nobody", async () => {
  const failing = inScope(fresh.db, scope, async (trx) => {
    await tell(trx, cordon, telling("never"), { people: [people.ada] }, start);
    throw new Error("rolled back");
  });
  await expect(failing).rejects.toThrow("rolled back");
  expect(await unread(people.ada)).toBe(0);
});

test("what comes within a minute is one mail, which two servers send once", async () => {
  await tellAll("half");
  await tellAll("most", cordon, new Date(start.getTime() + 30_000));
  expect(await mails(start)).toBe(0);
  const sent = await Promise.all([mails(after(1)), mails(after(1))]);
  expect(sent[0] + sent[1]).toBe(2);
  expect(received.map(({ to }) => to).sort()).toEqual(["ada@works.example", "ben@works.example"]);
  const [mail] = received;
  expect(mail?.message).toMatch(/^Subject: \[Cordon\] 2 notices: Half the time is gone/m);
  expect(mail?.message).toMatch(/^Auto-Submitted: auto-generated/im);
  expect(mail?.message).toContain("https://cordon.example/today/clocks?clock=3Dc1");
  expect(await mails(after(10))).toBe(0);
});

test("killed after sending, it is sent again under the same Message-ID, so that it is shown once", async () => {
  await inScope(fresh.db, scope, (trx) => tell(trx, cordon, telling("half"), { people: [people.ada] }, start));
  const killed: SendMail = async (message) => {
    await send?.(message);
    throw new Error("kill -9");
  };
  await expect(mails(after(1), killed)).rejects.toThrow("kill -9");
  expect(await mails(after(2))).toBe(0);
  expect(await mails(after(7))).toBe(1);
  expect(received).toHaveLength(2);
  expect(messageId(received[0]?.message ?? "")).toMatch(/^<[0-9a-f-]{36}@works\.example>$/);
  expect(messageId(received[1]?.message ?? "")).toBe(messageId(received[0]?.message ?? ""));
});

test("an address that does not exist is given up at once, a silent server is tried again", async () => {
  refuse = true;
  await tellAll("half");
  expect(await mails(after(1))).toBe(1);
  expect(received.map(({ to }) => to)).toEqual(["ada@works.example"]);
  const outcome = () =>
    inScope(fresh.db, scope, (trx) =>
      trx.selectFrom("mail").select(["failedAt", "attempts", "nextTryAt"]).where("userId", "=", people.ben).execute(),
    );
  expect(await outcome()).toMatchObject([{ failedAt: after(1), attempts: 1, nextTryAt: null }]);
  const silent = openMail({ host: "127.0.0.1", port: 1, tls: "none", from: "cordon@works.example" });
  await inScope(fresh.db, scope, (trx) => tell(trx, cordon, telling("most"), { people: [people.ada] }, after(10)));
  expect(await mails(after(11), silent)).toBe(0);
  expect(await mails(after(11.5))).toBe(0);
  expect(await mails(after(12))).toBe(1);
});

test("why mails wait is to be seen where somebody looks, with what to set, until one is sent again", async () => {
  const troubles = (at: Date, userId: string | null = null) =>
    inScope(fresh.db, scope, (trx) => outbox.mailTroubles(trx, scope, at, userId));
  const onToday = (at: Date, mail: boolean) =>
    inScope(fresh.db, scope, async (trx) => (await today(trx, scope, { reports: false, mail }, at)).mail);
  const silent = openMail({ host: "127.0.0.1", port: 1, tls: "none", from: "cordon@works.example" });
  await tellAll("half");
  expect(await onToday(after(1), true)).toBeNull();
  expect(await mails(after(1), silent)).toBe(0);
  const [trouble] = await troubles(after(2));
  expect(trouble).toMatchObject({
    refused: false,
    since: after(1).toISOString(),
    reason: expect.stringMatching(/^The mail server does not answer \(.*ECONNREFUSED.*\): look at mail.host$/),
  });
  const attempts = await inScope(fresh.db, scope, (trx) => trx.selectFrom("mail").select("attempts").execute());
  expect(attempts.map((one) => one.attempts).sort()).toEqual([0, 1]);
  expect(await onToday(after(2), true)).toMatchObject({ waiting: 2, reason: trouble?.reason, refused: [] });
  expect(await onToday(after(2), false)).toBeNull();
  expect(await mails(after(3))).toBe(2);
  expect([await troubles(after(3)), await onToday(after(3), true)]).toEqual([[], null]);
  refuse = true;
  await tellAll("most", cordon, after(10));
  expect(await mails(after(11))).toBe(1);
  expect(await troubles(after(12), people.ada)).toEqual([]);
  expect(await troubles(after(12), people.ben)).toMatchObject([
    { refused: true, reason: expect.stringContaining("550") },
  ]);
  expect((await onToday(after(12), true))?.refused).toMatchObject([{ name: "ben" }]);
  refuse = false;
  await tellAll("last-day", cordon, after(20));
  await mails(after(21));
  expect(await troubles(after(22))).toEqual([]);
});

test("what was read in the app, switched off, or waits for the day's mail is not mailed now", async () => {
  const choose = (userId: string, clock: "off" | "daily") =>
    inScope(fresh.db, scope, (trx) =>
      writePreferences(trx, scope, userId, {
        ...DEFAULT_PREFERENCES,
        cadence: { ...DEFAULT_PREFERENCES.cadence, clock },
      }),
    );
  await choose(people.ben, "daily");
  await tellAll("half");
  await inScope(fresh.db, scope, (trx) => markRead(trx, scope, people.ada, null, start));
  expect(await mails(after(1))).toBe(0);
  await tellAll("most");
  await choose(people.ada, "off");
  await tellAll("overdue");
  expect(await mails(after(60))).toBe(1);
  expect(await mails(new Date("2026-11-25T08:00:00Z"))).toBe(1);
  expect(received.map(({ to }) => to)).toEqual(["ada@works.example", "ben@works.example"]);
  expect(received[1]?.message).toContain("3 notices");
});

test("without a mail server nothing piles up for later", async () => {
  await tellAll("half");
  expect(await mails(after(1), null)).toBe(0);
  expect(await inScope(fresh.db, scope, (trx) => outbox.bundleMails(trx, scope, after(2)))).toBe(0);
  expect(await unread(people.ada)).toBe(1);
});

test("clocks reach their owner, and administrators once little time is left", async () => {
  const evidence = { text: "decided" };
  await inScope(fresh.db, scope, (trx) =>
    startClocks(trx, cordon, {
      event: "vulnerability-report-received",
      subject: { type: "case", id: "1", label: "Report 1" },
      learnedAt: start,
      evidence,
      owner: { id: people.cy, name: "Cy" },
      now: start,
    }),
  );
  const look = (day: string) => escalateClocks(fresh.db, new Date(day), new AbortController().signal);
  expect(await look("2026-11-24T10:00:00Z")).toBe(2);
  expect(await look("2026-11-24T10:00:00Z")).toBe(0);
  expect([await unread(people.ada), await unread(people.ben), await unread(people.cy)]).toEqual([0, 0, 2]);
  await look("2026-12-02T00:00:00Z");
  expect([await unread(people.ada), await unread(people.ben), await unread(people.cy)]).toEqual([0, 1, 3]);
  const [first] = await inScope(fresh.db, scope, (trx) =>
    pageOfNotices(trx, scope, people.ben, { below: null, unread: true, limit: 1 }),
  );
  expect(first?.title).toBe("Overdue: Acknowledge the report, by 1 Dec 2026");
});

test("clocks of somebody who has left reach those whose role it is, at once", async () => {
  await inScope(fresh.db, scope, (trx) =>
    startClocks(trx, cordon, {
      event: "vulnerability-report-received",
      subject: { type: "case", id: "2", label: "Report 2" },
      learnedAt: start,
      evidence: { text: "decided" },
      owner: { id: people.cy, name: "Cy" },
      now: start,
    }),
  );
  await inScope(fresh.db, scope, (trx) =>
    trx.updateTable("member").set({ state: "deactivated" }).where("userId", "=", people.cy).execute(),
  );
  await escalateClocks(fresh.db, start, new AbortController().signal);
  expect([await unread(people.ada), await unread(people.ben), await unread(people.cy)]).toEqual([2, 0, 0]);
});

test("what waits for a webhook that works does not wait for one that does not answer", async () => {
  const seal = { close: (secret: string) => secret, open: (sealed: string) => sealed };
  const { port } = hook.address() as AddressInfo;
  const add = (name: string, url: string) =>
    inScope(fresh.db, scope, (trx) =>
      insertWebhook(trx, scope, {
        ...{ id: newId(), name, url, kinds: [], enabled: true, sealedSecret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
        ...{ createdBy: "Ada", createdAt: start },
      }),
    );
  await add("Dead", "http://127.0.0.1:1/hook");
  await add("Alive", `http://127.0.0.1:${port}/hook`);
  for (const change of ["half", "most", "last-day"]) await tellAll(change);
  let asked = 0;
  const post = publicPost(["127.0.0.1:1", `127.0.0.1:${port}`]);
  const tools = {
    db: fresh.db,
    seal,
    signal: new AbortController().signal,
    post: (...[url, headers, body]: Parameters<typeof post>) => {
      if (url.includes(":1/")) asked += 1;
      return post(url, headers, body);
    },
  };
  expect(await callWebhooks(tools, () => start)).toBe(3);
  expect([called.length, asked]).toEqual([3, 1]);
  expect(await callWebhooks(tools, () => start)).toBe(0);
  expect(asked).toBe(2);
});

test("a webhook gets each change once, signed; an outage is bridged, a receiver that is gone is left alone", async () => {
  const seal = { close: (secret: string) => secret, open: (sealed: string) => sealed };
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const { port } = hook.address() as AddressInfo;
  const made = {
    id: newId(),
    name: "Chat",
    url: `http://127.0.0.1:${port}/hook`,
    kinds: ["clock" as const],
    enabled: true,
  };
  await inScope(fresh.db, scope, (trx) =>
    insertWebhook(trx, scope, { ...made, sealedSecret: secret, createdBy: "Ada", createdAt: start }),
  );
  const call = (at: Date, hosts = [`127.0.0.1:${port}`]) =>
    callWebhooks({ db: fresh.db, post: publicPost(hosts), seal, signal: new AbortController().signal }, () => at);
  await tellAll("half");
  await tellAll("half");
  answer = 503;
  expect(await call(start)).toBe(0);
  expect(await call(start)).toBe(0);
  answer = 200;
  expect(await Promise.all([call(after(1)), call(after(1))])).toContain(1);
  expect(called).toHaveLength(2);
  expect(called[1]?.headers["webhook-id"]).toBe(called[0]?.headers["webhook-id"]);
  for (const { headers, body } of called)
    expect(() => checkDelivery(secret, headers as object, body, start)).not.toThrow();
  expect(JSON.parse(called[1]?.body ?? "")).toMatchObject({
    type: "clock",
    organizationId: scope.organizationId,
    data: {
      title: "Half the time is gone (half)",
      path: "/today/clocks?clock=c1",
      subject: { type: "clock", id: "c1" },
    },
  });
  answer = 410;
  await tellAll("most");
  await call(after(2));
  expect(await call(after(60))).toBe(0);
  expect(called).toHaveLength(3);
  await tellAll("last-day");
  await call(after(3), []);
  expect(called).toHaveLength(3);
  const deliveries = await inScope(fresh.db, scope, (trx) =>
    trx.selectFrom("webhookDelivery").select(["status", "reason", "failedAt"]).orderBy("id").execute(),
  );
  expect(deliveries).toMatchObject([
    { status: 200, failedAt: null },
    { status: 410, failedAt: after(2) },
    { status: null, reason: "Only https addresses are called", failedAt: after(3) },
  ]);
});
