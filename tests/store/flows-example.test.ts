import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HARMS, type Harm } from "../../src/features/devices/schema.ts";
import { loadExample } from "../../src/flows/load-example.ts";
import { newOrganization } from "./postgres.ts";
import { EXAMPLES, newDevice, type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
beforeAll(async () => {
  server = await programServer();
  await loadExample(server.database.db, server.scope, EXAMPLES, new Date());
  await server.settled();
}, 60_000);
afterAll(() => server.close());

const get = async (path: string) => (await server.ask("GET", path)).body;

describe("the example program", () => {
  test("is three devices with releases, units, interfaces, parts and findings", async () => {
    const { items } = await get("/devices");
    expect(items).toHaveLength(3);
    for (const device of items) {
      expect(device.counts).not.toBeNull();
      expect(device.components).toBeGreaterThan(10);
      expect(device.units).toBeGreaterThan(0);
      const release = await get(`/releases/${device.release.id}`);
      expect(release.phases.length).toBeGreaterThan(1);
      expect(release.interfaces.length).toBeGreaterThan(0);
    }
  });

  test("the most endangered device stands first, and its sentence is true", async () => {
    const [first, ...rest] = (await get("/devices")).items;
    const worst = (d: { functions: { harm: Harm }[] }) => Math.min(...d.functions.map((f) => HARMS.indexOf(f.harm)));
    for (const other of rest) {
      if (other.counts.open > 0) expect(worst(first)).toBeLessThanOrEqual(worst(other));
      if (worst(first) === worst(other) && other.counts.exploited > 0)
        expect(first.counts.exploited).toBeGreaterThan(0);
    }
    const exploited = await get(`/findings?releaseId=${first.release.id}&exploited=true`);
    const open = exploited.items.filter((f: { state: string }) => ["new", "in-triage", "affected"].includes(f.state));
    expect(first.counts.exploited).toBe(open.length);
    const words = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    const count = words[open.length] ?? String(open.length);
    const sentence = first.sentence.map((p: { text: string }) => p.text).join("");
    expect(sentence.toLowerCase()).toContain(`${count} exploited`);
  });

  test("shows exploited, critical, not affected and clean", async () => {
    expect((await get("/findings?exploited=true")).total.count).toBeGreaterThan(0);
    expect((await get("/findings?rating=critical")).total.count).toBeGreaterThan(0);
    const decided = (await get("/findings?state=not-affected")).items;
    expect(decided.length).toBeGreaterThan(0);
    for (const finding of decided)
      expect(finding).toMatchObject({ justification: expect.any(String), note: expect.stringMatching(/./) });
    const [device] = (await get("/devices")).items;
    expect((await get(`/releases/${device.release.id}/parts?vulnerable=false`)).total.count).toBeGreaterThan(0);
  });

  test("the pump has a whole security file, its evidence with the very bytes, and the decisions its tests' findings have", async () => {
    const pump = (await get("/devices?text=Pump")).items[0];
    const at = `/releases/${pump.release.id}`;
    const { file } = await get(`${at}/security-file`);
    expect(file.elements.length).toBeGreaterThanOrEqual(12);
    expect(file.threats.length).toBeGreaterThanOrEqual(40);
    expect(file.harms.length).toBeGreaterThanOrEqual(3);
    const named = file.evidence.filter((one: { file: string | null }) => one.file !== null);
    const kept = (await get(`${at}/evidence`)).items;
    const hashes = (rows: { sha256: string }[]) => rows.map(({ sha256 }) => sha256).filter((hash) => hash !== null);
    expect(hashes(kept)).toEqual(expect.arrayContaining(hashes(named)));
    const open = (await get(`${at}/test-findings?state=open`)).items;
    expect(open.map(({ title }: { title: string }) => title)).toEqual([expect.stringContaining("ARP floods")]);
    const judged = (await get(`${at}/security-file/judged`)).file;
    const findingsOf = (tests: { findings: unknown[] }[]) => tests.flatMap(({ findings }) => findings).length;
    expect(findingsOf(judged.tests)).toBe(findingsOf(file.tests));
    const unhashed = named.filter(({ sha256 }: { sha256: string | null }) => sha256 === null);
    expect(judged.evidence).toHaveLength(file.evidence.length + unhashed.length);
  });

  test("what needs me: new findings, feeds and their ages, support that ends", async () => {
    const today = await get("/today");
    expect(today.newFindings.count).toBeGreaterThan(0);
    expect(today.newFindings.items[0].exploited).not.toBeNull();
    expect(today.intel).toMatchObject({ none: false, lastRun: { state: "done", newFindings: expect.any(Number) } });
    expect((await get("/intel")).feeds.length).toBeGreaterThan(0);
  });

  test("the inbox groups by vulnerability and its counters are those of the findings", async () => {
    const { items } = await get("/vulnerabilities?show=all&limit=200");
    for (const line of items.slice(0, 10)) {
      const { total } = await get(`/findings?advisory=${line.advisory}`);
      expect(line.findings.total).toBe(total.count);
    }
  });

  test("all of it is in a ledger that verifies", async () => {
    const verified = (await server.ask("POST", "/ledger/verify")).body;
    expect(verified.ok).toBe(true);
    expect(verified.entries).toBeGreaterThan(30);
  });

  test("is loaded once, and never beside a device of somebody's own", async () => {
    const { db } = server.database;
    expect(await loadExample(db, server.scope, EXAMPLES, new Date())).toBeNull();
    const own = await newOrganization(server.database.pool);
    await newDevice(server, "Mine", own);
    expect(await loadExample(db, own, EXAMPLES, new Date())).toBeNull();
    expect((await server.ask("GET", "/devices", undefined, own)).body.total.count).toBe(1);
  });
});

describe("harm comes first", () => {
  test("a device whose functions turn out to be more dangerous moves up, with its findings", async () => {
    const { items } = await get("/devices");
    const open = items.filter((d: { counts: { open: number } }) => d.counts.open > 0);
    const device = await get(`/devices/${open.at(-1).id}`);
    const before = (await get(`/findings?deviceId=${device.id}&limit=1`)).items[0];
    const functions = [{ kind: "life-support", name: "ventilation", harm: "catastrophic" }];
    const changed = (await server.ask("PATCH", `/devices/${device.id}`, { revision: device.revision, functions })).body;
    expect(changed.sentence.map((p: { text: string }) => p.text).join("")).toContain("keeps a patient alive");
    expect((await get(`/findings?deviceId=${device.id}&limit=1`)).items[0].id).toBe(before.id);
    const line = await get(`/vulnerabilities/${before.advisory}`);
    expect(line.harm).toBe("catastrophic");
  });
});
