import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newOrganization } from "./postgres.ts";
import { newDevice, type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
beforeAll(async () => {
  server = await programServer();
});
afterAll(() => server.close());

describe("a device and its releases", () => {
  test("a new device says that it has no release, then that it has no SBOM", async () => {
    const { body: device } = await server.ask("POST", "/devices", { name: "Monitor" });
    expect(sentence(device)).toBe("No release yet: add one, then give it an SBOM.");
    await server.ask("POST", `/devices/${device.id}/releases`, { version: "1", phase: "design", since: "2026-01-01" });
    const { body } = await server.ask("GET", `/devices/${device.id}`);
    expect(sentence(body)).toBe("No SBOM yet: nobody can say what this release is made of.");
    expect(body.release).toMatchObject({ version: "1", phase: "design", phaseSince: "2026-01-01" });
  });

  test("a phase is entered with its date, and the old ones are kept", async () => {
    const { releaseId } = await newDevice(server);
    const phase = (revision: number, name: string, since: string, note = "") =>
      server.ask("POST", `/releases/${releaseId}/phases`, { revision, phase: name, since, note });
    const { status, body } = await phase(1, "maintenance", "2026-03-01");
    expect(status).toBe(200);
    expect(body.phases.map((p: { phase: string }) => p.phase)).toEqual(["deployment", "maintenance"]);
    expect((await phase(1, "limited-support", "2026-04-01")).status).toBe(409);
    expect((await phase(2, "limited-support", "2026-02-01")).body).toMatchObject({ status: 400, at: "since" });
    expect((await phase(2, "design", "2026-05-01")).body).toMatchObject({ status: 400, at: "note" });
    expect((await phase(2, "design", "2026-05-01", "New pump head")).status).toBe(200);
  });

  test("two people who change the same device: the second is told, nothing is lost", async () => {
    const { deviceId } = await newDevice(server);
    const change = (name: string) => server.ask("PATCH", `/devices/${deviceId}`, { revision: 1, name });
    expect((await change("Pump A")).body).toMatchObject({ name: "Pump A", revision: 2 });
    const second = await change("Pump B");
    expect(second).toMatchObject({ status: 409, body: { at: "revision" } });
    expect(second.type).toContain("application/problem+json");
    expect((await server.ask("GET", `/devices/${deviceId}`)).body.name).toBe("Pump A");
  });

  test("interfaces and functions are kept; a new release takes the interfaces over", async () => {
    const { deviceId, releaseId } = await newDevice(server);
    const interfaces = [{ kind: "wireless", name: "Wi-Fi", protocol: "WPA3", exposed: true, notes: "" }];
    await server.ask("PATCH", `/releases/${releaseId}`, { revision: 1, interfaces });
    const { body } = await server.ask("POST", `/devices/${deviceId}/releases`, {
      version: "1.1",
      phase: "development",
      since: "2026-06-01",
      copyFrom: releaseId,
    });
    expect(body.interfaces).toEqual(interfaces);
    const again = await server.ask("POST", `/devices/${deviceId}/releases`, {
      version: "1.1",
      phase: "design",
      since: "2026-06-01",
    });
    expect(again).toMatchObject({ status: 409, body: { at: "version" } });
  });

  test("units are added, found by serial number or site, moved, and paged", async () => {
    const { deviceId, releaseId } = await newDevice(server);
    const units = Array.from({ length: 120 }, (_, i) => ({
      serial: `SN-${String(i).padStart(4, "0")}`,
      site: `Ward ${i % 3}`,
    }));
    expect((await server.ask("POST", `/releases/${releaseId}/units`, { units })).status).toBe(201);
    const twice = await server.ask("POST", `/releases/${releaseId}/units`, {
      units: [{ serial: "SN-0001" }, { serial: "SN-9" }],
    });
    expect(twice).toMatchObject({ status: 409 });
    const seen: string[] = [];
    let cursor = "";
    do {
      const { body } = await server.ask("GET", `/devices/${deviceId}/units?limit=50&cursor=${cursor}`);
      expect(body.total).toEqual({ count: 120, exact: true });
      seen.push(...body.items.map((u: { serial: string }) => u.serial));
      cursor = body.next ?? "";
    } while (cursor !== "");
    expect(seen).toEqual(units.map((u) => u.serial));
    const { body: ward } = await server.ask("GET", `/devices/${deviceId}/units?text=ward%202&limit=1`);
    expect(ward.total.count).toBe(40);
    const unit = ward.items[0];
    const moved = await server.ask("PATCH", `/units/${unit.id}`, { revision: 1, status: "in-use", site: "ICU" });
    expect(moved.body).toMatchObject({ status: "in-use", site: "ICU", revision: 2 });
  });
});

describe("every change is told", () => {
  test("a device's history is its slice of the ledger, and the ledger verifies", async () => {
    const { deviceId, releaseId } = await newDevice(server);
    await server.ask("POST", `/releases/${releaseId}/units`, { units: [{ serial: "H-1" }, { serial: "H-2" }] });
    const { body } = await server.ask("GET", `/devices/${deviceId}/history`);
    expect(body.items.map((e: { action: string }) => e.action)).toEqual([
      "unit.added",
      "unit.added",
      "release.added",
      "device.added",
    ]);
    expect((await server.ask("POST", "/ledger/verify")).body).toMatchObject({ ok: true, firstBad: null });
    const { body: entries } = await server.ask("GET", `/ledger/entries?subjectId=${deviceId}`);
    expect(entries.items[0]).toMatchObject({ action: "device.added", beforeHash: null });
  });
});

describe("one organisation does not exist for another", () => {
  test("reading, changing and adding to a stranger's device all answer: there is no such thing", async () => {
    const { deviceId, releaseId } = await newDevice(server);
    const stranger = await newOrganization(server.database.pool, "Other");
    const as = (method: "GET" | "POST" | "PATCH", path: string, body?: unknown) =>
      server.ask(method, path, body, stranger);
    const unit = { units: [{ serial: "X" }] };
    for (const answer of [
      await as("GET", `/devices/${deviceId}`),
      await as("PATCH", `/devices/${deviceId}`, { revision: 1, name: "Mine" }),
      await as("GET", `/devices/${deviceId}/history`),
      await as("GET", `/devices/${deviceId}/units`),
      await as("POST", `/devices/${deviceId}/releases`, { version: "9", phase: "design", since: "2026-01-01" }),
      await as("GET", `/releases/${releaseId}`),
      await as("GET", `/releases/${releaseId}/parts`),
      await as("GET", `/releases/${releaseId}/sboms`),
      await as("POST", `/releases/${releaseId}/units`, unit),
      await as("POST", `/releases/${releaseId}/phases`, { revision: 1, phase: "maintenance", since: "2026-09-01" }),
      await server.upload(releaseId, "{}", {}, stranger),
    ])
      expect([404, 400]).toContain(answer.status);
    expect((await as("GET", "/devices")).body).toMatchObject({ items: [], total: { count: 0 } });
    expect((await server.ask("GET", `/devices/${deviceId}`)).body).toMatchObject({ name: "Pump", releases: 1 });
  });
});

const sentence = (device: { sentence: { text: string }[] }) => device.sentence.map((part) => part.text).join("");
