import { afterAll, beforeAll, expect, test } from "vitest";
import { EXAMPLES, newDevice, type ProgramServer, programServer } from "./program-server.ts";

let server: ProgramServer;
const devices: { deviceId: string; releaseId: string }[] = [];

const part = (name: string, version: string) => ({
  type: "library",
  name,
  version,
  "bom-ref": `${name}@${version}`,
  purl: `pkg:npm/${name}@${version}`,
});
const sbom = (...components: object[]) => JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.5", components });

beforeAll(async () => {
  server = await programServer();
  await server.ask("POST", "/intel/sources", { name: "Starter", location: `${EXAMPLES}/advisories` });
  await server.ask("POST", "/intel/runs", {});
  await server.settled();
  for (const name of ["Pump", "Monitor", "Scanner"]) {
    const device = await newDevice(server, name);
    devices.push(device);
    await server.upload(
      device.releaseId,
      sbom(part("minimist", "1.2.5"), part("axios", "0.21.0"), part("lodash", "4.17.20")),
    );
  }
  await server.settled();
  const [pump, monitor] = devices;
  await server.ask("POST", `/releases/${pump?.releaseId}/units`, {
    units: [
      { serial: "1", site: "North", status: "in-use" },
      { serial: "2", site: "North", status: "in-repair" },
      { serial: "3", site: "", status: "in-use" },
      { serial: "4", site: "South", status: "retired" },
    ],
  });
  await server.ask("POST", `/releases/${monitor?.releaseId}/units`, {
    units: [{ serial: "1", site: "East", status: "in-use" }],
  });
});
afterAll(() => server.close());

interface Line {
  advisory: string;
  device: { id: string; name: string } | null;
  findings: { open: number };
}

/** All lines, read a few at a time. */
async function lines(query: string, limit = 2): Promise<Line[]> {
  const found: Line[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const { status, body } = await server.ask("GET", `/vulnerabilities?${query}&limit=${limit}&cursor=${cursor}`);
    expect(status).toBe(200);
    found.push(...body.items);
    cursor = body.next;
  }
  return found;
}

test.each(["harm", "newest", "epss"])(
  "by device, ordered by %s: whole groups, every line once, whatever the page",
  async (sort) => {
    const small = await lines(`by=device&show=open&sort=${sort}`);
    const large = await lines(`by=device&show=open&sort=${sort}`, 200);
    expect(small).toEqual(large);
    const names = small.map(({ device }) => device?.name ?? "");
    const groups = names.filter((name, i) => name !== names[i - 1]);
    expect(groups).toHaveLength(3);
    expect(new Set(groups).size).toBe(3);
    expect(new Set(small.map((line) => `${line.advisory} ${line.device?.id}`)).size).toBe(small.length);
    const { body } = await server.ask("GET", `/vulnerabilities?by=device&sort=${sort}`);
    expect(body.total).toEqual({ count: small.length, exact: true });
    const whole = await lines(`by=vulnerability&sort=${sort}`);
    expect(small.length).toBe(3 * whole.length);
  },
);

test("the details count units in the field, each once, and sites that are named", async () => {
  const [line] = await lines("by=vulnerability");
  const { body } = await server.ask("GET", `/vulnerabilities/${line?.advisory}`);
  expect(body.field).toEqual({ units: 4, sites: 2 });
  expect(body.touches).toHaveLength(3);
  expect(body.touches[0].because).toMatchObject({ rule: expect.any(String), record: expect.any(String) });
  const [pump] = devices;
  const { body: narrow } = await server.ask("GET", `/vulnerabilities/${line?.advisory}?deviceId=${pump?.deviceId}`);
  expect(narrow.field).toEqual({ units: 3, sites: 1 });
  expect(narrow).toMatchObject({ device: { id: pump?.deviceId }, findings: { open: 1 }, deviceCount: 1 });
});

test("a decision in one device is proposed in the others, with who decided; deciding there leaves the rest alone", async () => {
  const [line] = await lines("by=vulnerability");
  const [pump, monitor] = devices;
  const path = `/vulnerabilities/${line?.advisory}`;
  const decision = { state: "not-affected", justification: "code_not_reachable", note: "Not called." };
  const decided = await server.ask("POST", `${path}/decision`, { deviceId: pump?.deviceId, decision });
  expect(decided.body.changed).toHaveLength(1);
  const { body } = await server.ask("GET", path);
  expect(body.findings.open).toBe(2);
  expect(body.earlier).toMatchObject([{ state: "not-affected", decidedBy: "Ada", note: "Not called." }]);
  expect(body.proposal).toMatchObject({
    rule: "same-part-elsewhere",
    decision: { state: "not-affected", justification: "code_not_reachable" },
  });
  expect(body.proposal.findings).toHaveLength(2);
  const there = await server.ask("GET", `${path}?deviceId=${monitor?.deviceId}`);
  expect(there.body.proposal.findings).toHaveLength(1);
  const { findings, decision: proposed } = there.body.proposal;
  await server.ask("POST", "/findings/decisions", { findings, decision: proposed });
  expect((await server.ask("GET", path)).body.findings.open).toBe(1);
});

test("a package is found by the source package that its SBOM names beside the package URL, at every comparison", async () => {
  const { deviceId, releaseId } = await newDevice(server, "Trivy");
  const zlib = {
    ...part("zlib1g", "1:1.2.11.dfsg-2"),
    purl: "pkg:deb/debian/zlib1g@1.2.11.dfsg-2?epoch=1&distro=debian-11.2",
    properties: [
      { name: "aquasecurity:trivy:SrcName", value: "zlib" },
      { name: "aquasecurity:trivy:SrcEpoch", value: "1" },
      { name: "aquasecurity:trivy:SrcVersion", value: "1.2.11.dfsg" },
      { name: "aquasecurity:trivy:SrcRelease", value: "2" },
    ],
  };
  await server.upload(releaseId, sbom(zlib));
  await server.settled();
  const found = async () => (await server.ask("GET", `/findings?deviceId=${deviceId}`)).body.items;
  const component = { name: "zlib1g", purl: zlib.purl };
  expect(await found()).toContainEqual(
    expect.objectContaining({ advisory: "CVE-2018-25032", component: expect.objectContaining(component) }),
  );
  const { length } = await found();
  await server.ask("POST", "/intel/runs", {});
  await server.settled();
  expect(await found()).toHaveLength(length);
});

test("a part that the SBOM calls excluded is proposed as not affected, until one place of it is shipped; nothing decides itself", async () => {
  const tools = await newDevice(server, "Toolbox");
  const excluded = { ...part("node-forge", "0.9.0"), scope: "excluded" };
  const again = { ...part("node-forge", "0.9.0"), "bom-ref": "once more" };
  await server.upload(tools.releaseId, sbom(excluded));
  await server.settled();
  const { body: found } = await server.ask("GET", `/findings?deviceId=${tools.deviceId}`);
  const path = `/vulnerabilities/${found.items[0]?.advisory}?deviceId=${tools.deviceId}`;
  const { body } = await server.ask("GET", path);
  expect(body.findings).toMatchObject({ open: 1, new: 1 });
  expect(body.proposal).toMatchObject({
    rule: "excluded-by-sbom",
    decision: { state: "not-affected", justification: "code_not_present" },
    reason: expect.stringContaining("node-forge 0.9.0"),
  });
  const { body: parts } = await server.ask("GET", `/releases/${tools.releaseId}/parts`);
  expect(parts.items).toMatchObject([{ name: "node-forge", scope: "excluded" }]);
  await server.upload(tools.releaseId, sbom(excluded, again));
  await server.settled();
  expect((await server.ask("GET", path)).body.proposal).toBeNull();
});

test("a vulnerability stands where its open findings put it, not those that were decided", async () => {
  const harmless = await newDevice(server, "Shelf");
  const deadly = await newDevice(server, "Ventilator");
  const functionOf = async ({ deviceId }: { deviceId: string }, kind: string, name: string, harm: string) => {
    const { body } = await server.ask("GET", `/devices/${deviceId}`);
    const change = { revision: body.revision, functions: [{ kind, name, harm }] };
    expect((await server.ask("PATCH", `/devices/${deviceId}`, change)).status).toBe(200);
  };
  await functionOf(harmless, "records", "list", "negligible");
  await functionOf(deadly, "life-support", "breathing", "catastrophic");
  const urllib3 = { ...part("urllib3", "1.26.4"), purl: "pkg:pypi/urllib3@1.26.4" };
  for (const { releaseId } of [harmless, deadly]) await server.upload(releaseId, sbom(urllib3));
  await server.settled();
  const { body } = await server.ask("GET", `/findings?releaseId=${deadly.releaseId}&component=urllib3`);
  const [finding] = body.items;
  const line = async (query = "") => (await server.ask("GET", `/vulnerabilities/${finding.advisory}${query}`)).body;
  expect(await line()).toMatchObject({ harm: "catastrophic", standsHere: expect.stringContaining("Ventilator") });
  const place = async () => (await lines("show=open")).findIndex(({ advisory }) => advisory === finding.advisory);
  const before = await place();
  await server.ask("POST", `/findings/${finding.id}/decision`, {
    revision: finding.revision,
    decision: { state: "not-affected", justification: "code_not_reachable", note: "Asks nobody" },
  });
  expect(await line()).toMatchObject({ harm: "negligible", standsHere: expect.stringContaining("Shelf") });
  expect(await place()).toBeGreaterThan(before);
});
