import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "../../src/platform/db.ts";
import { cordon } from "../cli/run-cordon.ts";
import { newOrganization } from "./postgres.ts";
import { type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
let url = "";

beforeAll(async () => {
  server = await programServer();
  url = (await server.app.listen({ host: "127.0.0.1", port: 0 })).replace("127.0.0.1", "localhost");
});
afterAll(() => server.close());

const run = (args: string[], scope: Scope = server.scope) =>
  cordon(["clocks", ...args], { CORDON_URL: url, CORDON_API_KEY: scope.organizationId, NO_COLOR: "1" });

/** An organisation that counts days in this time zone, with the clocks that these events started. */
async function organization(timeZone: string, ...learned: [event: string, label: string, at: string][]) {
  const scope = await newOrganization(server.database.pool);
  const { revision } = (await server.ask("GET", "/clock-settings", undefined, scope)).body;
  await server.ask("PATCH", "/clock-settings", { revision, timeZone, off: [] }, scope);
  for (const [event, label, learnedAt] of learned) {
    const subject = { type: "case", id: label, label };
    const started = { event, subject, learnedAt, evidence: { text: "It came by mail" } };
    expect((await server.ask("POST", "/clocks", started, scope)).body.items.length).toBeGreaterThan(0);
  }
  return scope;
}

/** The cells of each line of a table. */
const lines = (table: string) =>
  table
    .split("\n")
    .filter((line) => line.startsWith("│"))
    .map((line) =>
      line
        .split("│")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

test("nothing runs, and nothing ever did", async () => {
  expect(await run([])).toEqual({ code: 0, out: "No clock runs.\n", err: "" });
  expect(await run(["--all", "--late"])).toEqual({ code: 0, out: "No clock was ever started.\n", err: "" });
  expect(await run(["--format", "json"])).toEqual({ code: 0, out: "[]\n", err: "" });
});

test("days end in the organisation's time zone, hours run on, and a leap day is a last day", async () => {
  const scope = await organization(
    "Europe/Berlin",
    ["uncontrolled-risk-decided", "Leap", "2024-01-30T12:00:00Z"],
    ["uncontrolled-risk-decided", "Spring", "2025-03-01T23:30:00Z"],
    ["actively-exploited-learned", "Autumn", "2026-10-24T22:30:00Z"],
  );
  const { code, out, err } = await run([], scope);
  expect([code, err]).toEqual([0, ""]);
  const [head, ...rows] = lines(out);
  expect(head).toEqual(["Due", "State", "Time used", "What", "About", "Asked by", "Answers"]);
  expect(rows.map(([due, state, , what, about]) => [due, state, what, about])).toEqual([
    ["2024-02-29 (Europe/Berlin)", "OVERDUE", "Tell customers and users", "Leap"],
    ["2024-03-30 (Europe/Berlin)", "OVERDUE", "Fix, validate and distribute", "Leap"],
    // At 23:30 UTC it was 2 March in Berlin already.
    ["2025-04-01 (Europe/Berlin)", "OVERDUE", "Tell customers and users", "Spring"],
    ["2025-05-01 (Europe/Berlin)", "OVERDUE", "Fix, validate and distribute", "Spring"],
    // 25 October had 25 hours: the 24 hours that began at 00:30 there are over at 23:30 of the same day.
    ["2026-10-25 22:30 UTC", "OVERDUE", "Send the early warning", "Autumn"],
    ["2026-10-27 22:30 UTC", "OVERDUE", "Send the vulnerability notification", "Autumn"],
  ]);
  expect(rows[4]?.[2]).toMatch(/^\d+ % of 24 hours$/);
  expect(rows[0]?.slice(5)).toEqual(["us-fda-postmarket VII.B", "Ada"]);
  const { out: json } = await run(["--format", "json"], scope);
  expect(JSON.parse(json).map(({ dueAt }: { dueAt: string }) => dueAt)).toEqual([
    "2024-02-29T22:59:59.999Z",
    "2024-03-30T22:59:59.999Z",
    // Summer time began on 30 March.
    "2025-04-01T21:59:59.999Z",
    "2025-05-01T21:59:59.999Z",
    "2026-10-25T22:30:00.000Z",
    "2026-10-27T22:30:00.000Z",
  ]);
});

test("a gate on overdue clocks opens when they are stopped; done late stays in sight", async () => {
  const scope = await organization("UTC", ["uncontrolled-risk-decided", "Risk\u001b[2J 3", "2025-01-01T00:00:00Z"]);
  const before = await run(["--late"], scope);
  expect(before.code).toBe(1);
  expect(before.out).toContain("Risk [2J 3");
  const clocks: { id: string; revision: number }[] = JSON.parse((await run(["--format", "json"], scope)).out);
  const stop = { stoppedAt: new Date().toISOString(), evidence: { text: "Letter sent" } };
  for (const { id, revision } of clocks) await server.ask("POST", `/clocks/${id}/stop`, { ...stop, revision }, scope);
  expect(await run(["--late"], scope)).toEqual({ code: 0, out: "No clock runs.\n", err: "" });
  const all = await run(["--late", "--all"], scope);
  expect(all.code).toBe(0);
  expect(
    lines(all.out)
      .slice(1)
      .map(([due, state]) => [due, state]),
  ).toEqual([
    ["2025-03-02 (UTC)", "done, late"],
    ["2025-01-31 (UTC)", "done, late"],
  ]);
});

test("more than a page of clocks comes whole", async () => {
  const learned = Array.from({ length: 101 }, (_, i): [string, string, string] => [
    "uncontrolled-risk-decided",
    `Risk ${i}`,
    "2025-01-01T00:00:00Z",
  ]);
  const scope = await organization("UTC", ...learned);
  const { out } = await run(["--format", "json"], scope);
  expect(new Set(JSON.parse(out).map(({ id }: { id: string }) => id)).size).toBe(202);
});
