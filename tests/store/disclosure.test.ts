import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sendReceipts } from "../../src/flows/mail-receipts.ts";
import { composeFeatures } from "../../src/main/features.ts";
import { readConfig } from "../../src/platform/config/config.ts";
import { readSigningKeys } from "../../src/platform/ledger/keys.ts";
import { createLog, SILENT } from "../../src/platform/log.ts";
import { openMail } from "../../src/platform/mail.ts";
import { openSeal } from "../../src/platform/seal.ts";
import { mailbox } from "./mailbox.ts";
import { Browser, ledgerOf, newHouse, newPerson, type PeopleServer, peopleServer } from "./people-server.ts";

const ROOT = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "cordon-disclosure-"));
const logged: string[] = [];
let server: PeopleServer;
let house: Awaited<ReturnType<typeof newHouse>>;
let smtp: Awaited<ReturnType<typeof mailbox>>;
let close = () => {};

const INTAKE = {
  enabled: true,
  slug: "acme",
  name: "Acme <Medical>",
  contactEmail: "psirt@acme.test",
  policy: "We answer.",
  languages: ["en"],
  pgpKey: null,
};

beforeAll(async () => {
  smtp = await mailbox();
  const lines = new PassThrough();
  lines.on("data", (bytes) => logged.push(String(bytes)));
  server = await peopleServer({
    log: createLog("info", lines),
    async compose(people, { db }) {
      const config = { ...readConfig({ CORDON_DATA: folder }), mail: smtp.settings };
      const about = { publicUrl: "http://localhost", version: "0" };
      const clock = () => new Date(Date.now() + ahead);
      const features = await composeFeatures(db, people, readSigningKeys(folder), config, about, clock);
      close = () => features.close();
      return features;
    },
  });
  house = await newHouse(server, "Acme");
}, 120_000);
afterAll(async () => {
  close();
  await server.close();
  await smtp.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody outside, at an address of their own. */
let outsiders = 0;
const outsider = () => new Browser(server, `198.51.100.${++outsiders}`);

/** How far the clock of the public pages goes ahead, in milliseconds. */
let ahead = 0;
/** The word that says when the form was opened: some seconds ago. */
async function openedAgo(reporter: Browser, slug = "acme"): Promise<string> {
  ahead = -3_050;
  const { body } = await reporter.get(`/report/${slug}`);
  ahead = 0;
  const word = /name="opened" value="([^"]+)"/.exec(body)?.[1] ?? "";
  return word;
}
let waited = "";
const form = (fields: Record<string, string>, files: File[] = []) => {
  const data = new FormData();
  for (const [name, text] of Object.entries({ opened: waited, ...fields })) data.set(name, text);
  for (const file of files) data.append("attachment", file);
  return data;
};
const REPORT = { title: "Telnet <b>open</b>", product: "Pump", reproduce: "nc pump 23", contact: "ana@finder.test" };
const linkIn = (page: string) => /href="[^"]*(\/report\/acme\/case\/[\w-]{43})"/.exec(page)?.[1] ?? "";

test("nothing is there until an administrator opens it", async () => {
  const reporter = outsider();
  for (const path of ["/report", "/report/acme", "/.well-known/security.txt"])
    expect((await reporter.get(path)).status, path).toBe(404);
  const { body } = await house.administrator.get("/api/disclosure/intake");
  expect(body).toMatchObject({ enabled: false, revision: 0, slug: "acme" });
  const opened = await house.administrator.send("PUT", "/api/disclosure/intake", { ...INTAKE, revision: 0 });
  expect(opened.status, JSON.stringify(opened.body)).toBe(200);
  const text = (await reporter.get("/.well-known/security.txt")).body;
  expect(text).toContain(`Contact: ${server.url}/report/acme\n`);
  expect(text).toContain("Contact: mailto:psirt@acme.test\n");
  expect((await house.administrator.send("PUT", "/api/disclosure/intake", { ...INTAKE, revision: 0 })).status).toBe(
    409,
  );
  const other = await newHouse(server, "Other");
  expect((await other.administrator.send("PUT", "/api/disclosure/intake", { ...INTAKE, revision: 0 })).status).toBe(
    409,
  );
});

test("a private key is refused with what to do", async () => {
  const { generateKey } = await import("openpgp");
  const { privateKey, publicKey } = await generateKey({ userIDs: [{ email: "psirt@acme.test" }], format: "armored" });
  const put = (pgpKey: string, revision: number) =>
    house.administrator.send("PUT", "/api/disclosure/intake", { ...INTAKE, pgpKey, revision });
  expect((await put(privateKey, 1)).body.detail).toContain("private key");
  expect((await put("nonsense", 1)).status).toBe(400);
  expect((await put(publicKey, 1)).status).toBe(200);
  const reporter = outsider();
  expect((await reporter.get("/report/acme/key.asc")).body).toContain("BEGIN PGP PUBLIC KEY");
  expect((await reporter.get("/.well-known/security.txt")).body).toContain("Encryption: ");
});

describe("a report without an account", () => {
  let caseUrl = "";
  let caseId = "";

  test("the form has no script, shows names as text, and keeps what was typed when something is missing", async () => {
    const reporter = outsider();
    const page = await reporter.get("/report/acme");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.body).not.toContain("<script");
    expect(page.body).toContain("Acme &lt;Medical&gt;");
    waited = await openedAgo(reporter);
    const refused = await reporter.sendForm("/report/acme", form({ ...REPORT, product: "" }));
    expect(refused.status).toBe(400);
    expect(refused.body).toContain("Telnet &lt;b&gt;open&lt;/b&gt;");
    expect(refused.body).toContain("Name the product");
  });

  test("opens a case with number and link, clocks and ledger; its words are in no log", async () => {
    const reporter = outsider();
    const { browser: handler } = await newPerson(server, house.administrator, "psirt@acme.test", ["product-security"]);
    const sent = await reporter.sendForm(
      "/report/acme",
      form(REPORT, [new File(["\u0000binary<script>"], "../trace.html")]),
    );
    expect(sent.status, sent.body).toBe(201);
    expect(sent.body).toContain("CVD-");
    caseUrl = linkIn(sent.body);
    const { body } = await house.administrator.get("/api/disclosure/cases");
    expect(body.items).toMatchObject([{ via: "form", state: "received", unread: true, title: "Telnet <b>open</b>" }]);
    caseId = body.items[0].id;
    const clocks = (await house.administrator.get("/api/clocks")).body.items;
    expect(clocks.map(({ clock }: { clock: string }) => clock).sort()).toEqual([
      "cert-cc-disclosure.publish",
      "iso-29147.acknowledge",
    ]);
    const { body: day } = await handler.get("/api/today");
    expect(day.reports).toMatchObject({
      count: 1,
      items: [{ id: caseId, clock: { task: expect.stringMatching(/./), late: false } }],
    });
    const told = (await handler.get("/api/notices")).body.items;
    expect(told).toMatchObject([{ kind: "report-received", path: `/threats/reports/${caseId}` }]);
    expect(JSON.stringify(told)).not.toContain("Telnet");
    const engineer = await newPerson(server, house.administrator, "eng0@acme.test", ["engineer"]);
    expect((await engineer.browser.get("/api/today")).body.reports).toEqual({ count: 0, items: [] });
    expect((await engineer.browser.get("/api/notices")).body.items).toEqual([]);
    expect(await ledgerOf(server, house.organizationId)).toContain("report.received");
    expect(logged.join("")).toContain("/report/:slug");
    expect(logged.join("")).not.toMatch(/Telnet|finder|acme/i);
  });

  test("its file comes back byte by byte, as a download that nothing opens, and is sealed in the database", async () => {
    const { body } = await house.administrator.get(`/api/disclosure/cases/${caseId}`);
    const [file] = body.attachments;
    expect(file).toMatchObject({ fileName: "trace.html", sizeBytes: 15 });
    const got = await house.administrator.get(`/api/disclosure/attachments/${file.id}`);
    expect(got.body).toBe("\u0000binary<script>");
    expect(got.headers.get("content-disposition")).toBe('attachment; filename="trace.html"');
    expect(got.headers.get("content-type")).toBe("application/octet-stream");
    const engineer = await newPerson(server, house.administrator, "eng@acme.test", ["engineer"]);
    expect((await engineer.browser.get(`/api/disclosure/attachments/${file.id}`)).status).toBe(403);
  });

  test("the link shows how it stands, takes answers, and shows no note of ours", async () => {
    const reporter = outsider();
    const { body: before } = await house.administrator.get(`/api/disclosure/cases/${caseId}`);
    const change = (body: object) => house.administrator.send("PATCH", `/api/disclosure/cases/${caseId}`, body);
    expect((await change({ revision: before.revision, state: "published" })).status).toBe(400);
    expect((await change({ revision: before.revision, state: "rejected" })).body.detail).toContain("why");
    await house.administrator.post(`/api/disclosure/cases/${caseId}/messages`, { text: "secret note", internal: true });
    const { body: moved } = await change({ revision: before.revision, state: "triage", words: "We look <i>now</i>." });
    expect(moved).toMatchObject({ state: "triage", unread: false });
    const clocks = (await house.administrator.get("/api/clocks?show=all")).body.items;
    expect(clocks.find(({ clock }: { clock: string }) => clock === "iso-29147.acknowledge").state).toBe("stopped");
    const shown = await reporter.get(caseUrl);
    expect(shown.body).toContain("We look &lt;i&gt;now&lt;/i&gt;.");
    expect(shown.body).not.toContain("secret note");
    expect(shown.headers.get("referrer-policy")).toBe("same-origin");
    const answered = await reporter.sendForm(caseUrl, form({ text: "It was version 2." }));
    expect(answered.status).toBe(303);
    expect((await house.administrator.get(`/api/disclosure/cases/${caseId}`)).body).toMatchObject({ unread: true });
    const { body: renewed } = await house.administrator.post(`/api/disclosure/cases/${caseId}/link`);
    expect((await reporter.get(caseUrl)).status).toBe(404);
    expect((await reporter.get(new URL(renewed.link).pathname)).body).toContain("It was version 2.");
  });

  test("a rejection ends its clocks with the reason, and another organisation's device is no place for it", async () => {
    const other = await newHouse(server, "Third");
    const { body: device } = await other.administrator.post("/api/devices", { name: "Theirs" });
    const { body: now } = await house.administrator.get(`/api/disclosure/cases/${caseId}`);
    const change = (body: object) => house.administrator.send("PATCH", `/api/disclosure/cases/${caseId}`, body);
    expect((await change({ revision: now.revision, deviceId: device.id })).status).toBe(404);
    expect((await change({ revision: now.revision, embargoOn: "2027-01-15", credit: "Ana" })).body.embargoOn).toBe(
      "2027-01-15",
    );
    const { body: fresh } = await house.administrator.get(`/api/disclosure/cases/${caseId}`);
    await change({ revision: fresh.revision, state: "rejected", words: "The port is closed since 2.1." });
    const running = (await house.administrator.get("/api/clocks")).body.items;
    expect(running).toEqual([]);
  });
});

describe("who floods", () => {
  test("is told so after five reports an hour from one address, with another way; others are heard", async () => {
    const flooder = outsider();
    const codes = [];
    for (let i = 0; i < 6; i++) codes.push(await flooder.sendForm("/report/acme", form(REPORT)));
    expect(codes.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 429]);
    expect(codes[5]?.body).toContain("psirt@acme.test");
    expect((await outsider().sendForm("/report/acme", form(REPORT))).status).toBe(201);
  });

  test("fills in the field nobody sees, or is faster than a person: refused, and a person is told how to go on", async () => {
    const robot = outsider();
    expect((await robot.sendForm("/report/acme", form({ ...REPORT, website: "x" }))).status).toBe(403);
    const now = /name="opened" value="([^"]+)"/.exec((await robot.get("/report/acme")).body)?.[1] ?? "";
    expect((await robot.sendForm("/report/acme", form({ ...REPORT, opened: now }))).status).toBe(403);
    expect((await robot.sendForm("/report/acme", form({ ...REPORT, opened: "" }))).status).toBe(403);
  });

  test("sends too much: refused before it is read", async () => {
    const heavy = new File([new Uint8Array(13 * 1024 * 1024)], "big.bin");
    const { status } = await outsider().sendForm("/report/acme", form(REPORT, [heavy]));
    expect(status).toBe(413);
  });
});

test("a mailed report opens one case however often it is sent; its key can do nothing else", async () => {
  const made = await house.administrator.post("/api/keys", { name: "mail", scopes: ["report:open"] });
  const key = made.body.secret;
  const mail = (subject: string, id: string) =>
    ["From: Ben <ben@finder.test>", `Subject: ${subject}`, `Message-ID: <${id}@finder.test>`, "", "Seen on 2.4."].join(
      "\r\n",
    );
  const run = (input: string, token = key) =>
    new Promise<{ code: number | null; out: string }>((done) => {
      const child = spawn(process.execPath, [join(ROOT, "src/main/cli.ts"), "disclosure", "mail"], {
        env: { ...process.env, CORDON_URL: server.url, CORDON_API_KEY: token },
        stdio: ["pipe", "pipe", "pipe"],
      });
      let out = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (out += String(bytes)));
      child.once("close", (code) => done({ code, out }));
      child.stdin.end(input);
    });
  const first = await run(mail("Default password", "1"));
  expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/^CVD-\d{4}-\d{4}\n$/) });
  expect((await run(mail("Default password", "1"))).out).toContain("known already");
  await run(mail(`Re: ${first.out.trim()} more`, "2"));
  const { items } = (await house.administrator.get("/api/disclosure/cases")).body;
  const [opened] = items.filter(({ via }: { via: string }) => via === "mail");
  const { body } = await house.administrator.get(`/api/disclosure/cases/${opened.id}`);
  expect(body.messages).toMatchObject([{ side: "reporter", text: "Seen on 2.4." }]);
  expect((await run(mail("x", "3"), `cordon_${"A".repeat(43)}`)).code).toBe(2);
  const asKey = await fetch(`${server.url}/api/disclosure/cases`, { headers: { authorization: `Bearer ${key}` } });
  expect(asKey.status).toBe(403);
}, 60_000);

describe("the receipt of a mailed report", () => {
  const hand = async (fields: Record<string, string>) => {
    const mailed = { ...REPORT, via: "mail", answerable: "yes", ...fields };
    const { body } = await house.administrator.sendForm("/api/disclosure/reports", form(mailed));
    return async () => (await house.administrator.get(`/api/disclosure/cases/${body.id}`)).body;
  };
  const office = () => ({
    send: openMail(smtp.settings),
    seal: openSeal(readConfig({ CORDON_DATA: folder })),
    baseUrl: server.url,
  });
  const deliver = (at = new Date()) =>
    sendReceipts({ db: server.database.db, log: SILENT, signal: new AbortController().signal }, office(), () => at);

  test("waits for a person while the intake does not say so, and says why", async () => {
    const look = await hand({ contact: "cy@finder.test" });
    expect((await look()).receipt).toMatchObject({ state: "by-hand", reason: expect.stringContaining("switched off") });
    const { id } = await look();
    await house.administrator.post(`/api/disclosure/cases/${id}/link`);
    expect((await look()).receipt).toMatchObject({ state: "handed" });
    const { body: intake } = await house.administrator.get("/api/disclosure/intake");
    const settings = { ...INTAKE, mailReceipts: true, revision: intake.revision };
    expect((await house.administrator.send("PUT", "/api/disclosure/intake", settings)).body.mailReceipts).toBe(true);
  });

  test("goes out once, as an automatic answer without a sender to bounce to, with a link that works", async () => {
    const look = await hand({ contact: "dora@finder.test", sourceId: "<7@finder.test>", title: "Secret <title>" });
    expect((await look()).receipt.state).toBe("waiting");
    smtp.refuse = 451;
    expect(await deliver()).toBe(0);
    expect((await look()).receipt).toMatchObject({ state: "waiting", reason: expect.stringMatching(/./) });
    smtp.refuse = 0;
    expect(await deliver(new Date(Date.now() + 3_600_000))).toBe(1);
    expect(await deliver(new Date(Date.now() + 7_200_000))).toBe(0);
    const { number, receipt } = await look();
    expect(receipt.state).toBe("sent");
    const [mail] = smtp.received;
    expect(mail?.envelope).toEqual({ from: "", to: ["dora@finder.test"] });
    expect(mail?.parsed.headers.get("auto-submitted")).toBe("auto-replied");
    expect(mail?.parsed.inReplyTo).toBe("<7@finder.test>");
    expect(mail?.parsed.replyTo?.text).toBe("psirt@acme.test");
    expect(mail?.parsed.subject).toContain(number);
    expect(mail?.parsed.text).not.toContain("Secret");
    const link = /\/report\/acme\/case\/[\w-]{43}/.exec(mail?.parsed.text ?? "")?.[0] ?? "";
    expect((await outsider().get(link)).body).toContain(number);
    expect(await ledgerOf(server, house.organizationId)).toContain("report.receipt-mailed");
  });

  test("goes to nobody who is a program, and to no address more than three times an hour", async () => {
    const list = await hand({ contact: "eve@finder.test", answerable: "no" });
    expect((await list()).receipt).toMatchObject({ state: "by-hand", reason: expect.stringContaining("list") });
    const states = [];
    for (let i = 0; i < 4; i++) states.push((await (await hand({ contact: "fay@finder.test" }))()).receipt.state);
    expect(states).toEqual(["waiting", "waiting", "waiting", "by-hand"]);
  });
});
