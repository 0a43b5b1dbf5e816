import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { join as joinMember } from "../../src/features/people/members/store.ts";
import { tellProofsEnding } from "../../src/flows/proofs-ending.ts";
import { newId } from "../../src/lib/ids.ts";
import { inScope } from "../../src/platform/db.ts";
import { JUNIT, NMAP, PENTEST, SARIF } from "../support/evidence-samples.ts";
import { newDevice, type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
beforeAll(async () => {
  server = await programServer();
}, 120_000);
afterAll(() => server.close());

const put = (kind: string, item: object) => ({ do: "put", kind, item, was: null });
const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

/** A pump with two controls, of which one must be shown every 30 days, and a test of the other. */
async function pump() {
  const { ask } = server;
  const { deviceId, releaseId } = await newDevice(server);
  const made = await ask("POST", `/releases/${releaseId}/security-file/changes`, {
    changes: [
      put("controls", { id: "signed-updates", name: "Signed updates", state: "implemented", freshnessDays: 30 }),
      put("controls", { id: "lock-out", name: "Lock-out", state: "implemented" }),
      put("controls", { id: "later", name: "Later", state: "planned" }),
      put("tests", { id: "login-tests", name: "Log-in tests", method: "requirement", verifies: ["lock-out"] }),
    ],
  });
  if (made.status !== 200) throw new Error(JSON.stringify(made.body));
  const at = `/releases/${releaseId}`;
  const give = (text: string, query = "", fileName = "file") =>
    server.upload(releaseId, text, { "x-file-name": fileName }, server.scope, `evidence?${query}`);
  return { ask, deviceId, releaseId, at, give };
}
const findings = async (at: string, query = "") => (await server.ask("GET", `${at}/test-findings?${query}`)).body.items;
const decide = (rows: { id: string; revision: number }[], disposition: object | null) =>
  server.ask("POST", "/test-findings/dispositions", {
    findings: rows.map(({ id, revision }) => ({ id, revision })),
    disposition,
  });
const coverage = async (at: string, query = "") => (await server.ask("GET", `${at}/evidence/coverage?${query}`)).body;

describe("evidence", () => {
  test("TE-5: is kept with tool, settings, hash, both times and who gave it, and comes back as it was", async () => {
    const { at, give } = await pump();
    const { status, body } = await give(SARIF, "control=signed-updates&note=nightly", "code ql.sarif");
    expect(status).toBe(201);
    expect(body).toMatchObject({
      unchanged: false,
      newFindings: 2,
      evidence: {
        fileName: "code ql.sarif",
        summary: { kind: "sarif", tool: { name: "CodeQL", version: "2.19.3" } },
        provesFrom: "2026-10-05",
        provesUntil: null,
        origin: "person",
        by: "Ada",
        note: "nightly",
        proves: [{ kind: "control", id: "signed-updates", name: "Signed updates", known: true }],
        findings: 2,
        openFindings: 2,
      },
    });
    const file = await server.ask("GET", `/evidence/${body.evidence.id}/file`);
    expect(file.body).toEqual(SARIF);
    expect((await server.ask("GET", `${at}/evidence`)).body.items).toHaveLength(1);
    const { items } = (await server.ask("GET", `/ledger/entries?subjectId=${body.evidence.id}`)).body;
    expect(items[0]).toMatchObject({ action: "evidence.added", subject: { name: "code ql.sarif" } });
  });

  test("the same bytes stand once; they can be said to prove more", async () => {
    const { at, give } = await pump();
    await give(NMAP, "control=lock-out");
    const again = await give(NMAP, "control=lock-out&control=signed-updates");
    expect([again.status, again.body.unchanged, again.body.evidence.proves.length]).toEqual([200, true, 2]);
    expect((await server.ask("GET", `${at}/evidence`)).body.items).toHaveLength(1);
  });

  test.each([
    ["a ZIP posing as SARIF", "PK\u0003\u0004", "", 400, /ZIP archive, whatever its name says/],
    ["of another kind than said", JUNIT, "kind=sarif", 400, /not Code analysis \(SARIF\)/],
    [
      "a period that runs backwards",
      JUNIT,
      "from=2026-05-01&until=2026-04-01",
      400,
      /the last day is before the first/,
    ],
    ["days that are not there yet", JUNIT, "from=2999-01-01", 400, /in the future/],
    ["a kind nobody knows", JUNIT, "kind=word", 400, /cannot be/],
    ["an SVG with script", "<svg><script/></svg>", "kind=document", 400, /web page or an SVG/],
  ])("%s is refused, and nothing of it is kept", async (_, text, query, status, reason) => {
    const { at, give, releaseId } = await pump();
    const refused = await give(text, query);
    expect([refused.status, refused.body.detail]).toEqual([status, expect.stringMatching(reason)]);
    expect((await server.ask("GET", `${at}/evidence?withdrawn=true`)).body.items).toEqual([]);
    expect(releaseId).not.toBe("");
    expect(readdirSync(join(server.folder, "blobs", "incoming"))).toEqual([]);
  });

  test("withdrawn evidence stays with its reason, proves nothing, and its bytes can be given again", async () => {
    const { at, give } = await pump();
    const { body } = await give(NMAP, `control=signed-updates&from=${day(5)}`);
    const because = "Wrong device on the bench";
    const { body: withdrawn } = await server.ask("POST", `/evidence/${body.evidence.id}/withdrawal`, { because });
    expect(withdrawn.withdrawn).toMatchObject({ because, by: "Ada" });
    expect((await server.ask("POST", `/evidence/${body.evidence.id}/withdrawal`, { because })).status).toBe(409);
    expect((await server.ask("GET", `${at}/evidence`)).body.items).toEqual([]);
    expect((await server.ask("GET", `${at}/evidence?withdrawn=true`)).body.items).toHaveLength(1);
    expect((await give(NMAP)).status).toBe(201);
  });

  test("a proof is taken back, and can be given again", async () => {
    const { give } = await pump();
    const { body } = await give(NMAP, "control=lock-out");
    const [proof] = body.evidence.proves;
    expect((await server.ask("POST", `/evidence-proofs/${proof.proofId}/removal`)).body.proves).toEqual([]);
    const proves = [{ kind: "test", id: "login-tests" }];
    const { body: linked } = await server.ask("POST", `/evidence/${body.evidence.id}/proofs`, { proves });
    expect(linked.proves).toMatchObject([{ kind: "test", id: "login-tests", name: "Log-in tests" }]);
  });
});

describe("TE-6: every finding of a test has a disposition", () => {
  test("open ones block what the evidence proves, until each is decided", async () => {
    const { at, give } = await pump();
    await give(PENTEST, `control=signed-updates&from=${day(10)}`);
    expect((await coverage(at)).targets).toMatchObject([
      { id: "lock-out", today: "never-proven" },
      { id: "signed-updates", today: "open-findings" },
    ]);
    const open = await findings(at, "state=open");
    expect(open.map(({ rule, severity }: { rule: string; severity: string }) => `${rule} ${severity}`)).toEqual([
      "F-1 high",
      "F-2 medium",
    ]);
    const deferred = {
      state: "deferred",
      because: "Needs new hardware",
      release: "3.0",
      on: "2027-03-01",
      interim: "Port is sealed",
    };
    expect((await decide([open[0]], deferred)).body.items).toMatchObject([
      { state: "deferred", decidedBy: "Ada", disposition: deferred },
    ]);
    expect((await coverage(at)).targets[1].today).toBe("open-findings");
    expect((await decide([open[1]], { state: "accepted", because: "Behind the gateway" })).status).toBe(200);
    const { targets, expiring, total } = await coverage(at, `from=${day(30)}`);
    expect(targets[1]).toMatchObject({ today: "proven", provenDays: 11, provenUntil: day(-19) });
    expect(expiring).toMatchObject([
      { target: { id: "lock-out" }, daysLeft: null },
      { target: { id: "signed-updates" }, daysLeft: 19 },
    ]);
    expect(total).toMatchObject({ calendarDays: 31, days: 62, provenDays: 11, fullDays: 0 });
  });

  test("deferred without the release that fixes it, or fixed without anything that shows it: refused", async () => {
    const { at, give } = await pump();
    await give(SARIF);
    const [first] = await findings(at);
    expect((await decide([first], { state: "deferred", because: "later", on: "2027-01-01" })).status).toBe(400);
    expect((await decide([first], { state: "fixed" })).body.detail).toMatch(/What shows that it is fixed/);
    expect((await decide([first], { state: "accepted", because: " " })).status).toBe(400);
    expect((await decide([{ ...first, revision: 7 }], { state: "accepted", because: "x" })).status).toBe(409);
    expect((await findings(at, "state=open")).length).toBe(2);
  });

  test("found again it is the same finding; gone from newer evidence it says so; back after “fixed” it is open again", async () => {
    const { at, give } = await pump();
    await give(SARIF);
    const moved = SARIF.replace('"startLine":214', '"startLine":240');
    expect((await give(moved)).body).toMatchObject({ newFindings: 0, evidence: { findings: 2 } });
    const without = JSON.parse(SARIF);
    without.runs[0].results = without.runs[0].results.slice(1);
    const newer = (await give(JSON.stringify(without))).body.evidence;
    const [strcpy, password] = await findings(at);
    expect([strcpy.goneIn, password.goneIn]).toEqual([newer.id, null]);
    expect((await decide([strcpy], { state: "fixed", evidenceId: newer.id })).body.items[0].state).toBe("fixed");
    const back = JSON.parse(SARIF);
    back.runs[0].invocations[0].endTimeUtc = new Date(Date.now() + 3_600_000).toISOString();
    expect((await give(JSON.stringify(back))).body).toMatchObject({ newFindings: 0, reopened: 1 });
    expect((await findings(at, "state=open")).map(({ rule }: { rule: string }) => rule)).toContain(
      "cpp/unbounded-write",
    );
  });

  test("a deferral whose day has passed is overdue; open again is a disposition taken back", async () => {
    const { at, give } = await pump();
    await give(JUNIT, "test=login-tests");
    const rows = await findings(at);
    const { body } = await decide(rows, { state: "deferred", because: "x", release: "2", on: day(1) });
    expect(body.items.map(({ overdue }: { overdue: boolean }) => overdue)).toEqual([true, true]);
    const { body: open } = await decide(body.items, null);
    expect(open.items[0]).toMatchObject({ state: "open", disposition: null, overdue: false });
  });

  test("evidence of a test proves the controls the test verifies", async () => {
    const { at, give } = await pump();
    await give(NMAP, `test=login-tests&from=${day(3)}`);
    const [finding] = await findings(at);
    await decide([finding], { state: "not-applicable", because: "TLS 1.2 only" });
    const { targets } = await coverage(at);
    expect(targets.map(({ id, today }: { id: string; today: string }) => `${id} ${today}`)).toEqual([
      "lock-out proven",
      "signed-updates never-proven",
      "login-tests proven",
    ]);
  });
});

test("as it was known on a day: evidence that came in later is left out", async () => {
  const { at, give } = await pump();
  await give(PENTEST.split("\n").slice(0, 9).join("\n"), `control=lock-out&from=${day(100)}&until=${day(90)}`);
  expect((await coverage(at)).total.provenDays).toBe(11);
  expect((await coverage(at, `asOf=${day(50)}`)).total.provenDays).toBe(0);
});

test("TR-1, TE-6: a file is judged with its evidence: results of its tests, findings and what was decided of them", async () => {
  const { at, give } = await pump();
  await give(SARIF, "control=signed-updates");
  await give(JUNIT, "test=login-tests");
  const judged = async () => (await server.ask("GET", `${at}/security-file/judged`)).body.file;
  const stored = async () => (await server.ask("GET", `${at}/security-file`)).body.file;
  const before = await judged();
  expect(before.evidence.map((one: { proves: string[] }) => one.proves)).toEqual(
    expect.arrayContaining([["signed-updates"], ["login-tests"]]),
  );
  expect(before.tests[0].results).toMatchObject([{ outcome: "failed", release: "1.0" }]);
  expect(before.tests[0].findings[0]).toMatchObject({ disposition: null });
  const open = (await findings(at)).filter((one: { kind: string }) => one.kind === "junit");
  await decide(open, { state: "deferred", because: "next", release: "1.1", on: "2027-01-31" });
  expect((await judged()).tests[0].findings[0].disposition).toMatchObject({ state: "deferred", release: "1.1" });
  expect(await stored()).toMatchObject({ evidence: [], tests: [{ results: [], findings: [] }] });
});

test("a large report that is read whole is read on a thread of its own, and a bad one is refused from there", async () => {
  const { give } = await pump();
  const padded = JSON.parse(SARIF);
  padded.runs[0].properties = { pad: "x".repeat(5 * 1024 * 1024) };
  expect((await give(JSON.stringify(padded))).body).toMatchObject({ newFindings: 2 });
  const refused = await give(`${JSON.stringify(padded)}}`, "", "big.sarif");
  expect([refused.status, refused.body.at]).toEqual([400, expect.stringMatching(/^big\.sarif:1:/)]);
});

describe("work before it happens", () => {
  test("what runs out within a month, and what nobody decided on, stands on the page of today", async () => {
    const { at, give, releaseId } = await pump();
    await give(PENTEST.split("\n").slice(0, 9).join("\n"), `control=signed-updates&from=${day(20)}`);
    await give(SARIF);
    const { body } = await server.ask("GET", "/today");
    const of = <T extends { release: { id: string } }>(rows: T[]) =>
      rows.find(({ release }) => release.id === releaseId);
    expect(of(body.proofsEnding)).toMatchObject({ ended: 0, ending: 1, next: { name: "Signed updates", on: day(-9) } });
    expect(of(body.testFindings)).toMatchObject({ open: 2, overdue: 0 });
    await decide(await findings(at), { state: "accepted", because: "x" });
    expect(of((await server.ask("GET", "/today")).body.testFindings)).toBeUndefined();
  });

  test("what runs out is told those who may prove it again, once a month before and once when it has run out", async () => {
    const { give, releaseId } = await pump();
    const { db } = server.database;
    const userId = newId();
    const person = {
      userId,
      name: "Eve",
      email: "eve@works.example",
      roles: ["engineer" as const],
      joinedAt: new Date(),
    };
    await inScope(db, server.scope, (trx) => joinMember(trx, server.scope, person));
    await give(PENTEST.split("\n").slice(0, 9).join("\n"), `control=signed-updates&from=${day(10)}`);
    const told = async () => {
      const rows = await inScope(db, server.scope, (trx) =>
        trx.selectFrom("notice").selectAll().where("userId", "=", userId).execute(),
      );
      return rows.filter(({ subjectId }) => subjectId === releaseId).map(({ title }) => title);
    };
    await tellProofsEnding(db, new Date());
    await tellProofsEnding(db, new Date());
    expect(await told()).toEqual([expect.stringMatching(/^1 control or test of Pump 1.0 proven until /)]);
    await tellProofsEnding(db, new Date(Date.now() + 25 * 86_400_000));
    expect(await told()).toContain("1 control or test of Pump 1.0 no longer proven");
  });
});
