import { afterAll, beforeAll, expect, test } from "vitest";
import {
  assignClock,
  clocks,
  clocksOf,
  heardOf,
  startClocks,
  stopClock,
  voidClock,
} from "../../src/features/work/work.ts";
import { inScope, type Scope } from "../../src/platform/db.ts";
import { type FreshDatabase, freshDatabase, newOrganization } from "./postgres.ts";

let fresh: FreshDatabase;
let ours: Scope;
beforeAll(async () => {
  fresh = await freshDatabase();
  ours = await newOrganization(fresh.pool);
});
afterAll(() => fresh.close());

const subject = (id: string) => ({ type: "finding", id, label: `CVE-2026-1 in pump ${id}` });
const evidence = { text: "Seen in the catalogue", url: "https://www.cisa.gov/kev" };
const learnedAt = new Date("2026-11-01T15:00:00Z");
const now = new Date("2026-11-02T09:00:00Z");
const start = (
  scope: Scope,
  id: string,
  event: Parameters<typeof startClocks>[2]["event"] = "uncontrolled-risk-decided",
) =>
  inScope(fresh.db, scope, (trx) => startClocks(trx, scope, { event, subject: subject(id), learnedAt, evidence, now }));
const of = (scope: Scope, id: string, at = now) =>
  inScope(fresh.db, scope, (trx) => clocksOf(trx, scope, subject(id), at));
const actions = (scope: Scope) =>
  inScope(fresh.db, scope, (trx) => trx.selectFrom("ledgerEntry").select("action").orderBy("sequence").execute());

test("an event starts its clocks once, however often and from however many places it is told", async () => {
  const started = (await Promise.all([start(ours, "1"), start(ours, "1"), start(ours, "1")])).flat();
  expect(started.map(({ clock, dueOn }) => [clock, dueOn]).sort()).toEqual([
    ["us-fda-postmarket.communicate", "2026-12-01"],
    ["us-fda-postmarket.remediate", "2026-12-31"],
  ]);
  expect(await start(ours, "1")).toEqual([]);
  expect((await actions(ours)).filter(({ action }) => action === "clock.started")).toHaveLength(2);
  expect(started[0]).toMatchObject({ state: "running", startedBy: "Ada", startEvidence: evidence, timeZone: "UTC" });
});

test("another organisation sees none of it, and has its own", async () => {
  const theirs = await newOrganization(fresh.pool, "Theirs");
  expect(await of(theirs, "1")).toEqual([]);
  const [clock] = await of(ours, "1");
  await expect(
    inScope(fresh.db, theirs, (trx) => stopClock(trx, theirs, { id: clock?.id ?? "", stoppedAt: now, evidence, now })),
  ).rejects.toMatchObject({ code: "not_found" });
  expect(await start(theirs, "1")).toHaveLength(2);
});

test("it stops with evidence, once; what was done after its time stays late", async () => {
  await start(ours, "2");
  const [second, first] = await of(ours, "2");
  const stop = (id: string, stoppedAt: string) =>
    inScope(fresh.db, ours, (trx) =>
      stopClock(trx, ours, {
        id,
        stoppedAt: new Date(stoppedAt),
        evidence: { text: "Letter sent" },
        now: new Date("2027-02-01T00:00:00Z"),
      }),
    );
  expect(await stop(first?.id ?? "", "2026-12-01T23:59:00Z")).toMatchObject({ state: "stopped" });
  expect(await stop(second?.id ?? "", "2027-01-01T00:00:00Z")).toMatchObject({
    state: "stopped-late",
    stop: { by: "Ada", evidence: { text: "Letter sent" } },
  });
  await expect(stop(first?.id ?? "", "2026-12-01T23:59:00Z")).rejects.toMatchObject({ code: "conflict" });
  await start(ours, "3");
  const [open] = await of(ours, "3");
  await expect(stop(open?.id ?? "", "2026-10-31T00:00:00Z")).rejects.toMatchObject({ at: "stoppedAt" });
  expect(await of(ours, "3", new Date("2027-01-01T00:00:00Z"))).toMatchObject([{ state: "late" }, { state: "late" }]);
});

test("one started by mistake is voided with its reason, never deleted, and can start again", async () => {
  const [clock] = await start(ours, "4");
  await inScope(fresh.db, ours, (trx) =>
    voidClock(trx, ours, { id: clock?.id ?? "", revision: 1, reason: "Not our device" }, now),
  );
  expect((await of(ours, "4")).filter(({ state }) => state === "voided")).toMatchObject([
    { voided: { by: "Ada", reason: "Not our device" } },
  ]);
  expect(await start(ours, "4")).toHaveLength(1);
  expect(await of(ours, "4")).toHaveLength(3);
  await expect(
    inScope(fresh.db, ours, (trx) => trx.deleteFrom("clock").where("subjectId", "=", "4").execute()),
  ).rejects.toThrow(/permission denied/);
});

test("the end of one clock starts the one that counts from there", async () => {
  const started = await start(ours, "5", "severe-security-incident-learned");
  const notification = started.find(({ clock }) => clock === "eu-cra.incident-notification");
  await inScope(fresh.db, ours, (trx) =>
    stopClock(trx, ours, { id: notification?.id ?? "", stoppedAt: new Date("2026-11-02T08:00:00Z"), evidence, now }),
  );
  expect((await of(ours, "5")).find(({ clock }) => clock === "eu-cra.incident-final")).toMatchObject({
    dueOn: "2026-12-02",
    event: "after eu-cra.incident-notification",
  });
});

test("one stopped by mistake runs again from where it began; what began with its end is void, and the record keeps the stop", async () => {
  const started = await start(ours, "10", "severe-security-incident-learned");
  const notification = started.find(({ clock }) => clock === "eu-cra.incident-notification");
  const id = notification?.id ?? "";
  const stopped = await inScope(fresh.db, ours, (trx) =>
    stopClock(trx, ours, { id, stoppedAt: new Date("2026-11-02T08:00:00Z"), evidence, now }),
  );
  const later = new Date("2026-11-03T00:00:00Z");
  const undo = (revision: number) =>
    inScope(fresh.db, ours, (trx) => voidClock(trx, ours, { id, revision, reason: "Another incident" }, later));
  await expect(undo(stopped.revision - 1)).rejects.toMatchObject({ code: "conflict", at: "revision" });
  expect(await undo(stopped.revision)).toMatchObject({ state: "voided", stop: { by: "Ada" } });
  const all = await of(ours, "10", later);
  const { dueAt, startedAt, edition, startedBy, startEvidence } = notification ?? {};
  const same = { dueAt, startedAt, edition, startedBy, startEvidence };
  expect(
    all.filter(({ clock, state }) => clock === "eu-cra.incident-notification" && state === "running"),
  ).toMatchObject([{ ...same, stop: null, voided: null, revision: 1 }]);
  expect(all.find(({ clock }) => clock === "eu-cra.incident-final")).toMatchObject({ state: "voided" });
  await expect(undo(stopped.revision + 1)).rejects.toMatchObject({ code: "conflict", at: "id" });
  const again = all.find(({ clock, state }) => clock === "eu-cra.incident-notification" && state === "running");
  await inScope(fresh.db, ours, (trx) =>
    stopClock(trx, ours, { id: again?.id ?? "", stoppedAt: later, evidence, now: later }),
  );
  expect(
    (await of(ours, "10", later)).filter(
      ({ clock, state }) => clock === "eu-cra.incident-final" && state === "running",
    ),
  ).toMatchObject([{ dueOn: "2026-12-03" }]);
});

test("the organisation's time zone and what it switched off count", async () => {
  const scope = await newOrganization(fresh.pool, "Elsewhere");
  const written = await inScope(fresh.db, scope, (trx) =>
    clocks.writeSettings(trx, scope, 0, { timeZone: "Pacific/Auckland", offInstruments: ["cert-cc-disclosure"] }),
  );
  expect(written).toBe(true);
  const started = await start(scope, "6", "vulnerability-report-received");
  expect(started).toMatchObject([
    { clock: "iso-29147.acknowledge", dueOn: "2026-11-09", timeZone: "Pacific/Auckland" },
  ]);
  const again = { timeZone: "UTC", offInstruments: [] };
  expect(await inScope(fresh.db, scope, (trx) => clocks.writeSettings(trx, scope, 7, again))).toBe(false);
  expect(await inScope(fresh.db, scope, (trx) => clocks.writeSettings(trx, scope, 1, again))).toBe(true);
});

test("nothing starts in the future", async () => {
  const later = new Date("2026-11-03T00:00:00Z");
  await expect(
    inScope(fresh.db, ours, (trx) =>
      startClocks(trx, ours, { event: "breach-discovered", subject: subject("7"), learnedAt: later, evidence, now }),
    ),
  ).rejects.toMatchObject({ code: "bad_input", at: "learnedAt" });
});

test("two servers that look at the same moment tell of each stage once", async () => {
  const scope = await newOrganization(fresh.pool, "Two servers");
  await start(scope, "8");
  const look = (at: string) =>
    inScope(fresh.db, scope, async (trx) => {
      const told = [];
      for (const clock of await clocks.takeDueClocks(trx, scope, new Date(at), 100))
        told.push(await heardOf(trx, scope, clock, new Date(at)));
      return told.flatMap((one) => (one === null ? [] : [`${one.clock.clock.split(".")[1]} ${one.stage}`]));
    });
  const both = async (at: string) => (await Promise.all([look(at), look(at)])).flat().sort();
  expect(await both("2026-11-02T09:01:00Z")).toEqual(["communicate started", "remediate started"]);
  expect(await both("2026-11-02T09:02:00Z")).toEqual([]);
  expect(await both("2026-11-17T00:00:00Z")).toEqual(["communicate half"]);
  expect(await both("2027-01-02T00:00:00Z")).toEqual(["communicate overdue", "remediate overdue"]);
  expect(await both("2028-01-01T00:00:00Z")).toEqual([]);
});

test("whoever had a clock open when it told of itself may stop it, but not when somebody changed it", async () => {
  const scope = await newOrganization(fresh.pool, "Open meanwhile");
  const [one, other] = await start(scope, "9");
  const later = new Date("2026-11-02T09:01:00Z");
  const heard = await inScope(fresh.db, scope, async (trx) => {
    const told = [];
    for (const clock of await clocks.takeDueClocks(trx, scope, later, 100))
      told.push((await heardOf(trx, scope, clock, later))?.stage);
    return told;
  });
  expect(heard).toEqual(["started", "started"]);
  const stop = ({ id = "", revision = 0 }) =>
    inScope(fresh.db, scope, (trx) => stopClock(trx, scope, { id, revision, stoppedAt: now, evidence, now: later }));
  expect(await stop(one ?? {})).toMatchObject({ state: "stopped" });
  await inScope(fresh.db, scope, (trx) =>
    assignClock(trx, scope, { id: other?.id ?? "", revision: other?.revision ?? 0, owner: null }, later),
  );
  await expect(stop(other ?? {})).rejects.toMatchObject({ code: "conflict", at: "revision" });
});
