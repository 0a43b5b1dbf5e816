import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asSuperuser, newOrganization } from "./postgres.ts";
import { EXAMPLES, newDevice, type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
beforeAll(async () => {
  server = await programServer();
  await server.ask("POST", "/intel/sources", { name: "Starter", location: join(EXAMPLES, "advisories") });
  await server.ask("POST", "/intel/runs");
  await server.settled();
});
afterAll(() => server.close());

const part = (name: string, version: string) => ({
  type: "library",
  name,
  version,
  "bom-ref": `${name}@${version}`,
  purl: `pkg:npm/${name}@${version}`,
});
const sbom = (...components: object[]) => JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.5", components });

/** minimist 1.2.5 and axios 0.21.0 are named by the starter advisories, left-pad is not. */
const FIRST = sbom(part("minimist", "1.2.5"), part("axios", "0.21.0"), part("left-pad", "1.3.0"));
const list = async (query: string) => (await server.ask("GET", `/findings?${query}`)).body;
const decide = (finding: { id: string; revision: number }, decision: object) =>
  server.ask("POST", `/findings/${finding.id}/decision`, { revision: finding.revision, decision });

async function assessed(bytes = FIRST) {
  const device = await newDevice(server);
  const upload = await server.upload(device.releaseId, bytes);
  expect(upload.status).toBe(201);
  await server.settled();
  return device;
}

describe("an SBOM becomes findings", () => {
  test("with the reason, and nothing for a clean component", async () => {
    const { releaseId } = await assessed();
    const { items, total } = await list(`releaseId=${releaseId}`);
    expect(total).toEqual({ count: items.length, exact: true });
    expect(new Set(items.map((f: { component: { name: string } }) => f.component.name))).toEqual(
      new Set(["minimist", "axios"]),
    );
    const { body } = await server.ask("GET", `/findings/${items[0].id}`);
    expect(body.because).toMatchObject({ source: expect.any(String), range: expect.any(String) });
    expect(body.details.length).toBeGreaterThan(0);
    expect(body.events).toMatchObject([{ kind: "found", to: "new" }]);
  });

  test("the release counts them, its sentence says so, and the ledger has the assessment", async () => {
    const { deviceId, releaseId } = await assessed();
    const { body: release } = await server.ask("GET", `/releases/${releaseId}`);
    const { total } = await list(`releaseId=${releaseId}`);
    expect(release.counts).toMatchObject({ open: total.count, new: total.count });
    expect(release.sentence.map((p: { text: string }) => p.text).join("")).toMatch(/in a device that delivers therapy/);
    const { body: history } = await server.ask("GET", `/devices/${deviceId}/history`);
    expect(history.items.map((e: { action: string }) => e.action).slice(0, 2)).toEqual([
      "release.assessed",
      "sbom.uploaded",
    ]);
  });

  test("the same bytes again, and the same advisories again, write nothing", async () => {
    const { releaseId } = await assessed();
    const before = await list(`releaseId=${releaseId}`);
    const { body: ledger } = await server.ask("GET", "/ledger");
    expect((await server.upload(releaseId, FIRST)).body).toMatchObject({ unchanged: true, assessment: "assessed" });
    await server.ask("POST", "/intel/runs");
    await server.settled();
    expect(await list(`releaseId=${releaseId}`)).toEqual(before);
    const { body: after } = await server.ask("GET", `/ledger/entries?limit=5`);
    expect(after.items[0].action).toMatch(/^intel\./);
    expect(after.items[0].sequence).toBeLessThanOrEqual(ledger.head.sequence + 2);
  });
});

describe("today", () => {
  const today = async () => (await server.ask("GET", "/today")).body;
  const worse = async (releaseId: string) =>
    (await today()).worse.find((one: { release: { id: string } }) => one.release.id === releaseId);
  const yesterday = (releaseId: string, open: number, exploited: number) =>
    asSuperuser(
      (client) =>
        client.query(
          `insert into release_day select (jsonb_populate_record(d, jsonb_build_object(
             'on_day', d.on_day - 1, 'open', $2::int, 'exploited', $3::int))).* from release_day d where release_id = $1
           on conflict (organization_id, release_id, on_day) do update set open = $2, exploited = $3`,
          [releaseId, open, exploited],
        ),
      String(server.database.connection.database),
    );

  test("lists what is new; a release first compared today has not got worse", async () => {
    const { releaseId } = await assessed();
    expect((await today()).newFindings.count).toBeGreaterThan(0);
    expect(await worse(releaseId)).toBeUndefined();
  });

  test("a release with more open findings than yesterday got worse; one with as many did not", async () => {
    const { releaseId } = await assessed();
    const { open, exploited } = (await server.ask("GET", `/releases/${releaseId}`)).body.counts;
    await yesterday(releaseId, open, exploited);
    expect(await worse(releaseId)).toBeUndefined();
    await yesterday(releaseId, open - 1, exploited);
    expect(await worse(releaseId)).toMatchObject({ before: { open: open - 1, exploited }, now: { open, exploited } });
  });
});

describe("a decision", () => {
  test("has who, when and why, is in the history and in the ledger", async () => {
    const { deviceId, releaseId } = await assessed();
    const [finding] = (await list(`releaseId=${releaseId}`)).items;
    const decision = { state: "not-affected", justification: "code_not_reachable", note: "Only used by the build" };
    const receipt = (await decide(finding, decision)).body;
    expect(receipt.changed).toEqual([{ id: finding.id, revision: 2, state: "not-affected" }]);
    const { body } = await server.ask("GET", `/findings/${finding.id}`);
    expect(body).toMatchObject({ ...decision, decidedBy: "Ada", decidedAt: expect.any(String) });
    expect(body.events.at(-1)).toMatchObject({ kind: "decided", from: "new", to: "not-affected", by: "Ada" });
    const { body: history } = await server.ask("GET", `/devices/${deviceId}/history?limit=1`);
    expect(history.items[0]).toMatchObject({ action: "finding.decided-not-affected", subject: { id: finding.id } });
  });

  test.each([
    ["not affected without a reason", { state: "not-affected" }],
    ["accepted without a word why", { state: "accepted" }],
    ["a reason where none belongs", { state: "fixed", justification: "code_not_present" }],
    ["an unknown state", { state: "ignored" }],
  ])("%s is refused", async (_, decision) => {
    const { releaseId } = await assessed();
    const [finding] = (await list(`releaseId=${releaseId}`)).items;
    expect((await decide(finding, decision)).status).toBe(400);
  });

  test("of two people only the first counts; the second is told who was first", async () => {
    const { releaseId } = await assessed();
    const [finding] = (await list(`releaseId=${releaseId}`)).items;
    const answers = await Promise.all([
      decide(finding, { state: "affected" }),
      decide(finding, { state: "in-triage" }),
    ]);
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409]);
  });

  test("about many at once changes those nobody changed, and undo takes it back whole", async () => {
    const { releaseId } = await assessed();
    const { items } = await list(`releaseId=${releaseId}`);
    await decide(items[0], { state: "affected" });
    const { body } = await server.ask("POST", "/findings/decisions", {
      findings: items.map(({ id, revision }: { id: string; revision: number }) => ({ id, revision })),
      decision: { state: "accepted", note: "Behind the service door" },
    });
    expect(body.conflicts.map((c: { id: string }) => c.id)).toEqual([items[0].id]);
    expect(body.changed).toHaveLength(items.length - 1);
    expect((await server.ask("GET", `/releases/${releaseId}`)).body.counts.open).toBe(1);
    const undone = await server.ask("POST", "/findings/undo", { changeId: body.changeId });
    expect(undone.body.changed).toHaveLength(items.length - 1);
    expect((await server.ask("GET", `/releases/${releaseId}`)).body.counts).toMatchObject({
      open: items.length,
      affected: 1,
    });
    expect((await server.ask("POST", "/findings/undo", { changeId: body.changeId })).body.changed).toEqual([]);
  });

  test("about a vulnerability everywhere reaches every release that has it", async () => {
    const scope = await newOrganization(server.database.pool);
    const ask = (method: "GET" | "POST", path: string, body?: unknown) => server.ask(method, path, body, scope);
    await ask("POST", "/intel/sources", { name: "Starter", location: join(EXAMPLES, "advisories") });
    await ask("POST", "/intel/runs");
    for (const name of ["A", "B"])
      await server.upload((await newDevice(server, name, scope)).releaseId, FIRST, {}, scope);
    await server.settled(scope);
    const [line] = (await ask("GET", "/vulnerabilities")).body.items;
    expect(line).toMatchObject({ releases: 2, deviceCount: 2, harm: "catastrophic" });
    expect(line.devices.map((d: { name: string }) => d.name)).toEqual(["A", "B"]);
    const { body } = await ask("POST", `/vulnerabilities/${line.advisory}/decision`, {
      decision: { state: "affected" },
    });
    expect(body.changed).toHaveLength(line.findings.open);
    expect((await ask("GET", `/vulnerabilities/${line.advisory}`)).body.findings).toMatchObject({
      new: 0,
      affected: line.findings.open,
    });
  });
});

describe("a decision follows its component when the SBOM changes", () => {
  test("another version is suspect, a component that leaves is gone, and one that returns has its history", async () => {
    const { releaseId } = await assessed();
    const minimist = async (query = "") => (await list(`releaseId=${releaseId}&component=minimist${query}`)).items;
    const [finding] = await minimist();
    await decide(finding, { state: "accepted", note: "Isolated process" });

    await server.upload(releaseId, sbom(part("minimist", "1.2.4"), part("axios", "0.21.0")));
    await server.settled();
    expect(await minimist()).toMatchObject([
      { id: finding.id, state: "accepted", suspect: true, component: { version: "1.2.4" } },
    ]);
    expect((await list(`releaseId=${releaseId}&suspect=true`)).total.count).toBe(1);

    await server.upload(releaseId, sbom(part("axios", "0.21.0")));
    await server.settled();
    expect(await minimist()).toEqual([]);
    expect(await minimist("&gone=true")).toMatchObject([{ id: finding.id, state: "accepted" }]);

    await server.upload(releaseId, sbom(part("minimist", "1.2.5"), part("axios", "0.21.0")));
    await server.settled();
    expect(await minimist()).toMatchObject([{ id: finding.id, state: "accepted", suspect: false, goneAt: null }]);
    const { body } = await server.ask("GET", `/findings/${finding.id}`);
    expect(body.events.map((e: { kind: string }) => e.kind)).toEqual([
      "found",
      "decided",
      "component-changed",
      "gone",
      "returned",
    ]);
  });
});

describe("new advisories reach releases that were there before", () => {
  test("and withdrawn ones leave them; what could not be read is named and the rest counts", async () => {
    const scope = await newOrganization(server.database.pool);
    const ask = (method: "GET" | "POST" | "PATCH", path: string, body?: unknown) =>
      server.ask(method, path, body, scope);
    const folder = mkdtempSync(join(server.folder, "feeds-"));
    const advisory = { id: "CVE-2099-0001", modified: "2099-01-01T00:00:00Z", summary: "left-pad pads the wrong side" };
    const affected = [
      { package: { ecosystem: "npm", name: "left-pad" }, ranges: [{ type: "SEMVER", events: [{ introduced: "0" }] }] },
    ];
    const write = (extra: object) =>
      writeFileSync(join(folder, "a.json"), JSON.stringify({ ...advisory, affected, ...extra }));
    await ask("POST", "/intel/sources", { name: "Ours", location: folder });
    await ask("POST", "/intel/sources", { name: "Elsewhere", location: "https://feeds.example/all.zip" });
    const { releaseId } = await newDevice(server, "Pump", scope);
    expect((await server.upload(releaseId, FIRST, {}, scope)).body.assessment).toBe("no-advisories");
    write({});
    const run = (await ask("POST", "/intel/runs")).body;
    await server.settled(scope);
    expect((await ask("GET", `/intel/runs/${run.id}`)).body).toMatchObject({
      state: "done",
      newFindings: 1,
      problems: [{}],
    });
    expect((await ask("GET", "/findings")).body.items).toMatchObject([{ advisory: "CVE-2099-0001", state: "new" }]);
    expect((await ask("GET", "/today")).body.newFindings.count).toBe(1);

    write({ withdrawn: "2099-02-01T00:00:00Z", modified: "2099-02-01T00:00:00Z" });
    await ask("POST", "/intel/runs");
    await server.settled(scope);
    expect((await ask("GET", "/findings")).body.items).toEqual([]);
    expect((await ask("GET", "/findings?gone=true")).body.items).toHaveLength(1);

    rmSync(join(folder, "a.json"));
    const empty = (await ask("POST", "/intel/runs")).body;
    await server.settled(scope);
    expect((await ask("GET", `/intel/runs/${empty.id}`)).body).toMatchObject({
      state: "failed",
      failure: expect.stringContaining("No source"),
    });
    expect((await ask("GET", "/intel")).body.index).not.toBeNull();
  });
});

describe("when much happens at once", () => {
  test("the counters of releases and of the inbox are those of the findings", async () => {
    const scope = await newOrganization(server.database.pool);
    const ask = (method: "GET" | "POST", path: string, body?: unknown) => server.ask(method, path, body, scope);
    await ask("POST", "/intel/sources", { name: "Starter", location: join(EXAMPLES, "advisories") });
    await ask("POST", "/intel/runs");
    await server.settled(scope);
    const devices = await Promise.all(["A", "B", "C", "D"].map((name) => newDevice(server, name, scope)));
    await Promise.all(devices.map(({ releaseId }) => server.upload(releaseId, FIRST, {}, scope)));
    await server.settled(scope);
    const all = (await ask("GET", "/findings?limit=200")).body.items as { id: string; revision: number }[];
    await Promise.all([
      ...all.map((finding, i) =>
        ask("POST", `/findings/${finding.id}/decision`, {
          revision: finding.revision,
          decision: { state: i % 2 === 0 ? "affected" : "in-triage" },
        }),
      ),
      ...devices
        .slice(0, 2)
        .map(({ releaseId }) => server.upload(releaseId, sbom(part("minimist", "1.2.4")), {}, scope)),
      ask("POST", "/intel/runs"),
    ]);
    await server.settled(scope);
    for (const { releaseId } of devices) {
      const { counts } = (await ask("GET", `/releases/${releaseId}`)).body;
      for (const [state, count] of [
        ["affected", counts.affected],
        ["in-triage", counts.inTriage],
        ["new", counts.new],
      ])
        expect((await ask("GET", `/findings?releaseId=${releaseId}&state=${state}`)).body.total.count).toBe(count);
    }
    for (const line of (await ask("GET", "/vulnerabilities?show=all")).body.items) {
      const count = async (query: string) =>
        (await ask("GET", `/findings?advisory=${line.advisory}${query}`)).body.total.count;
      expect(line.findings).toMatchObject({
        total: await count(""),
        affected: await count("&state=affected"),
        new: await count("&state=new"),
      });
    }
    expect((await ask("POST", "/ledger/verify")).body.ok).toBe(true);
  });
});

describe("lists", () => {
  test.each(["harm", "newest", "epss", "component"])(
    "in order of %s are read page by page, each finding once",
    async (sort) => {
      const { deviceId } = await assessed();
      const all: string[] = [];
      let cursor = "";
      do {
        const page = await list(`deviceId=${deviceId}&sort=${sort}&limit=2&cursor=${cursor}`);
        all.push(...page.items.map((f: { id: string }) => f.id));
        cursor = page.next ?? "";
      } while (cursor !== "");
      expect(new Set(all).size).toBe(all.length);
      expect(all.length).toBe((await list(`deviceId=${deviceId}`)).total.count);
    },
  );

  test("are filtered by state, rating, text, alias; a made-up place is refused", async () => {
    const { releaseId } = await assessed();
    const all = (await list(`releaseId=${releaseId}`)).items;
    await decide(all[0], { state: "in-triage" });
    expect((await list(`releaseId=${releaseId}&state=in-triage`)).items).toMatchObject([
      { id: all[0].id, assignee: { name: "Ada" } },
    ]);
    expect((await list(`releaseId=${releaseId}&mine=true`)).total.count).toBe(1);
    expect((await list(`releaseId=${releaseId}&state=new&state=in-triage`)).total.count).toBe(all.length);
    expect(
      (await list(`releaseId=${releaseId}&text=mini`)).items.every(
        (f: { component: { name: string } }) => f.component.name === "minimist",
      ),
    ).toBe(true);
    expect((await list(`releaseId=${releaseId}&advisory=${all[0].advisory}`)).items).toMatchObject([{ id: all[0].id }]);
    expect((await list(`releaseId=${releaseId}&text=%25`)).items).toEqual([]);
    expect((await server.ask("GET", "/findings?cursor=bm9uc2Vuc2U")).body).toMatchObject({ status: 400, at: "cursor" });
  });

  test("a stranger sees none of it and changes none of it", async () => {
    const { releaseId } = await assessed();
    const [finding] = (await list(`releaseId=${releaseId}`)).items;
    const stranger = await newOrganization(server.database.pool);
    const as = (method: "GET" | "POST", path: string, body?: unknown) => server.ask(method, path, body, stranger);
    expect((await as("GET", "/findings")).body).toMatchObject({ items: [], total: { count: 0 } });
    expect((await as("GET", `/findings/${finding.id}`)).status).toBe(404);
    const decision = { state: "affected" };
    expect((await as("POST", `/findings/${finding.id}/decision`, { revision: 1, decision })).status).toBe(404);
    expect((await as("POST", `/vulnerabilities/${finding.advisory}/decision`, { decision })).status).toBe(404);
    expect((await as("GET", `/search?text=minimist`)).body.hits).toEqual([]);
    expect((await server.ask("GET", `/findings/${finding.id}`)).body.state).toBe("new");
  });

  test("the palette finds a device, a vulnerability and a component by a part of their names", async () => {
    await assessed();
    const kinds = async (text: string) =>
      (await server.ask("GET", `/search?text=${text}`)).body.hits.map(
        (hit: { kind: string; title: string }) => `${hit.kind} ${hit.title}`,
      );
    expect(await kinds("pum")).toContain("device Pump");
    expect(await kinds("minim")).toContain("component minimist");
    expect(await kinds("cve-2021-44906")).toContain("vulnerability CVE-2021-44906");
  });
});
