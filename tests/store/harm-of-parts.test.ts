import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { npmSbom, type ProgramServer, starterProgram } from "./program-server.ts";

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

const put = (kind: string, item: { id: string; [field: string]: unknown }, was: number | null = null) => ({
  do: "put",
  kind,
  item: { name: item.id, ...item },
  was,
});
/** minimist is in the display, which shows values; a flow leads on to the motor, which infuses. axios is nowhere. */
const DESIGN = [
  put("elements", { id: "display", kind: "process", components: ["pkg:npm/minimist"], instances: 30, patientsEach: 1 }),
  put("elements", { id: "motor", kind: "hardware" }),
  put("functions", { id: "values", name: "showing values", kind: "monitoring", elements: ["display"] }),
  put("functions", { id: "infusion", name: "infusion by motor", kind: "therapy", elements: ["motor"] }),
  put("hazards", { id: "unseen", functions: ["values"] }),
  put("hazards", { id: "too-fast", functions: ["infusion"] }),
  put("situations", { id: "missed", hazards: ["unseen"], harms: ["bruise"] }),
  put("situations", { id: "opioid", hazards: ["too-fast"], harms: ["death"] }),
  put("harms", { id: "bruise", severity: "minor" }),
  put("harms", { id: "death", severity: "catastrophic" }),
];
const FLOW = put("flows", { id: "rate", from: "display", to: "motor", carries: ["command"] });

async function assessed() {
  const { ask } = server;
  const device = (await ask("POST", "/devices", { name: "Pump", functions: FUNCTIONS })).body;
  const release = (
    await ask("POST", `/devices/${device.id}/releases`, { version: "1", phase: "deployment", since: "2026-01-05" })
  ).body;
  await server.upload(release.id, JSON.stringify(SBOM));
  await server.settled();
  const path = `/releases/${release.id}/security-file`;
  const change = async (...changes: object[]) => {
    const answer = await ask("POST", `${path}/changes`, { changes });
    expect(answer.body).toHaveProperty("revision");
    await server.settled();
    return answer.body.revision as number;
  };
  const findings = async (name: string) => {
    const { items } = (await ask("GET", `/findings?releaseId=${release.id}`)).body;
    return (items as { component: { name: string } }[]).filter((one) => one.component.name === name) as unknown as {
      harm: string | null;
      reachesFunction: boolean;
      advisory: string;
      revision: number;
    }[];
  };
  const worst = async (name: string) => (await findings(name))[0]?.harm;
  return { ask, device, release, path, change, findings, worst };
}

describe("the harm of a finding", () => {
  test("comes from the security file's graph where it maps the part, and follows it when it changes", async () => {
    const { ask, path, device, release, change, findings, worst } = await assessed();
    expect(await worst("minimist")).toBe("catastrophic");
    await change(...DESIGN);
    expect(await worst("minimist")).toBe("minor");
    expect(await worst("axios")).toBe("catastrophic");
    const revision = await change(FLOW);
    expect(await worst("minimist")).toBe("catastrophic");

    const [finding] = await findings("minimist");
    const risk = (await ask("GET", `/releases/${release.id}/risks/${finding?.advisory}`)).body;
    expect(risk.standsHere).toContain("through its infusion by motor, a patient could die");
    expect(risk.parts).toMatchObject([
      { file: { elements: ["display"], functions: ["infusion by motor", "showing values"] } },
    ]);
    const [other] = await findings("axios");
    const unmapped = (await ask("GET", `/releases/${release.id}/risks/${other?.advisory}`)).body;
    expect(unmapped.parts).toMatchObject([{ file: { elements: [], functions: null } }]);

    const { items } = (await ask("GET", `/devices/${device.id}/history?limit=10`)).body;
    const moved = (items as { action: string }[]).filter(({ action }) => action === "finding.moved-to-harm");
    expect(moved).toHaveLength(2);

    await change({ do: "remove", kind: "flows", id: "rate", was: revision });
    expect(await worst("minimist")).toBe("minor");
    const ways = (await ask("GET", `${path}/paths?component=pkg:npm/minimist@1.2.5`)).body;
    expect(ways).toMatchObject({ elements: [{ id: "display" }], exposure: { devices: 1, patients: 1, units: 30 } });
    expect(ways.paths[0].sentence).toBe(
      "minimist 1.2.5 in display can change showing values; worst: bruise (injury that heals by itself).",
    );
  });

  test("of a new finding is right at once, a recorded fact counts before the file, and the device's list for releases without one", async () => {
    const { ask, device, release, change, findings, worst } = await assessed();
    await change(...DESIGN);
    await server.upload(release.id, JSON.stringify({ ...SBOM, version: 2 }));
    await server.settled();
    expect(await worst("minimist")).toBe("minor");
    const [finding] = await findings("minimist");
    const reach = (functions: string[] | null) =>
      ask("POST", `/releases/${release.id}/risks/${finding?.advisory}/reach`, {
        identity: "pkg:npm/minimist",
        functions,
        reason: "Seen in the code",
      });
    expect((await reach(["infusion"])).body.harm).toBe("catastrophic");
    expect((await reach(null)).body.harm).toBe("minor");
    await ask("PATCH", `/devices/${device.id}`, {
      revision: device.revision,
      functions: [{ kind: "therapy", name: "infusion", harm: "serious" }],
    });
    await server.settled();
    expect(await worst("minimist")).toBe("minor");
    expect(await worst("axios")).toBe("serious");
  });

  test("a change that says nothing of harm, and a file without harms, move nothing", async () => {
    const { ask, device, change, worst } = await assessed();
    await change(...DESIGN.slice(0, 4));
    await change(put("zones", { id: "ward" }));
    expect(await worst("minimist")).toBe("catastrophic");
    const { items } = (await ask("GET", `/devices/${device.id}/history?limit=10`)).body;
    expect((items as { action: string }[]).map(({ action }) => action)).not.toContain("finding.moved-to-harm");
  });
});

describe("ways and risks of a release", () => {
  test("attack paths, the rating before and after, and the conclusion", async () => {
    const { ask, path, change } = await assessed();
    await change(
      ...DESIGN,
      FLOW,
      put("ports", { id: "wifi", element: "display", kind: "wireless", exposed: true }),
      put("threats", { id: "forged", category: "tampering", targets: ["display"] }),
      put("threats", { id: "alone", category: "tampering", targets: ["motor"] }),
      put("risks", {
        id: "overdose",
        threats: ["forged"],
        before: { exploitability: "high" },
        after: { exploitability: "low" },
      }),
    );
    const { items } = (await ask("GET", `${path}/attacks?harm=death`)).body;
    expect(items[0].worst[0]).toMatchObject({ entry: { id: "wifi" }, standing: 0 });
    const risks = (await ask("GET", `${path}/risks`)).body;
    expect(risks).toMatchObject({ isDefault: true, conclusion: { acceptable: false } });
    expect(risks.risks[0]).toMatchObject({
      id: "overdose",
      before: { acceptability: "unacceptable" },
      after: { acceptability: "reduce" },
      residual: "needs-reason",
    });
    expect(risks.threats).toMatchObject([{ id: "alone", severity: "catastrophic" }]);
    expect((await ask("GET", `${path}/paths?threat=forged`)).body.paths[0].harm.id).toBe("death");
    expect((await ask("GET", `${path}/paths?element=nowhere`)).status).toBe(404);
    expect((await ask("GET", `${path}/paths`)).status).toBe(400);
    expect((await ask("GET", `${path}/paths?element=motor&threat=forged`)).status).toBe(400);
    expect((await ask("GET", `${path}/attacks?harm=nowhere`)).status).toBe(404);
    expect((await ask("GET", `${path}/paths?component=zlib`)).body).toMatchObject({ elements: [], paths: [] });
  });
});
