import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clocksOf, stopClock } from "../../src/features/work/work.ts";
import { inScope } from "../../src/platform/db.ts";
import { newDevice, npmSbom, type ProgramServer, starterProgram } from "./program-server.ts";

let server: ProgramServer;
beforeAll(async () => {
  server = await starterProgram();
}, 120_000);
afterAll(() => server.close());

const SBOM = npmSbom("minimist@1.2.5", "axios@0.21.0");
const FUNCTIONS = [
  { kind: "therapy", name: "infusion", harm: "catastrophic" },
  { kind: "alarm", name: "door alarm", harm: "minor" },
];

/** A device with one assessed release, and a finding of it. */
async function assessed() {
  const { ask } = server;
  const device = (await ask("POST", "/devices", { name: "Pump", functions: FUNCTIONS })).body;
  const release = (
    await ask("POST", `/devices/${device.id}/releases`, { version: "1", phase: "deployment", since: "2026-01-05" })
  ).body;
  await server.upload(release.id, JSON.stringify(SBOM));
  await server.settled();
  const { items } = (await ask("GET", `/findings?releaseId=${release.id}`)).body;
  const finding = items.find((one: { component: { name: string } }) => one.component.name === "minimist");
  const path = `/releases/${release.id}/risks/${finding.advisory}`;
  const read = async () => (await ask("GET", path)).body;
  const answer = (question: string, value: string | null, note = "") =>
    ask("POST", `${path}/answers`, { answers: [{ question, answer: value, note }] });
  const decide = async (risk: string, rest: object = {}) =>
    ask("POST", `${path}/decision`, { risk, why: "because", revision: (await read()).revision, ...rest });
  const actions = async () =>
    ((await ask("GET", `/devices/${device.id}/history?limit=20`)).body.items as { action: string }[]).map(
      (entry) => entry.action,
    );
  const clocks = () =>
    inScope(server.database.db, server.scope, async (trx) =>
      (await clocksOf(trx, server.scope, { type: "risk", id: `${release.id}:${finding.advisory}` })).filter(
        (clock) => clock.voided === null,
      ),
    );
  return { clocks, ask, device, release, finding, path, read, answer, decide, actions };
}

describe("how bad a vulnerability is in a release", () => {
  test("is answered from the device's own file, and says what it is made from", async () => {
    const { ask, release, read, finding } = await assessed();
    const before = await read();
    expect(before).toMatchObject({ harm: "catastrophic", decision: null, device: { name: "Pump" } });
    expect(before.standsHere).toContain("which delivers therapy (infusion), a patient could die");
    expect(before.parts).toMatchObject([{ name: "minimist", identity: "pkg:npm/minimist", reach: null }]);
    expect(before.rubric.questions).toHaveLength(31);
    expect(before.score.base.vector).toBe(finding.severity.vector);
    expect(before.ssvc.map(({ table }: { table: string }) => table)).toEqual(["ssvc-supplier", "cisa-bod-26-04"]);

    await ask("PATCH", `/releases/${release.id}`, {
      revision: 1,
      networkPosition: "device-network",
      dataHeld: [{ kind: "therapy", name: "drug library" }],
      patientRecords: 1,
    });
    const after = await read();
    expect(after.rubric.known).toBeGreaterThan(before.rubric.known);
    expect(after.score.device.vector).toMatch(/MAV:A.*IR:H\/AR:H/);
    expect((await ask("GET", `/releases/${release.id}`)).body).toMatchObject({
      networkPosition: "device-network",
      patientRecords: 1,
    });
  });

  test("a release that never had it says so", async () => {
    const { ask, release } = await assessed();
    expect((await ask("GET", `/releases/${release.id}/risks/CVE-1999-0001`)).status).toBe(404);
  });
});

describe("an answer", () => {
  test("counts before the proposal, is kept with who and when, and can be taken back", async () => {
    const { answer, read, actions } = await assessed();
    const question = async () => (await read()).rubric.questions.find((one: { id: string }) => one.id === "XACL");
    const { proposed } = await question();
    const other = proposed.answer === "yes" ? "no" : "yes";
    expect((await answer("XACL", other)).body).toMatchObject({ code: "bad_input", at: "note" });
    const vector = (await read()).rubric.vector;
    expect((await answer("XACL", other, "seen in the laboratory")).status).toBe(200);
    expect((await question()).answered).toMatchObject({
      answer: other,
      note: "seen in the laboratory",
      by: server.scope.actor.name,
    });
    expect((await read()).rubric.vector).not.toBe(vector);
    await answer("XACL", null);
    expect((await question()).answered).toBeNull();
    expect((await read()).rubric.vector).toBe(vector);
    expect((await actions()).slice(0, 2)).toEqual(["risk.answer-taken-back", "risk.answered"]);
  });

  test.each([
    ["XNONE", "yes", "There is no question XNONE"],
    ["XAT", "perhaps", "perhaps is no answer to XAT"],
    ["bedside.harm", "yes", "yes is no answer to bedside.harm"],
  ])("%s: %s is refused", async (question, value, reason) => {
    const { answer } = await assessed();
    expect((await answer(question, value)).body.detail ?? (await answer(question, value)).body.message).toContain(
      reason,
    );
  });

  test("of the bedside changes the proposal, and the list of what waits for it", async () => {
    const { ask, answer, read, release } = await assessed();
    const waits = async () =>
      (await ask("GET", "/risks/waiting")).body.items.filter(
        (one: { release: { id: string } }) => one.release.id === release.id,
      );
    const before = await waits();
    expect(before[0]).toMatchObject({ device: { name: "Pump" }, answered: 0, harm: "catastrophic" });
    await answer("bedside.harm", "none");
    expect((await read()).proposal).toMatchObject({ risk: "controlled", clear: true, harm: null });
    await answer("bedside.harm", "catastrophic");
    expect((await read()).proposal.reasons[0]).toBe("A clinician says: catastrophic harm");
    await answer("bedside.noticed", "no");
    await answer("bedside.fallback", "no");
    expect((await waits()).length).toBe(before.length - 1);
  });
});

describe("a decision", () => {
  test("of an uncontrolled risk is kept with its reasons, and its clocks count from when it was learned of", async () => {
    const { clocks, decide, read, finding, actions } = await assessed();
    const { status, body } = await decide("uncontrolled", {
      learnedAt: "2026-11-20T09:00:00.000Z",
      why: "It stops the pump",
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.decision).toMatchObject({
      risk: "uncontrolled",
      why: "It stops the pump",
      learnedAt: "2026-11-20T09:00:00.000Z",
      decidedBy: server.scope.actor.name,
      changed: false,
    });
    expect(await actions()).toContain("risk.decided-uncontrolled");
    expect((await read()).decision.proposal).toMatchObject({ exploitability: expect.any(String) });
    const running = await clocks();
    expect(running.map(({ instrument }) => instrument)).toContain("us-fda-postmarket");
    expect(running[0]).toMatchObject({ startedAt: "2026-11-20T09:00:00.000Z", event: "uncontrolled-risk-decided" });
    expect(running[0]?.subject.label).toContain(finding.advisory);
  });

  test("against an unclear or other proposal needs a reason, and one on old answers is refused", async () => {
    const { decide, answer, read } = await assessed();
    const { proposal, revision } = await read();
    const other = proposal.risk === "controlled" ? "uncontrolled" : "controlled";
    expect((await decide(other, { why: "" })).body).toMatchObject({ code: "bad_input", at: "why" });
    await answer("bedside.noticed", "later");
    expect((await decide("controlled", { revision })).body).toMatchObject({ code: "conflict", at: "revision" });
    expect((await decide("controlled", { learnedAt: "2999-01-01T00:00:00.000Z" })).body).toMatchObject({
      at: "learnedAt",
    });
  });

  test("asks to be looked at again when what it was made from changes", async () => {
    const { decide, answer, read } = await assessed();
    await decide("controlled");
    expect((await read()).decision.changed).toBe(false);
    await answer("bedside.harm", "critical");
    expect((await read()).decision.changed).toBe(true);
  });

  test("made again with another day of learning counts its clocks from that day, and from the day before when it is taken back", async () => {
    const { clocks, ask, decide } = await assessed();
    const starts = async () => [...new Set((await clocks()).map(({ startedAt }) => startedAt))];
    const [first, second] = ["2026-03-01T12:00:00.000Z", "2026-02-01T12:00:00.000Z"];
    await decide("uncontrolled", { learnedAt: first });
    expect(await starts()).toEqual([first]);
    await decide("uncontrolled", { learnedAt: second });
    expect(await starts()).toEqual([second]);
    expect((await clocks()).map(({ dueOn }) => dueOn).sort()).toEqual(["2026-03-03", "2026-04-02"]);
    expect((await decide("uncontrolled")).body.decision.learnedAt).toBe(second);
    expect(await starts()).toEqual([second]);
    const third = (await decide("uncontrolled", { learnedAt: first })).body.decision;
    expect(await starts()).toEqual([first]);
    await ask("POST", `/risk-decisions/${third.id}/undo`);
    expect(await starts()).toEqual([second]);
    expect(await clocks()).toHaveLength(2);
  });

  test("holds on, with its clocks, when its vulnerability gets another name", async () => {
    const folder = mkdtempSync(join(server.folder, "renamed-"));
    const advisory = (more: object) =>
      writeFileSync(
        join(folder, "a.json"),
        JSON.stringify({
          ...{ schema_version: "1.6.0", id: "GHSA-xxxx-xxxx-xxxx", modified: "2026-01-01T00:00:00Z", ...more },
          affected: [
            {
              package: { ecosystem: "npm", name: "example-part" },
              ranges: [{ type: "SEMVER", events: [{ introduced: "0" }] }],
            },
          ],
        }),
      );
    const { ask } = server;
    const read = async () => {
      await ask("POST", "/intel/runs", {});
      await server.settled();
    };
    advisory({});
    await ask("POST", "/intel/sources", { name: "Renamed", location: folder });
    await read();
    const { deviceId, releaseId } = await newDevice(server, "Renamed");
    await server.upload(releaseId, JSON.stringify(npmSbom("example-part@1.0.0")));
    await server.settled();
    const path = async () => {
      const { items } = (await ask("GET", `/findings?releaseId=${releaseId}`)).body;
      return `/releases/${releaseId}/risks/${items[0].advisory}`;
    };
    const decide = async (learnedAt: string) => {
      const { revision } = (await ask("GET", await path())).body;
      const asked = { risk: "uncontrolled", why: "because", revision, learnedAt };
      return (await ask("POST", `${await path()}/decision`, asked)).body.decision;
    };
    const running = async () => (await ask("GET", `/clocks?deviceId=${deviceId}`)).body.items;
    const starts = async () => (await running()).map((clock: { startedAt: string }) => clock.startedAt);
    const [first, second] = ["2026-03-01T12:00:00.000Z", "2026-02-01T12:00:00.000Z"];
    await decide(first);
    const before = await path();
    advisory({ aliases: ["CVE-2099-0001"], modified: "2026-01-02T00:00:00Z" });
    await read();
    expect(await path()).not.toBe(before);
    const { id } = await decide(second);
    expect(await starts()).toEqual([second, second]);
    await ask("POST", `/risk-decisions/${id}/undo`);
    expect(await starts()).toEqual([first, first]);
  });

  test("is taken back while nothing depends on it, with its clocks; the one before counts again", async () => {
    const { clocks, ask, decide, read } = await assessed();
    const first = (await decide("controlled")).body.decision;
    const second = (await decide("uncontrolled")).body.decision;
    expect((await ask("POST", `/risk-decisions/${first.id}/undo`)).body).toMatchObject({ code: "conflict" });
    expect((await ask("POST", `/risk-decisions/${second.id}/undo`)).body.decision).toMatchObject({ id: first.id });
    expect((await read()).earlier).toMatchObject([{ id: second.id, undoneBy: server.scope.actor.name }]);
    expect(await clocks()).toEqual([]);

    const third = (await decide("uncontrolled")).body.decision;
    const [clock] = await clocks();
    const stop = { id: clock?.id ?? "", stoppedAt: new Date(), evidence: { text: "Letter to customers" } };
    await inScope(server.database.db, server.scope, (trx) => stopClock(trx, server.scope, stop));
    expect((await ask("POST", `/risk-decisions/${third.id}/undo`)).body).toMatchObject({ code: "conflict" });
  });
});

describe("what a part can reach", () => {
  test("lowers its harm by a recorded fact alone, survives another assessment and a change of functions", async () => {
    const { ask, path, device, release, read } = await assessed();
    const reach = (functions: string[] | null) =>
      ask("POST", `${path}/reach`, { identity: "pkg:npm/minimist", functions, reason: "Only in the build" });
    expect((await reach(["levitation"])).status).toBe(404);
    const none = (await reach([])).body;
    expect(none).toMatchObject({ harm: null, reachesFunction: false, proposal: { risk: "controlled", harm: null } });
    expect(none.standsHere).toContain("reaches no function of Pump");
    expect(none.parts[0].reach).toMatchObject({
      functions: [],
      reason: "Only in the build",
      by: server.scope.actor.name,
    });
    const order = (await ask("GET", `/findings?releaseId=${release.id}`)).body.items;
    expect(order.at(-1)).toMatchObject({ component: { name: "minimist" }, reachesFunction: false });

    expect((await reach(["door alarm"])).body.harm).toBe("minor");
    const functions = [{ kind: "alarm", name: "door alarm", harm: "serious" }, FUNCTIONS[0]];
    await ask("PATCH", `/devices/${device.id}`, { revision: device.revision, functions });
    expect((await read()).harm).toBe("serious");
    await server.upload(release.id, JSON.stringify({ ...SBOM, version: 2 }));
    await server.settled();
    expect((await read()).harm).toBe("serious");
    expect((await reach(null)).body.harm).toBe("catastrophic");
  });
});
