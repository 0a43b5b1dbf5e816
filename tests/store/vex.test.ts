import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
const CVE = "CVE-2021-44906";
const FIRST = sbom(part("minimist", "1.2.5"), part("axios", "0.21.0"));

const said = (status: string, more: object = {}) => ({
  vulnerability: CVE,
  products: ["pkg:npm/minimist@1.2.5"],
  status,
  ...more,
});
const reason = { justification: "vulnerable_code_not_in_execute_path" };
const openvex = (author: string, timestamp: string, ...statements: object[]) =>
  JSON.stringify({
    "@context": "https://openvex.dev/ns/v0.2.0",
    "@id": "x",
    author,
    timestamp,
    version: 1,
    statements,
  });

async function send(releaseId: string, document: string, headers: Record<string, string> = {}) {
  return server.upload(releaseId, document, headers, undefined, "vex");
}
async function assessed(bytes = FIRST) {
  const device = await newDevice(server);
  await server.upload(device.releaseId, bytes);
  await server.settled();
  return device;
}
async function findingOf(releaseId: string, component = "minimist") {
  const { body } = await server.ask("GET", `/findings?releaseId=${releaseId}&component=${component}`);
  const [row] = body.items.filter(
    ({ advisory, aliases }: { advisory: string; aliases: string[] }) =>
      component !== "minimist" || [advisory, ...aliases].includes(CVE),
  );
  return (await server.ask("GET", `/findings/${row.id}`)).body;
}
async function trust(name: string, level: string) {
  const { body } = await server.ask("GET", "/vex/sources");
  const source = body.items.find((one: { name: string }) => one.name === name);
  const answer = await server.ask("POST", `/vex/sources/${source.id}/trust`, {
    trust: level,
    revision: source.revision,
  });
  expect(answer.status).toBe(200);
}
const spoken = async (findingId: string) => (await server.ask("GET", `/findings/${findingId}/vex`)).body.items;
const proposals = async (releaseId: string) =>
  (await server.ask("GET", `/vex/proposals?releaseId=${releaseId}`)).body.items;

describe("a statement", () => {
  test("of an author nobody decided on is proposed, and sets the state once a person trusts the author", async () => {
    const { releaseId, deviceId } = await assessed();
    const receipt = await send(releaseId, openvex("Supplier A", "2026-01-05T00:00:00Z", said("not_affected", reason)));
    expect(receipt).toMatchObject({ status: 201, body: { set: 0, proposed: 1, unchanged: false } });
    const [proposal] = await proposals(releaseId);
    expect(proposal).toMatchObject({
      to: "not-affected",
      finding: { state: "new" },
      proposes: {
        source: { name: "Supplier A", trust: "unknown" },
        at: "/statements/0",
        issuedAt: "2026-01-05T00:00:00.000Z",
      },
    });
    await trust("Supplier A", "supplier");
    const finding = await findingOf(releaseId);
    expect(finding).toMatchObject({
      state: "not-affected",
      justification: "code_not_reachable",
      decidedBy: "VEX of Supplier A",
    });
    expect(finding.events.at(-1)).toMatchObject({ kind: "vex-set", from: "new", to: "not-affected" });
    expect(await proposals(releaseId)).toEqual([]);
    const { body: history } = await server.ask("GET", `/devices/${deviceId}/history?limit=1`);
    expect(history.items[0].action).toBe("finding.set-by-vex");
    await trust("Supplier A", "third-party");
    expect(await findingOf(releaseId)).toMatchObject({ state: "new", suspect: true, decidedBy: null });
    expect(await proposals(releaseId)).toHaveLength(1);
  });

  test("never changes what a person decided; it is proposed, and following it is that person's decision with a way back", async () => {
    const { releaseId } = await assessed();
    const before = await findingOf(releaseId);
    await server.ask("POST", `/findings/${before.id}/decision`, {
      revision: before.revision,
      decision: { state: "affected", note: "The parser sees what the network sends" },
    });
    await send(releaseId, openvex("Supplier B", "2026-02-01T00:00:00Z", said("not_affected", reason)));
    await trust("Supplier B", "own");
    expect(await findingOf(releaseId)).toMatchObject({ state: "affected", decidedBy: "Ada" });
    const [proposal] = await proposals(releaseId);
    const { finding, proposes } = proposal;
    const ask = { findingId: finding.id, statementId: proposes.statementId, revision: finding.revision, take: true };
    const taken = await server.ask("POST", "/vex/proposals", ask);
    expect(await findingOf(releaseId)).toMatchObject({ state: "not-affected", decidedBy: "Ada" });
    expect(await proposals(releaseId)).toEqual([]);
    await server.ask("POST", "/findings/undo", { changeId: taken.body.changeId });
    expect(await findingOf(releaseId)).toMatchObject({ state: "affected" });
    const [again] = await proposals(releaseId);
    await server.ask("POST", "/vex/proposals", { ...ask, revision: again.finding.revision, take: false });
    expect(await proposals(releaseId)).toEqual([]);
    expect((await spoken(finding.id))[0]).toMatchObject({ answer: "turned-down", answeredBy: "Ada", role: "speaks" });
    await send(releaseId, openvex("Supplier B", "2026-03-01T00:00:00Z", said("fixed")));
    expect(await proposals(releaseId)).toMatchObject([{ to: "fixed" }]);
  });

  test("is outrun by a newer one of the same author; authors who disagree are both shown", async () => {
    const { releaseId } = await assessed();
    await send(
      releaseId,
      openvex("Supplier C", "2026-02-01T00:00:00Z", said("affected", { action_statement: "Update" })),
    );
    await send(releaseId, openvex("Supplier C", "2026-01-01T00:00:00Z", said("not_affected", reason)));
    await trust("Supplier C", "supplier");
    await send(releaseId, openvex("A researcher", "2026-04-01T00:00:00Z", said("fixed")));
    const finding = await findingOf(releaseId);
    expect(finding).toMatchObject({ state: "affected", note: "Update" });
    expect(
      (await spoken(finding.id)).map(({ role, status }: { role: string; status: string }) => `${role} ${status}`),
    ).toEqual(["proposes fixed", "sets affected", "speaks not_affected"]);
  });

  test("that cannot be used is refused with its place; a document with none is not kept", async () => {
    const { releaseId } = await assessed();
    const bare = openvex("D", "2026-01-01T00:00:00Z", said("not_affected"));
    expect(await send(releaseId, bare, { "x-file-name": "bare.json" })).toMatchObject({
      status: 400,
      body: { at: "bare.json /statements/0", detail: expect.stringContaining("neither a justification") },
    });
    const mixed = openvex("D", "2026-01-01T00:00:00Z", said("not_affected"), said("fixed"));
    const { body } = await send(releaseId, mixed);
    expect(body.document).toMatchObject({ statements: 1, speaking: 1, refused: [{ at: "vex /statements/0" }] });
    expect(await send(releaseId, mixed)).toMatchObject({ status: 200, body: { unchanged: true } });
    const file = await server.ask("GET", `/vex/${body.document.id}/file`);
    expect(file.body).toBe(mixed);
    const withdrawn = await server.ask("POST", `/vex/${body.document.id}/withdrawal`);
    expect(withdrawn.body).toMatchObject({ withdrawnBy: "Ada" });
    expect(await proposals(releaseId)).toEqual([]);
  });

  test("without an author is the uploader's word for whose it is, and nobody can be trusted for one that names nobody", async () => {
    const { releaseId } = await assessed();
    const document = JSON.stringify({
      bomFormat: "CycloneDX",
      specVersion: "1.5",
      vulnerabilities: [
        {
          id: CVE,
          affects: [{ ref: "pkg:npm/minimist@1.2.5" }],
          analysis: { state: "not_affected", justification: "code_not_present", detail: "Built without it" },
        },
      ],
    });
    await send(releaseId, document);
    const { body } = await server.ask("GET", "/vex/sources");
    const nobody = body.items.find((one: { name: string }) => one.name === "");
    const asked = { trust: "own", revision: nobody.revision };
    expect((await server.ask("POST", `/vex/sources/${nobody.id}/trust`, asked)).status).toBe(400);
    const other = await assessed();
    await send(other.releaseId, document, { "x-vex-author": encodeURIComponent("Acmé / Devices") });
    await trust("Acmé / Devices", "own");
    const finding = await findingOf(other.releaseId);
    expect(finding).toMatchObject({
      state: "not-affected",
      justification: "code_not_present",
      decidedBy: "VEX said to be of Acmé / Devices",
    });
    expect(await spoken(finding.id)).toMatchObject([{ source: { name: "Acmé / Devices", namedBy: "uploader" } }]);
  });
});

describe("a document's next edition", () => {
  test("withdraws what it says no more; one dated ahead of time is refused", async () => {
    const { releaseId } = await assessed();
    const edition = (version: number, ...statements: object[]) =>
      JSON.stringify({
        ...JSON.parse(openvex("Supplier F", "2026-01-05T00:00:00Z", ...statements)),
        "@id": "f",
        version,
      });
    await send(releaseId, edition(1, said("not_affected", reason)));
    await trust("Supplier F", "supplier");
    expect(await findingOf(releaseId)).toMatchObject({ state: "not-affected" });
    await send(releaseId, edition(2, { ...said("fixed"), vulnerability: "CVE-2020-7598" }));
    const finding = await findingOf(releaseId);
    expect(finding).toMatchObject({ state: "new", suspect: true, decidedBy: null });
    expect(await spoken(finding.id)).toEqual([]);
    const ahead = await send(releaseId, openvex("Supplier F", "2099-01-05T00:00:00Z", said("fixed")));
    expect(ahead).toMatchObject({ status: 400, body: { detail: expect.stringContaining("2099-01-05") } });
  });
});

describe("the next release", () => {
  const next = async (deviceId: string, version: string, bytes: string, copyFrom?: string) => {
    const { body } = await server.ask("POST", `/devices/${deviceId}/releases`, {
      version,
      phase: "deployment",
      since: "2026-02-01",
      ...(copyFrom === undefined ? {} : { copyFrom }),
    });
    await server.upload(body.id, bytes);
    await server.settled();
    return body.id as string;
  };
  const decided = { state: "not-affected", justification: "code_not_reachable", note: "Only the build uses it" };

  test("starts from what was decided where part, version and interfaces are the same, and says from where", async () => {
    const { deviceId, releaseId } = await assessed();
    const before = await findingOf(releaseId);
    await server.ask("POST", `/findings/${before.id}/decision`, { revision: before.revision, decision: decided });
    const second = await next(deviceId, "2.0", FIRST);
    const finding = await findingOf(second);
    expect(finding).toMatchObject({ ...decided, decidedBy: "Ada", suspect: false });
    expect(finding.events.at(-1)).toMatchObject({
      kind: "carried-over",
      note: expect.stringMatching(/^From release 1\.0: not affected \(Only the build uses it\), decided by Ada on /),
    });
    expect(await findingOf(second, "axios")).toMatchObject({ state: "new", suspect: false });
    const { body: history } = await server.ask("GET", `/devices/${deviceId}/history?limit=20`);
    expect(history.items.map((e: { action: string }) => e.action)).toContain("finding.decision-carried-over");
  });

  test.each([
    [
      "the part has another version",
      sbom(part("minimist", "1.2.4")),
      false,
      "the part was 1.2.5 there and is 1.2.4 here",
    ],
    ["it can be reached in other ways", FIRST, true, "this release states no interface yet"],
  ])("stays open and says decide again where %s", async (_, bytes, changed, why) => {
    const { deviceId, releaseId } = await assessed();
    const before = await findingOf(releaseId);
    await server.ask("POST", `/findings/${before.id}/decision`, { revision: before.revision, decision: decided });
    if (changed) {
      const wifi = { kind: "wireless", name: "WLAN", protocol: "802.11", exposed: true, notes: "" };
      const { body } = await server.ask("GET", `/releases/${releaseId}`);
      await server.ask("PATCH", `/releases/${releaseId}`, { revision: body.revision, interfaces: [wifi] });
    }
    const finding = await findingOf(await next(deviceId, "2.0", bytes));
    expect(finding).toMatchObject({ state: "new", suspect: true });
    expect(finding.events.at(-1)).toMatchObject({ kind: "decide-again", note: expect.stringContaining(why) });
    const { body: today } = await server.ask("GET", "/today");
    expect(today.suspect.items.map(({ id }: { id: string }) => id)).toContain(finding.id);
  });

  test("asks again when it can be reached in other ways than when it was taken over, but not for what was decided here", async () => {
    const { deviceId, releaseId } = await assessed();
    await send(releaseId, openvex("Supplier G", "2026-01-05T00:00:00Z", said("not_affected", reason)));
    await trust("Supplier G", "supplier");
    const axios = await findingOf(releaseId, "axios");
    await server.ask("POST", `/findings/${axios.id}/decision`, { revision: axios.revision, decision: decided });
    const second = await next(deviceId, "2.0", FIRST, releaseId);
    const change = async (what: object) => {
      const { body } = await server.ask("GET", `/releases/${second}`);
      await server.ask("PATCH", `/releases/${second}`, { revision: body.revision, ...what });
    };
    await change({ notes: "Nothing that matters" });
    expect(await findingOf(second)).toMatchObject({ state: "not-affected", suspect: false });
    await change({ interfaces: [{ kind: "wireless", name: "WLAN", protocol: "802.11", exposed: true, notes: "" }] });
    expect(await findingOf(second)).toMatchObject({ state: "new", suspect: true });
    const carried = await findingOf(second, "axios");
    expect(carried).toMatchObject({ ...decided, suspect: true });
    expect(carried.events.at(-1)).toMatchObject({ kind: "decide-again", note: expect.stringContaining("interfaces") });
    await server.ask("POST", `/findings/${carried.id}/decision`, { revision: carried.revision, decision: decided });
    await change({ interfaces: [] });
    expect(await findingOf(second, "axios")).toMatchObject({ ...decided, suspect: false });
    expect(await findingOf(releaseId)).toMatchObject({ state: "not-affected", suspect: false });
  });

  test("keeps a trusted statement for the same part, and asks again for another version", async () => {
    const { deviceId, releaseId } = await assessed();
    await send(releaseId, openvex("Supplier E", "2026-01-05T00:00:00Z", said("not_affected", reason)));
    await trust("Supplier E", "supplier");
    const second = await next(deviceId, "2.0", FIRST);
    const finding = await findingOf(second);
    expect(finding).toMatchObject({ state: "not-affected", decidedBy: "VEX of Supplier E" });
    expect(await spoken(finding.id)).toMatchObject([{ role: "sets", carriedFrom: "1.0" }]);
    const third = await next(deviceId, "3.0", sbom(part("minimist", "1.2.4")));
    const other = await findingOf(third);
    expect(other).toMatchObject({ state: "new", suspect: true });
    expect(await spoken(other.id)).toEqual([]);
    const newer = await server.upload(second, sbom(part("minimist", "1.2.4")));
    expect(newer.status).toBe(201);
    await server.settled();
    expect(await findingOf(second)).toMatchObject({ state: "new", suspect: true });
  });
});
